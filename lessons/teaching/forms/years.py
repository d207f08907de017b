from typing import Any

from django import forms

from safeguarding.core.forms import offer
from safeguarding.schools.forms.fields import OLDEST, YOUNGEST, check_ages, shown

from ..enums import YearAction
from ..queries.years import ClassOfPastYear
from ..services import Move

WRONG_AGE = f"Give an age from {YOUNGEST} to {OLDEST}, as a number."


def _age(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=YOUNGEST,
        max_value=OLDEST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_AGE),
    )


class MoveForm(forms.Form):
    """What becomes of one class. Where it does not move up, its new name and ages are not read."""

    action = forms.ChoiceField(
        label="In the new year it",
        choices=YearAction.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what becomes of the class."),
    )
    name = forms.CharField(
        label="Its new name",
        max_length=60,
        required=False,
        error_messages={
            "required": "Give the class its new name.",
            "max_length": "Shorten the name to 60 characters.",
        },
    )
    year_group = forms.CharField(
        label="Its new year group",
        max_length=40,
        required=False,
        error_messages={"max_length": "Shorten the year group to 40 characters."},
    )
    age_from = _age("Youngest")
    age_to = _age("Oldest")
    leavers = forms.TypedMultipleChoiceField(
        label="Who leaves the class",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), "Choose from the pupils of this class only."),
    )

    def __init__(self, data: Any = None, *, of: ClassOfPastYear) -> None:
        proposal = of.proposal
        initial = {name: getattr(proposal, name) for name in ("action", "name", "year_group", "age_from", "age_to")}
        super().__init__(data, prefix=f"class-{of.pk}", initial=initial)
        self.of = of
        if self["action"].value() == YearAction.UP:
            for name in ("name", "age_from", "age_to"):
                self.fields[name].required = True
        if of.pupils:
            offer(self, "leavers", of.pupils)
        else:
            del self.fields["leavers"]

    def clean_name(self) -> str:
        return shown(self.cleaned_data["name"])

    def clean_year_group(self) -> str:
        return shown(self.cleaned_data["year_group"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") == YearAction.UP:
            check_ages(self, cleaned)
        return cleaned

    @property
    def move(self) -> Move:
        cleaned = self.cleaned_data
        action = YearAction(cleaned["action"])
        leavers = frozenset(cleaned.get("leavers", ()))
        if action != YearAction.UP:
            return Move(self.of.pk, action, leavers=leavers)
        names = {name: cleaned[name] for name in ("name", "year_group", "age_from", "age_to")}
        return Move(self.of.pk, action, **names, leavers=leavers)

    @property
    def leaver_names(self) -> list[str]:
        """Those who leave it, where it goes on."""
        return [name for pk, name in self.of.pupils if pk in self.cleaned_data.get("leavers", ())]
