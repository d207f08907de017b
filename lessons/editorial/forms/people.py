from typing import Any

from django import forms

from lessons.library.forms import WordsField

from ..queries.desk_people import AskedPeople
from ..services.people import Roles


class RolesForm(forms.Form):
    is_editor = forms.BooleanField(label="Editor", required=False, help_text="Writes lessons and guides.")
    is_reviewer = forms.BooleanField(
        label="Reviewer",
        required=False,
        help_text="Approves and publishes what somebody else has written; looks after help services and the glossary.",
    )
    is_operator = forms.BooleanField(
        label="Operator", required=False, help_text="Looks after people, schools and all settings."
    )
    is_active = forms.BooleanField(
        label="The account is open",
        required=False,
        initial=True,
        help_text="Without the tick nobody can sign in with it. What they wrote and approved stays under their name.",
    )

    @property
    def roles(self) -> Roles:
        return Roles(**{name: self.cleaned_data[name] for name in Roles.__dataclass_fields__ if name in self.fields})


class PersonForm(RolesForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it. A message to it lets them choose a password.",
        error_messages={
            "required": "Type the address that they will sign in with.",
            "invalid": "Type a whole e-mail address, such as name@school.example.",
        },
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As colleagues see it.",
        error_messages={"required": "Type their name, as colleagues see it."},
    )
    field_order = ("email", "name", "is_editor", "is_reviewer", "is_operator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]


class PeopleFilterForm(forms.Form):
    words = WordsField(label="Name or address", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    only = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "At the desk, and operators"), ("everybody", "Everybody"), ("closed", "Closed accounts")],
    )

    @property
    def asked(self) -> AskedPeople:
        """What is not on offer is left out."""
        self.is_valid()
        return AskedPeople(**{name: self.cleaned_data.get(name, "") for name in self.fields})
