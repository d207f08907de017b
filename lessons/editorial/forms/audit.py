import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict

from lessons.library.forms import WordsField
from safeguarding.audit.queries import Asked, recorded
from safeguarding.core.forms import offer

PLURALS = {"person": "People"}
ODD_YEAR = "Give a year from 2000 to 2999."


def day_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(datetime.date(2000, 1, 1), ODD_YEAR),
            MaxValueValidator(datetime.date(2999, 12, 31), ODD_YEAR),
        ],
        error_messages={"invalid": "Write the date as 2027-11-22."},
    )


class AuditFilterForm(forms.Form):
    """One query, for what there is to choose from."""

    words = WordsField(
        label="Person, title or reason", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    action = forms.ChoiceField(label="What was done", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    since = day_field("From")
    until = day_field("To")
    item = forms.RegexField(
        regex=r"^[a-z]{1,40}-[0-9]{1,18}\Z",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "There is no such lesson or guide. Its own page leads to its entries."},
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        known = recorded()
        offer(self, "action", [("", "All"), *((action, action.capitalize()) for action in known.actions)])
        offer(
            self, "kind", [("", "All"), *((kind, PLURALS.get(kind, f"{kind.capitalize()}s")) for kind in known.kinds)]
        )
        for name in ("action", "kind"):
            self.fields[name].error_messages["invalid_choice"] = "Nothing of this is recorded: choose from the list."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day cannot be before the first. Put the two dates in order.")
        return cleaned

    @property
    def asked(self) -> Asked:
        """Once the form is valid."""
        return Asked(**self.cleaned_data)
