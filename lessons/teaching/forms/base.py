from django import forms

from ..errors import (
    AlreadySet,
    NeedsConfirming,
    OpensAfterDue,
    TaughtOnWrongDay,
    TeachingError,
    UnderLeastAge,
    WrongNumberPresent,
)

FIELD_OF_ERROR: dict[type[TeachingError], str] = {
    AlreadySet: "classes",
    UnderLeastAge: "classes",
    NeedsConfirming: "all_the_same",
    OpensAfterDue: "due_on",
    TaughtOnWrongDay: "taught_on",
    WrongNumberPresent: "pupils_present",
}


class RefusableForm(forms.Form):
    def refuse(self, error: TeachingError) -> None:
        """Put a service's refusal beside what it is about."""
        field = FIELD_OF_ERROR.get(type(error))
        self.add_error(field if field in self.fields else None, str(error))
