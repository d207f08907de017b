import datetime

from django import forms
from django.utils import timezone

from ..errors import (
    AlreadySet,
    ClassArchived,
    ForOneNamedClass,
    LaterTooEarly,
    LeavesOutBegun,
    NeedsConfirming,
    OpeningStays,
    OpensAfterDue,
    TaughtAfterWithdrawal,
    TaughtOnWrongDay,
    TeachingError,
    UnderLeastAge,
    WrongNumberPresent,
)

FIELD_OF_ERROR: dict[type[TeachingError], str] = {
    AlreadySet: "classes",
    ClassArchived: "classes",
    ForOneNamedClass: "for_whom",
    LaterTooEarly: "opens_on",
    LeavesOutBegun: "for_whom",
    NeedsConfirming: "all_the_same",
    OpeningStays: "opens_on",
    OpensAfterDue: "due_on",
    TaughtAfterWithdrawal: "taught_on",
    TaughtOnWrongDay: "taught_on",
    UnderLeastAge: "classes",
    WrongNumberPresent: "pupils_present",
}

IN_REACH = datetime.timedelta(days=366)
WRONG_DATE = "Give a date, such as 2027-03-18."


class RefusableForm(forms.Form):
    def refuse(self, error: TeachingError) -> None:
        """Put a service's refusal beside what it is about."""
        field = FIELD_OF_ERROR.get(type(error))
        self.add_error(field if field in self.fields else None, str(error))


def in_reach(day: datetime.date) -> None:
    today = timezone.localdate()
    if not today - IN_REACH <= day <= today + 2 * IN_REACH:
        raise forms.ValidationError("Choose a day within the last year or the next two.")


def date_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        validators=[in_reach],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": WRONG_DATE, "invalid": WRONG_DATE},
    )
