"""What the forms about schools and classes ask for alike."""

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.utils import timezone

from ..names import has_control_character

YOUNGEST, OLDEST = 3, 19


def shown(typed: str) -> str:
    """With single spaces. Two names must not look alike because of what cannot be seen."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", typed))
    if has_control_character(text):
        raise forms.ValidationError("This has a character that cannot be shown. Type it again by hand.")
    return text


class OneLineField(forms.CharField):
    def clean(self, value: Any) -> Any:
        return shown(super().clean(value))


def age_field(label: str, help_text: str = "") -> forms.IntegerField:
    wrong = f"Give an age from {YOUNGEST} to {OLDEST}, as a number."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=YOUNGEST,
        max_value=OLDEST,
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def check_ages(form: forms.Form, cleaned: dict[str, Any]) -> None:
    youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
    if youngest and oldest and youngest > oldest:
        form.add_error("age_to", "The oldest cannot be younger than the youngest. Put the two ages in order.")


def year_group_field() -> forms.CharField:
    return forms.CharField(
        label="Year group",
        max_length=40,
        required=False,
        help_text="Year 8, 2nd class, Grade 6. Parents read it where the school has a page for them.",
        error_messages={"max_length": "Shorten the year group to 40 characters."},
    )


IN_REACH = datetime.timedelta(days=3660)


def _in_reach(day: datetime.date) -> None:
    if abs(day - timezone.localdate()) > IN_REACH:
        raise forms.ValidationError("Give a day within ten years of today.")


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        validators=[_in_reach],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Give the day as a date, such as 2026-09-01."},
    )
