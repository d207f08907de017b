"""Rich text as lines of words, for a slide: what is bold stays bold, and no markup is left."""

from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

from .richtext import clean


class LineKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"
    PICTURE = "picture"


@dataclass(frozen=True)
class Run:
    text: str
    strong: bool = False
    em: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph, a heading, an item of a list, a row of a table, or a picture: then its words are its alt text."""

    kind: LineKind
    runs: tuple[Run, ...]
    number: int = 0  # of an item in a numbered list
    address: str = ""  # of a picture

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def lines_of(html: str) -> tuple[Line, ...]:
    parser = _Lines()
    parser.feed(clean(html))
    parser.close()
    parser.begin()
    return tuple(parser.lines)


def plain_lines(*texts: str, kind: LineKind = LineKind.PARAGRAPH) -> tuple[Line, ...]:
    return tuple(Line(kind, (Run(text),), number) for number, text in enumerate(texts, start=1))


class _Lines(HTMLParser):
    """Reads what `clean` has left, so that every element is known and closed."""

    HEADINGS = frozenset({"h2", "h3", "h4"})
    BLOCKS = frozenset({"p", "blockquote", "figcaption", "caption", "tr", "br", "hr", "ul", "ol", "table", *HEADINGS})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.kind, self.number = LineKind.PARAGRAPH, 0
        self.lists: list[int | None] = []  # the number of the last item, None in a list of bullets
        self.strong = self.em = 0

    def begin(self, kind: LineKind = LineKind.PARAGRAPH, number: int = 0) -> None:
        runs = _tidy(self.runs)
        if runs:
            self.lines.append(Line(self.kind, runs, self.number))
            self.runs = []
        self.kind, self.number = kind, number

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        match tag:
            case "li":
                self._begin_item()
            case "p" if self.lists and not _tidy(self.runs):
                pass  # the first words of an item
            case "ul" | "ol":
                self.begin()
                self.lists.append(int(given.get("start") or 1) - 1 if tag == "ol" else None)
            case "img":
                self.begin()
                alt = Run(given.get("alt") or "")
                self.lines.append(Line(LineKind.PICTURE, (alt,), address=given.get("src") or ""))
            case "td" | "th" if _tidy(self.runs):
                self.runs.append(Run(" – "))
            case _ if tag in self.BLOCKS:
                self.begin(LineKind.HEADING if tag in self.HEADINGS else LineKind.PARAGRAPH)
        self._mark(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        self._mark(tag, -1)
        if tag in ("ul", "ol"):
            self.begin()
            self.lists.pop()
        elif tag in self.BLOCKS or tag == "li":
            self.begin()

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(data, self.strong > 0, self.em > 0))

    def _begin_item(self) -> None:
        last = self.lists[-1] if self.lists else None
        if last is None:
            self.begin(LineKind.BULLET)
            return
        self.lists[-1] = last + 1
        self.begin(LineKind.NUMBER, last + 1)

    def _mark(self, tag: str, step: int) -> None:
        match tag:
            case "strong":
                self.strong += step
            case "em":
                self.em += step
            case "q":
                self.handle_data("“" if step > 0 else "”")


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Without the spaces at both ends and those that follow another."""
    found: list[Run] = []
    space = False
    for run in runs:
        words = " ".join(run.text.split())
        space = space or run.text[:1].isspace()
        if words:
            found.append(Run(f" {words}" if space and found else words, run.strong, run.em))
            space = run.text[-1:].isspace()
    return tuple(found)
