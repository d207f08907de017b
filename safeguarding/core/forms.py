from collections.abc import Sequence
from typing import Any, cast

from django import forms

Choice = tuple[int | str, Any]  # a value and its label, or a heading and the choices beneath it


def offer(form: forms.BaseForm, name: str, choices: Sequence[Choice]) -> None:
    """Say what can be chosen in a field whose choices are known only when the page is asked for."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def offered(form: forms.BaseForm, name: str) -> list[Choice]:
    """What `offer` said."""
    return list(cast(Sequence[Choice], cast(forms.ChoiceField, form.fields[name]).choices))
