"""Setting a lesson, or those of a unit, for classes or for some of a class."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lessons.library.models import AgeBand, Lesson, Topic, Unit
from safeguarding.core.forms import offer
from safeguarding.schools.models import SchoolClass

from .. import rules
from ..audience import Audience
from ..dates import DUE_AFTER, WEEK, Days, spaced
from ..enums import ForWhom, Way
from ..errors import ForOneNamedClass, NobodyChosen, NotOfTheClass, OpensAfterDue
from ..queries import class_label
from ..services import Slot
from .base import RefusableForm, date_field

MOST_IN_NOTE = 300
DUE_HELP = "Pupils can still do it afterwards, until you close it."


def note_field() -> forms.CharField:
    return forms.CharField(
        label="Note to pupils",
        required=False,
        max_length=MOST_IN_NOTE,
        help_text="They read it above the lesson. Never write a pupil’s name here: the whole class sees it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Keep the note to {MOST_IN_NOTE} characters."},
    )


def for_whom_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="For whom",
        choices=ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom it is for.", "invalid_choice": "Choose one of the three."},
    )


class _SetForm(RefusableForm):
    """What a lesson and a unit have in common. `slots` are the lessons with their dates, `values` the rest."""

    classes = forms.TypedMultipleChoiceField(
        label="Classes",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one class.",
            "invalid_choice": "Choose from your own classes, which are the ones below.",
        },
    )
    for_whom = for_whom_field()
    way = forms.ChoiceField(
        label="How the class does it",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the class does it.", "invalid_choice": "Choose one of the two ways."},
    )
    note = note_field()
    lead_told = forms.BooleanField(
        label="Our safeguarding lead knows about this",
        required=False,
        help_text="The class cannot be taught it before they do. You can also tick this later.",
    )
    all_the_same = forms.BooleanField(
        label="Set it all the same",
        required=False,
        help_text="Only needed where a class is older or younger than the pupils this is written for.",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        topic: Topic,
        band: AgeBand,
        classes: list[SchoolClass],
        chosen: SchoolClass | None = None,
        initial: dict[str, Any],
    ) -> None:
        youngest = chosen.age_from if chosen else band.age_from
        super().__init__(
            data,
            initial={
                "classes": [chosen.pk] if chosen else [],
                "for_whom": ForWhom.CLASS,
                "way": Way.DEVICES if rules.suits_devices(youngest) else Way.TOGETHER,
                **initial,
            },
        )
        self.by_pk = {school_class.pk: school_class for school_class in classes}
        with_school = len({school_class.school_id for school_class in classes}) > 1
        offer(self, "classes", [(c.pk, class_label(c, with_school=with_school)) for c in classes])
        self.fields["for_whom"].help_text = "Groups and pupils are chosen on the next page, in one class with names."
        if not any(school_class.is_named for school_class in classes):
            del self.fields["for_whom"]
        if not rules.needs_lead(topic):
            del self.fields["lead_told"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.chosen_for != ForWhom.CLASS and "classes" in cleaned:
            chosen = [self.by_pk[pk] for pk in cleaned["classes"]]
            if len(chosen) != 1 or not chosen[0].is_named:
                self.refuse(ForOneNamedClass())
        return cleaned

    @property
    def chosen_for(self) -> str:
        return str(self.cleaned_data.get("for_whom", ForWhom.CLASS))

    @property
    def chosen_classes(self) -> list[SchoolClass]:
        return [self.by_pk[pk] for pk in self.cleaned_data["classes"]]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, beside the slots and whom of the class it is for."""
        cleaned = self.cleaned_data
        return {
            "classes": self.chosen_classes,
            "note": cleaned["note"],
            "lead_told": cleaned.get("lead_told", False),
            "all_the_same": cleaned["all_the_same"],
        }


class SetLessonForm(_SetForm):
    opens_on = date_field("Opens on")
    due_on = date_field("Due on", DUE_HELP)

    field_order = ("classes", "for_whom", "opens_on", "due_on")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lesson: Lesson,
        classes: list[SchoolClass],
        chosen: SchoolClass | None = None,
        opens_on: datetime.date | None = None,
    ) -> None:
        first = opens_on or timezone.localdate()
        super().__init__(
            data,
            topic=lesson.topic,
            band=lesson.band,
            classes=classes,
            chosen=chosen,
            initial={"opens_on": first, "due_on": first + DUE_AFTER},
        )
        self.lesson = lesson

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_on, due_on = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens_on and due_on and opens_on > due_on:
            self.refuse(OpensAfterDue())
        return cleaned

    @property
    def slots(self) -> list[Slot]:
        cleaned = self.cleaned_data
        return [Slot(self.lesson, Days(cleaned["opens_on"], cleaned["due_on"]), cleaned["way"])]


def _days_field(label: str, help_text: str, least: int, most: int) -> forms.IntegerField:
    sentence = f"Give a number of days from {least} to {most}."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class SetUnitForm(_SetForm):
    lessons = forms.TypedMultipleChoiceField(
        label="Lessons",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="In this order. Take the tick away from what the class has had.",
        error_messages={
            "required": "Choose at least one lesson.",
            "invalid_choice": "Choose from the lessons of this unit that can be set now, which are the ones below.",
        },
    )
    opens_on = date_field("The first opens on")
    apart_days = _days_field("Days between one lesson and the next", "7 is a week.", 1, 60)
    due_after_days = _days_field("Days until each is due", DUE_HELP, 0, 90)

    field_order = ("lessons", "classes", "for_whom", "opens_on", "apart_days", "due_after_days")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        unit: Unit,
        lessons: Sequence[Lesson],
        classes: list[SchoolClass],
        chosen: SchoolClass | None = None,
        opens_on: datetime.date | None = None,
    ) -> None:
        super().__init__(
            data,
            topic=unit.topic,
            band=unit.band,
            classes=classes,
            chosen=chosen,
            initial={
                "lessons": [lesson.pk for lesson in lessons],
                "opens_on": opens_on or timezone.localdate(),
                "apart_days": WEEK.days,
                "due_after_days": DUE_AFTER.days,
            },
        )
        self.of_unit = lessons
        offer(self, "lessons", [(lesson.pk, _title(lesson)) for lesson in lessons])

    @property
    def slots(self) -> list[Slot]:
        cleaned = self.cleaned_data
        chosen = [lesson for lesson in self.of_unit if lesson.pk in cleaned["lessons"]]
        days = spaced(
            len(chosen),
            first=cleaned["opens_on"],
            apart_days=cleaned["apart_days"],
            due_after_days=cleaned["due_after_days"],
        )
        return [Slot(lesson, day, cleaned["way"], _title(lesson)) for lesson, day in zip(chosen, days, strict=True)]


def _title(lesson: Lesson) -> str:
    return lesson.live_version.title if lesson.live_version else ""


class ChosenForm(RefusableForm):
    """The groups or the pupils of one named class, as `for_whom` says; nothing to choose for the whole class."""

    groups = forms.TypedMultipleChoiceField(
        label="Groups", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    pupils = forms.TypedMultipleChoiceField(
        label="Pupils", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        for_whom: str,
        groups: Sequence[tuple[int, str]] = (),
        pupils: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__(data)
        self.for_whom = for_whom
        self.listed = {ForWhom.GROUPS: groups, ForWhom.PUPILS: pupils}.get(ForWhom(for_whom), ())
        for name in ("groups", "pupils"):
            if name != for_whom or not self.listed:
                del self.fields[name]
                continue
            self.fields[name].required = True
            self.fields[name].error_messages |= {
                "required": NobodyChosen.sentence,
                "invalid_choice": NotOfTheClass.sentence,
            }
            offer(self, name, self.listed)

    @property
    def has_nobody_to_choose(self) -> bool:
        """The class has no groups, or no names on its list yet."""
        return self.for_whom != ForWhom.CLASS and not self.listed

    @property
    def audience(self) -> Audience:
        cleaned = self.cleaned_data
        return Audience(self.for_whom, cleaned.get("groups", ()), cleaned.get("pupils", ()))
