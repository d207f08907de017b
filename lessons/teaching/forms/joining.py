from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer
from safeguarding.schools.codes import tidy_code

from ..pictures import HOW_MANY, PICTURES
from .base import RefusableForm


class CodeForm(RefusableForm):
    code = forms.CharField(
        label="Class code",
        max_length=80,
        help_text="It is three words and a number, such as maple-otter-star-42.",
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Type the class code that your teacher shows you.",
            "max_length": "That is too long for a class code. It is three words and a number.",
        },
    )

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])


class NameForm(forms.Form):
    pupil = forms.TypedChoiceField(
        label="Who are you?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose your name, then press Next.",
            "invalid_choice": "Choose one of the names below, then press Next.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, names: list[tuple[int, str]]) -> None:
        super().__init__(data)
        offer(self, "pupil", names)


class PicturesForm(RefusableForm):
    """`is_new` asks for three different ones; whoever types theirs again is told nothing of the sort."""

    first = forms.ChoiceField(label="First picture")
    second = forms.ChoiceField(label="Second picture")
    third = forms.ChoiceField(label="Third picture")

    def __init__(self, data: QueryDict | None = None, *, is_new: bool) -> None:
        super().__init__(data)
        self.is_new = is_new
        for name, field in self.fields.items():
            field.widget = forms.RadioSelect()
            offer(self, name, list(PICTURES.items()))
            field.error_messages["required"] = f"Choose your {str(field.label).lower()}."
            field.error_messages["invalid_choice"] = "Choose one of the twelve pictures."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_new and not self.errors and len(set(self.chosen)) < HOW_MANY:
            self.add_error(None, "Please choose three different pictures.")
        return cleaned

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in ("first", "second", "third")]
