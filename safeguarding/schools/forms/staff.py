from django import forms

from ..enums import Role
from ..errors import InvitedAlready, OnTheStaff, SchoolsError
from .fields import OneLineField


def _role_field(help_text: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        initial=Role.TEACHER,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose one of the two roles."},
    )


ROLES = "A teacher sees the classes that they teach. A lead sees every class of the school, and these pages."


class RoleForm(forms.Form):
    role = _role_field(ROLES)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Their address at school. They sign in with it.",
        error_messages={
            "required": "Type the address that they sign in with.",
            "invalid": "Type a whole e-mail address, such as name@school.example.",
            "max_length": "Shorten the address to 254 characters.",
        },
    )
    name = OneLineField(
        label="Name",
        max_length=120,
        help_text="As colleagues know them.",
        error_messages={
            "required": "Type their name, as colleagues know them.",
            "max_length": "Shorten the name to 120 characters.",
        },
    )
    role = _role_field(ROLES)

    def refuse(self, error: SchoolsError) -> None:
        self.add_error("email" if isinstance(error, OnTheStaff | InvitedAlready) else None, str(error))
