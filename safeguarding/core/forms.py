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


def problems_of(form: forms.BaseForm) -> list[dict[str, Any]]:
    """For the summary at the top of a page (`problems.html`), each with a link to its field."""
    return [
        {
            "message": f"{form[name].label}: {error}",
            "url": "" if form[name].is_hidden else f"#{form[name].id_for_label}",
        }
        for name, errors in form.errors.items()
        for error in errors
    ]
