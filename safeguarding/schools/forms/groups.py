from typing import Any

from django import forms

from safeguarding.core.forms import offer

from ..errors import Conflict, GroupNameTaken, PupilOfAnotherClass
from .fields import shown

FIELD_OF_ERROR: dict[type[Conflict], str] = {GroupNameTaken: "name", PupilOfAnotherClass: "pupils"}


class GroupForm(forms.Form):
    name = forms.CharField(
        label="Name of the group",
        max_length=40,
        help_text="Pupils see it. Choose one that says nothing about anybody, such as a colour or an animal.",
        error_messages={
            "required": "Give the group a name, such as Blue.",
            "max_length": "Shorten the name to 40 characters.",
        },
    )
    pupils = forms.TypedMultipleChoiceField(
        label="Who is in it",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": PupilOfAnotherClass.sentence, "invalid_list": PupilOfAnotherClass.sentence},
    )

    def __init__(self, *args: Any, pupils: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "pupils", pupils)

    def clean_name(self) -> str:
        return shown(self.cleaned_data["name"])

    @property
    def values(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "pupil_pks": self.cleaned_data["pupils"]}

    def refuse(self, error: Conflict) -> None:
        self.add_error(FIELD_OF_ERROR.get(type(error)), str(error))
