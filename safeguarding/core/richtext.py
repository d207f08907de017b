"""The one gate for rich text: one allow-list, used when a text is stored and again when it is shown."""

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import nh3
from django import forms
from django.conf import settings
from django.db import models
from django.db.models.expressions import Case, Value
from django.db.models.functions import Cast
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .widgets import RichTextWidget

# fmt: off
TAGS = frozenset({
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "br", "strong", "em", "a", "abbr", "q",
    "figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
})
# Of any other element the words stay; of these the content goes too, because it was never meant to be read.
DROPPED_WITH_CONTENT = frozenset({
    "script", "style", "iframe", "object", "template", "noscript", "svg", "math",
    "noembed", "noframes", "xmp", "plaintext", "textarea", "select", "title",
})
# fmt: on
ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height", "class"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
CLASSES = ("align-left", "align-centre", "align-right")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
NUMBERS = frozenset({"width", "height", "start", "colspan", "rowspan"})

# Browsers read a backslash as a slash and leave out control characters: both can turn a path into another host.
_DISGUISE = re.compile(r"[\\\x00-\x1f\x7f-\x9f\s]")
_LINK = re.compile(r"https?://[^/?#]|mailto:.|tel:[+\d]|/(?!/)|#", re.IGNORECASE)
_MEDIA_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_NUMBER = re.compile(r"[0-9]{1,4}")
# nh3 writes < and > in a value as references, so that these two signs can only belong to the tag.
_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")

# Taking an element away can leave a nesting that is read differently the next time (a paragraph in a paragraph).
_MOST_ROUNDS = 5


def _link(href: str) -> str | None:
    href = href.strip(" ")
    href = href.replace(" ", "" if href.lower().startswith("tel:") else "%20")
    return href if _LINK.match(href) and not _DISGUISE.search(href) else None


def _image(src: str) -> str | None:
    path = src.removeprefix(settings.MEDIA_URL)
    inside = path != src and ".." not in path and _MEDIA_PATH.fullmatch(path)
    return src if inside else None


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value to keep, or None to take the attribute away; whatever is not named here goes."""
    match name:
        case "href":
            return _link(value)
        case "src":
            return _image(value)
        case "class":
            return next((known for known in CLASSES if known in value.split()), None)
        case "scope":
            return value if value in SCOPES else None
        case "alt" | "title" | "rel":
            return value
        case _ if name in NUMBERS:
            return value if _NUMBER.fullmatch(value) else None
        case _:
            return None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={"*": set(), **ATTRIBUTES},  # without "*", nh3 allows its own everywhere
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)


def clean(html: str) -> str:
    """HTML that holds only what the allow-list names; cleaning it again changes nothing."""
    for _ in range(_MOST_ROUNDS):
        cleaned = _IMAGE_WITHOUT_SOURCE.sub("", _cleaner.clean(html))
        if cleaned == html:
            return html
        html = cleaned
    return _paragraphs(html)


class _Lines(HTMLParser):
    """Collects the words of cleaned HTML, a block a line."""

    BLOCKS = TAGS - {"strong", "em", "a", "abbr", "q", "td", "th"}
    CELLS = frozenset({"td", "th"})

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.lines.append("")
        if tag in self.CELLS:
            self.lines[-1] += " "
        if tag == "img":
            self.lines += [dict(attrs).get("alt") or "", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


class _MarkedLines(_Lines):
    """The same, and what the words alone leave out: where a link leads, and which picture stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.lines += [_picture_in_words(dict(attrs)), ""]
            return
        super().handle_starttag(tag, attrs)
        if tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address:
            self.lines[-1] += f" ({self.address})"
            self.address = ""
        super().handle_endtag(tag)


def _picture_in_words(image: dict[str, str | None]) -> str:
    name = (image.get("src") or "").rpartition("/")[2][:8]
    return f"[Picture {name}: {image.get('alt') or 'no alternative text'}]"


def _lines_of(html: str, parser: _Lines | None = None) -> list[str]:
    parser = parser or _Lines()
    parser.feed(html)
    parser.close()
    return [words for line in parser.lines if (words := " ".join(line.split()))]


def _paragraphs(html: str) -> str:
    """The words alone: for the malformed input that does not settle."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in _lines_of(html))


def plain_text(html: str) -> str:
    """The words that a reader meets, a line for each paragraph, heading, list item or table row.

    The text alternative of an image is a line too: whoever cannot see the image reads it.
    """
    return "\n".join(_lines_of(clean(html)))


def marked_text(html: str) -> str:
    """As `plain_text`, with the address behind each link and a name for each picture: for comparing two texts."""
    return "\n".join(_lines_of(clean(html), _MarkedLines()))


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}


def from_markdown(text: str) -> str:
    """Markdown (CommonMark and tables) as cleaned HTML; a page has its own first heading, so # is h2.

    HTML is text, but in a fence named html: what stands there is cleaned by itself and taken as it is, the last line
    break left out.
    """
    tokens = _markdown.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.type == "fence" and token.info.strip() == "html":
            token.type, token.content = "html_block", clean(token.content.removesuffix("\n"))
    return clean(_markdown.renderer.render(tokens, _markdown.options, {}))


def to_html(value: str | None) -> SafeString:
    """What a page shows. Cleaned again: a row may be older than the allow-list, or have been written by SQL."""
    return mark_safe(clean(str(value or "")))


class RichTextFormField(forms.CharField):
    widget = RichTextWidget

    def to_python(self, value: Any) -> str:
        """Cleaned, and empty where nothing is left to read or see, so that `required` means what it says."""
        html = clean(super().to_python(value) or "")
        return html if "<img" in html or plain_text(html) else ""


def _cleaned(value: Any) -> str | None:
    """Raises TypeError for an expression, such as F("body"): the database would compute what nobody has cleaned."""
    if hasattr(value, "resolve_expression"):
        raise TypeError("Rich text cannot be computed by the database, where it is not cleaned: pass it as text.")
    return None if value is None else clean(str(value))


class RichTextField(models.TextField):
    """Text that is cleaned in the model layer, so that no import, API or shell can pass the gate by.

    `get_db_prep_save` is the one method through which every value goes on its way into the database: save,
    bulk_create, bulk_update, queryset.update and loaddata. It does not touch lookups, as `get_prep_value` would.
    `pre_save` also sets the attribute, so that the object at hand holds what was stored.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if self._is_bulk_update(value):
            return value
        return super().get_db_prep_save(_cleaned(value), connection)

    def _is_bulk_update(self, value: Any) -> bool:
        """bulk_update() passes one Case of all rows; each text in it comes through get_db_prep_save by itself."""
        case = value.get_source_expressions()[0] if isinstance(value, Cast) else value
        return (
            isinstance(case, Case)
            and all(isinstance(when.result, Value) and when.result.output_field is self for when in case.cases)
            and isinstance(case.default, Value)
            and case.default.value is None
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = _cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": RichTextFormField, "widget": RichTextWidget, **kwargs})
