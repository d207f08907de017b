import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lessons.library.models import Lesson
from safeguarding.core.forms import offer
from safeguarding.schools.models import SchoolClass

from .. import rules
from ..enums import Way
from ..errors import OpensAfterDue, WrongNumberPresent
from ..queries import class_label
from .base import RefusableForm

DUE_AFTER = datetime.timedelta(days=7)
IN_REACH = datetime.timedelta(days=366)
WRONG_DATE = "Give a date, such as 2027-03-18."


def _in_reach(day: datetime.date) -> None:
    today = timezone.localdate()
    if not today - IN_REACH <= day <= today + 2 * IN_REACH:
        raise forms.ValidationError("Choose a day within the last year or the next two.")


def _date(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        validators=[_in_reach],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": WRONG_DATE, "invalid": WRONG_DATE},
    )


class SetLessonForm(RefusableForm):
    classes = forms.TypedMultipleChoiceField(
        label="Classes",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one class.",
            "invalid_choice": "Choose from your own classes, which are the ones below.",
        },
    )
    opens_on = _date("Opens on")
    due_on = _date("Due on", "Pupils can still do it afterwards, until you close it.")
    way = forms.ChoiceField(
        label="How the class does it",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the class does it.", "invalid_choice": "Choose one of the two ways."},
    )
    all_the_same = forms.BooleanField(
        label="Set it all the same",
        required=False,
        help_text="Only needed where a class is older or younger than the pupils this lesson is written for.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lesson: Lesson,
        classes: list[SchoolClass],
        chosen: SchoolClass | None = None,
    ) -> None:
        today = timezone.localdate()
        youngest = chosen.age_from if chosen else lesson.band.age_from
        super().__init__(
            data,
            initial={
                "classes": [chosen.pk] if chosen else [],
                "opens_on": today,
                "due_on": today + DUE_AFTER,
                "way": Way.DEVICES if rules.suits_devices(youngest) else Way.TOGETHER,
            },
        )
        self.by_pk = {school_class.pk: school_class for school_class in classes}
        with_school = len({school_class.school_id for school_class in classes}) > 1
        offer(self, "classes", [(c.pk, class_label(c, with_school=with_school)) for c in classes])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens_on, due_on = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens_on and due_on and opens_on > due_on:
            self.refuse(OpensAfterDue())
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {**cleaned, "classes": [self.by_pk[pk] for pk in cleaned["classes"]]}


class DueDateForm(RefusableForm):
    due_on = _date("Due on", "Pupils can still do it afterwards, until you close it.")


OPEN_AGAIN = "The page did not say which version you read. Open it again, then choose."


class NewerVersionForm(RefusableForm):
    number = forms.IntegerField(
        label="Version",
        widget=forms.HiddenInput,
        min_value=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), OPEN_AGAIN),
    )


class DeliveryForm(RefusableForm):
    taught_on = _date("Taught on")
    pupils_present = forms.IntegerField(
        label="Pupils present",
        help_text="How many were there. No names are needed.",
        min_value=1,
        max_value=rules.MOST_PRESENT,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WrongNumberPresent.sentence),
    )
