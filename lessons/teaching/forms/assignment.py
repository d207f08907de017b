"""What can be changed in a lesson that was set."""

import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from .. import rules
from ..audience import Audience
from ..dates import DUE_AFTER
from ..enums import ForWhom
from ..errors import NobodyChosen, NotOfTheClass, OpensAfterDue, WrongNumberPresent
from ..models import Assignment
from ..queries import ClassLists
from .base import RefusableForm, date_field
from .setting import DUE_HELP, for_whom_field, note_field

OPEN_AGAIN = "The page did not say which version you read. Open it again, then choose."


class ChangeForm(RefusableForm):
    """`opens_on` is there as long as nobody has begun, whom it is for in a named class."""

    opens_on = date_field("Opens on")
    due_on = date_field("Due on", DUE_HELP)
    note = note_field()
    for_whom = for_whom_field()
    groups = forms.TypedMultipleChoiceField(
        label="Groups", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    pupils = forms.TypedMultipleChoiceField(
        label="Pupils", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: QueryDict | None = None, *, assignment: Assignment, has_begun: bool, lists: ClassLists
    ) -> None:
        self.assignment = assignment
        super().__init__(
            data,
            initial={
                "opens_on": assignment.opens_on,
                "due_on": assignment.due_on,
                "note": assignment.note,
                "for_whom": assignment.for_whom,
                "groups": lists.chosen_groups,
                "pupils": lists.chosen_pupils,
            },
        )
        if has_begun:
            del self.fields["opens_on"]
        for name, choices in (("groups", lists.groups), ("pupils", lists.pupils)):
            if not choices or assignment.is_later_check:
                del self.fields[name]
                continue
            offer(self, name, choices)
            self.fields[name].error_messages["invalid_choice"] = NotOfTheClass.sentence
        ways = [(value, label) for value, label in ForWhom.choices if value == ForWhom.CLASS or value in self.fields]
        if len(ways) == 1:
            del self.fields["for_whom"]
        else:
            offer(self, "for_whom", ways)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        due_on = cleaned.get("due_on")
        if due_on and due_on < cleaned.get("opens_on", self.assignment.opens_on):
            self.refuse(OpensAfterDue())
        for_whom = cleaned.get("for_whom")
        if for_whom in (ForWhom.GROUPS, ForWhom.PUPILS) and for_whom in cleaned and not cleaned[for_whom]:
            self.add_error(for_whom, NobodyChosen.sentence)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            "opens_on": cleaned.get("opens_on", self.assignment.opens_on),
            "due_on": cleaned["due_on"],
            "note": cleaned["note"],
            "audience": Audience(
                cleaned.get("for_whom", ForWhom.CLASS), cleaned.get("groups", ()), cleaned.get("pupils", ())
            ),
        }


class NewerVersionForm(RefusableForm):
    number = forms.IntegerField(
        label="Version",
        widget=forms.HiddenInput,
        min_value=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), OPEN_AGAIN),
    )


class DeliveryForm(RefusableForm):
    taught_on = date_field("Taught on")
    pupils_present = forms.IntegerField(
        label="Pupils present",
        help_text="How many were there. No names are needed.",
        min_value=1,
        max_value=rules.MOST_PRESENT,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WrongNumberPresent.sentence),
    )


class LaterCheckForm(RefusableForm):
    opens_on = date_field("Opens on")
    due_on = date_field("Due on", "Pupils can still answer afterwards, until you close it.")
    note = note_field()

    def __init__(self, data: QueryDict | None = None, *, opens_on: datetime.date) -> None:
        super().__init__(data, initial={"opens_on": opens_on, "due_on": opens_on + DUE_AFTER})


class MoveForm(RefusableForm):
    opens_on = date_field("Opens on")
