"""Cleaned HTML as Markdown that `from_markdown` reads back to the letter; what Markdown cannot say stays HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from .richtext import TAGS, from_markdown

BLOCKS = TAGS - {"strong", "em", "a", "abbr", "q", "br", "img"}
VOID = frozenset({"br", "hr", "img"})
SPACE = " \t\n\f"
HEADINGS = {"h2": "#", "h3": "###", "h4": "####"}  # in a file ## begins a section
MOST_NESTED = 30

_MARKS = re.compile(r"([\\`*_\[\]<>&|~#!])")
_LINE_STARTS = re.compile(r"^([-+=:])|^([0-9]+)([.)])", re.MULTILINE)
_AROUND_LINE_BREAK = re.compile(r"[ \t\f]*\n[ \t\n\f]*")


class _CannotSay(Exception):
    """Markdown has no words for it."""


@dataclass
class _Element:
    tag: str
    start: str  # as it was written
    attributes: dict[str, str | None]
    children: list["_Node"] = field(default_factory=list)

    @property
    def end(self) -> str:
        return "" if self.tag in VOID or not self.tag else f"</{self.tag}>"


_Node = _Element | str  # a text keeps its references, such as &amp;


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open = [_Element("", "", {})]

    def _text(self, text: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, self.get_starttag_text() or "", dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)
        if len(self.open) > MOST_NESTED:
            raise _CannotSay

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) == 1 or self.open[-1].tag != tag:
            raise _CannotSay
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self._text(data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")


def _parsed(html: str) -> _Element:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    if len(tree.open) != 1 or _raw(tree.open[0]) != html:
        raise _CannotSay
    return tree.open[0]


def _raw(node: _Node) -> str:
    if isinstance(node, str):
        return node
    return node.start + "".join(map(_raw, node.children)) + node.end


def _is_block(node: _Node) -> bool:
    return isinstance(node, _Element) and node.tag in BLOCKS


def tidy(html: str) -> str:
    """Cleaned HTML with the white space between blocks as `from_markdown` writes it. A reader sees the same."""
    try:
        return _tidy(_parsed(html))
    except _CannotSay:
        return html


def _tidy(element: _Element) -> str:
    out = element.start
    for part in _parts(element.children):
        if isinstance(part, _Element):
            out += f"{'' if not out or out.endswith(chr(10)) else chr(10)}{_tidy(part)}\n"
        else:
            out += _tidy_line(part)
    if not element.tag and out and not out.endswith("\n"):
        out += "\n"
    return out + element.end


def _parts(children: Iterable[_Node]) -> Iterator[_Element | list[_Node]]:
    """Each block, and each run of what stands in a line; white space alone is no run."""
    run: list[_Node] = []
    for child in children:
        if isinstance(child, _Element) and _is_block(child):
            if _holds_something(run):
                yield run
            run = []
            yield child
        else:
            run.append(child)
    if _holds_something(run):
        yield run


def _holds_something(run: list[_Node]) -> bool:
    return any(not isinstance(node, str) or node.strip(SPACE) for node in run)


def _tidy_line(run: list[_Node]) -> str:
    """Without white space at either end, around a line break, or doubled at the end of a line."""
    pieces = [_AROUND_LINE_BREAK.sub("\n", node) if isinstance(node, str) else _raw(node) for node in run]
    for n, node in enumerate(run):
        if isinstance(node, str):
            if n == 0 or _is_break(run[n - 1]):
                pieces[n] = pieces[n].lstrip(SPACE)
            if n == len(run) - 1 or _is_break(run[n + 1]):
                pieces[n] = pieces[n].rstrip(SPACE)
    while pieces and not pieces[-1]:
        pieces.pop()
    breaks = [n for n, node in enumerate(run[: len(pieces) - 1]) if _is_break(node)]
    for n in breaks:
        pieces[n] += "\n"
    return "".join(pieces)


def _is_break(node: _Node) -> bool:
    return isinstance(node, _Element) and node.tag == "br"


def to_markdown(html: str) -> str:
    """Markdown of cleaned HTML: `from_markdown(to_markdown(html)) == html`.

    A block that Markdown cannot say stands in a fence named html; so does the whole where the white space between
    its blocks is not that of `from_markdown` (`tidy` makes it so).
    """
    if not html:
        return ""
    if tidy(html) != html:
        return _fence(html)
    try:
        blocks = list(_parts(_parsed(html).children))
    except _CannotSay:
        return _fence(html)
    for markdown in (_whole(blocks), "\n\n".join(_each(blocks))):
        if markdown is not None and _says(markdown, html):
            return markdown
    return _fence(html)


def _says(markdown: str, html: str) -> bool:
    # A file strips each text; so must what is compared here.
    return from_markdown(markdown.strip()) == html


def _whole(blocks: list[_Element | list[_Node]]) -> str | None:
    """All of it with nothing escaped: nearly always right, and one reading proves it."""
    try:
        return "\n\n".join(_block(part, alternate, False) for part, alternate in _alternating(blocks))
    except _CannotSay:
        return None


def _each(blocks: list[_Element | list[_Node]]) -> Iterator[str]:
    for part, alternate in _alternating(blocks):
        html = (_raw(part) if isinstance(part, _Element) else "".join(map(_raw, part))) + "\n"
        for careful in (False, True):
            try:
                markdown = _block(part, alternate, careful)
            except _CannotSay:
                continue
            if _says(markdown, html):
                yield markdown
                break
        else:
            yield _fence(html)


def _alternating(blocks: Iterable[_Element | list[_Node]]) -> Iterator[tuple[_Element | list[_Node], bool]]:
    """With each block, whether it is a list that needs another sign to stand apart from the list before it."""
    before, alternate = "", False
    for block in blocks:
        tag = block.tag if isinstance(block, _Element) else ""
        alternate = tag in ("ul", "ol") and tag == before and not alternate
        before = tag
        yield block, alternate


def _fence(html: str) -> str:
    longest = max((len(run) for run in re.findall("`+", html)), default=0)
    marks = "`" * max(3, longest + 1)
    # A line that begins with ## would begin a section of the file.
    return f"{marks}html\n{re.sub(r'(?m)^#', '&#35;', html)}\n{marks}"


def _block(part: _Element | list[_Node], alternate: bool, careful: bool) -> str:
    """Raises _CannotSay, or gives what has still to be proved by reading it."""
    if not isinstance(part, _Element):
        raise _CannotSay
    if part.tag in ("ul", "ol"):
        return _list(part, alternate, careful)
    if part.start != f"<{part.tag}>":
        raise _CannotSay
    match part.tag:
        case "p":
            return _line(part.children, careful)
        case "h2" | "h3" | "h4":
            return f"{HEADINGS[part.tag]} {_one_line(part.children, careful)}"
        case "hr":
            return "---"
        case "blockquote":
            inside = "\n\n".join(_block(p, a, careful) for p, a in _alternating(_parts(part.children)))
            return "\n".join(f"> {line}".rstrip(" ") for line in inside.split("\n"))
        case "table":
            return _table(part, careful)
    raise _CannotSay


def _list(element: _Element, alternate: bool, careful: bool) -> str:
    items = [_item(child, careful) for child in element.children if child != "\n"]
    is_loose = any(loose for _, loose in items)
    if not items:
        raise _CannotSay
    number = int(element.attributes.get("start") or 1) if element.tag == "ol" else None
    lines = []
    for n, (text, _) in enumerate(items):
        sign = ("*" if alternate else "-") if number is None else f"{number + n}{')' if alternate else '.'}"
        lines.append(_indented(f"{sign} ", text))
    return ("\n\n" if is_loose else "\n").join(lines)


def _item(node: _Node, careful: bool) -> tuple[str, bool]:
    """The words, and whether they stand in paragraphs."""
    if not isinstance(node, _Element) or node.start != "<li>":
        raise _CannotSay
    parts = list(_parts(node.children))
    if not parts or isinstance(parts[0], _Element):
        return "\n\n".join(_block(p, a, careful) for p, a in _alternating(parts)), bool(parts)
    return "\n".join([_line(parts[0], careful), *(_block(p, a, careful) for p, a in _alternating(parts[1:]))]), False


def _indented(sign: str, text: str) -> str:
    lines = (f"{' ' * len(sign)}{line}" if line else "" for line in text.split("\n"))
    return (sign + "\n".join(lines)[len(sign) :]).rstrip(" ")


def _table(element: _Element, careful: bool) -> str:
    rows = [
        row
        for part in element.children
        if isinstance(part, _Element)
        for row in part.children
        if isinstance(row, _Element)
    ]
    lines = [
        "| "
        + " | ".join(
            _one_line(cell.children, careful).replace("|", r"\|" if not careful else "|")
            for cell in row.children
            if isinstance(cell, _Element)
        )
        + " |"
        for row in rows
    ]
    if not lines:
        raise _CannotSay
    columns = sum(isinstance(cell, _Element) for cell in rows[0].children)
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])


def _one_line(children: list[_Node], careful: bool) -> str:
    text = _line(children, careful)
    if "\n" in text:
        raise _CannotSay
    return text


def _line(children: list[_Node], careful: bool) -> str:
    text = _words(children, careful)
    return _LINE_STARTS.sub(_escaped_start, text) if careful else text


def _escaped_start(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def _words(children: list[_Node], careful: bool) -> str:
    out = ""
    for child in children:
        if isinstance(child, str):
            text = _text(unescape(child), careful)
            out += text.removeprefix("\n") if out.endswith("\\\n") else text
        else:
            out += _word(child, careful)
    return out


def _word(element: _Element, careful: bool) -> str:
    given = element.attributes
    match element.tag:
        case "strong":
            return f"**{_words(element.children, careful)}**"
        case "em":
            return f"*{_words(element.children, careful)}*"
        case "br":
            return "\\\n"
        case "a" if given.keys() == {"href", "rel"}:
            return f"[{_words(element.children, careful)}]({_address(given['href'])})"
        case "img" if given.keys() == {"src", "alt"}:
            return f"![{_text(given['alt'] or '', careful)}]({_address(given['src'])})"
    raise _CannotSay


def _address(address: str | None) -> str:
    return address if address and not re.search(r"[()<>\\&]", address) else f"<{address}>"


def _text(text: str, careful: bool) -> str:
    """Careful: with every sign that could be taken for a mark escaped."""
    if careful:
        text = _MARKS.sub(r"\\\1", text)
        text = "".join(f"&#{ord(c)};" if c.isspace() and c not in " \n\xa0" else c for c in text)
    return text.replace("\xa0", "&nbsp;")
