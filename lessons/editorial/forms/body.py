"""The field for a rich text: refuses, with a sentence, what the sanitiser would take away in silence."""

from html.parser import HTMLParser
from typing import Any

from django import forms

from safeguarding.core.richtext import RichTextFormField

from ..parts import LONGEST_BODY

# Pasted HTML shrinks when it is cleaned; beyond this it is not even looked at.
LONGEST_PASTED = 10 * LONGEST_BODY
TOO_LONG = f"This is too long to read: at most {LONGEST_BODY:,} characters, marks included."
SCRIPT = (
    "The text holds script ({what}), which is never kept. Nothing was saved. Take it out, or paste the words alone, "
    "then save again."
)
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href")
_SCRIPT_SCHEMES = ("javascript:", "vbscript:", "data:text/html", "data:image/svg")


class _Scripts(HTMLParser):
    """The first script of a text, as an editor would recognise it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found = self.found or "<script>"
        for name, value in attrs:
            scheme = "".join((value or "").split()).lower()
            leads_to_script = name in _ADDRESSES and scheme.startswith(_SCRIPT_SCHEMES)
            if leads_to_script or (name.startswith("on") and name.isalpha()):
                self.found = self.found or f"{name} in <{tag}>"


def script_in(html: str) -> str:
    """Where the text holds script; empty where it does not. What is stored is decided by `richtext.clean` alone."""
    parser = _Scripts()
    parser.feed(html)
    parser.close()
    return parser.found


class BodyField(RichTextFormField):
    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > LONGEST_PASTED:
            raise forms.ValidationError(TOO_LONG, code="max_length")
        what = script_in(text)
        if what:
            raise forms.ValidationError(SCRIPT.format(what=what), code="script")
        return super().to_python(text)
