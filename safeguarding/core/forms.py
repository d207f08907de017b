from collections.abc import Sequence
from typing import cast

from django import forms


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[int | str, str]]) -> None:
    """Say what can be chosen in a field whose choices are known only when the page is asked for."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def offered(form: forms.BaseForm, name: str) -> list[tuple[int | str, str]]:
    """What `offer` said."""
    return list(cast(Sequence[tuple[int | str, str]], cast(forms.ChoiceField, form.fields[name]).choices))
