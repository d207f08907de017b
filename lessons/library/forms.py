from typing import Any

from django import forms

MOST_CHARACTERS = 200


def tidy_words(text: str) -> str:
    """What somebody typed into a search field: its first 200 characters, without control characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[:MOST_CHARACTERS])
    return " ".join(printable.split())


class WordsField(forms.CharField):
    """Words to look for. Long or odd input is made short and harmless, never refused."""

    def to_python(self, value: Any) -> str:
        return tidy_words(str(value or ""))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": str(MOST_CHARACTERS), "autocomplete": "off"}
