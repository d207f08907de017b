import re
import unicodedata
from typing import Any

from django import forms

from ..names import has_control_character

YOUNGEST, OLDEST = 3, 19


class OneLineField(forms.CharField):
    """With single spaces: two texts must not look alike because of what cannot be seen."""

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", super().clean(value)))
        if has_control_character(text):
            raise forms.ValidationError("This has a character that cannot be shown. Type it again by hand.")
        return text


def age_field(label: str, help_text: str) -> forms.IntegerField:
    wrong = f"Give an age from {YOUNGEST} to {OLDEST}, as a number."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=YOUNGEST,
        max_value=OLDEST,
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Give the day as a date, such as 2026-09-01."},
    )
