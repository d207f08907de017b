from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from safeguarding.accounts.models import User
from safeguarding.core.forms import offer

NOBODY = ("", "Nobody: every reviewer is reminded")


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(
        label="Person",
        required=False,
        error_messages={"invalid_choice": "This is nobody who is an editor or a reviewer now. Choose from the list."},
    )

    def __init__(self, people: Sequence[User], *, owner: User | None = None, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"owner": str(owner.pk) if owner else ""})
        self.people = {str(person.pk): person for person in people}
        offer(self, "owner", [NOBODY, *((key, str(person)) for key, person in self.people.items())])

    @property
    def chosen(self) -> User | None:
        """Of a form that is valid."""
        return self.people.get(self.cleaned_data["owner"])
