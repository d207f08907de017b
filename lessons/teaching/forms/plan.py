"""The term's plan, and a plan that is copied."""

import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer
from safeguarding.schools.models import SchoolClass

from ..errors import CopyChanged, NothingChosen
from ..queries import CopyPage, class_label
from .base import RefusableForm, date_field

LARGEST_KEY = 2**63 - 1


class PlanForm(forms.Form):
    """What the address asks for. A term that there is not, and a page beyond the last, fall back."""

    term = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    school = forms.SlugField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)


def _class_field(label: str, help_text: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=int,
        error_messages={"required": "Choose a class.", "invalid_choice": "Choose one of your own classes."},
    )


def _likely(sources: list[SchoolClass], targets: list[SchoolClass]) -> dict[str, int]:
    """A class of this year, and itself a year ago; or else the next one beside it."""
    pks = {school_class.pk for school_class in sources}
    target = next((c for c in targets if c.previous_id in pks), targets[0] if targets else None)
    if target is None:
        return {}
    beside = next((pk for pk in (c.pk for c in sources) if pk != target.pk), target.pk)
    return {"target": target.pk, "source": target.previous_id if target.previous_id in pks else beside}


class CopyFromForm(RefusableForm):
    source = _class_field("Copy the plan of", "Also a class of a past year.")
    target = _class_field("To", "A class of this year.")

    def __init__(
        self, data: QueryDict | None = None, *, sources: list[SchoolClass], targets: list[SchoolClass]
    ) -> None:
        super().__init__(data, initial=_likely(sources, targets))
        self.by_pk = {school_class.pk: school_class for school_class in [*sources, *targets]}
        with_school = len({school_class.school_id for school_class in self.by_pk.values()}) > 1
        for name, classes in (("source", sources), ("target", targets)):
            labels = [
                (c.pk, f"{class_label(c, with_school=with_school)}, {c.school_year}/{(c.school_year + 1) % 100:02}")
                for c in classes
            ]
            offer(self, name, labels)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", "Choose another class than the one whose plan you copy.")
        return cleaned

    @property
    def classes(self) -> tuple[SchoolClass, SchoolClass]:
        """The source and the target."""
        return self.by_pk[self.cleaned_data["source"]], self.by_pk[self.cleaned_data["target"]]


class CopyForm(RefusableForm):
    """A tick and a day for each lesson that can be copied."""

    all_the_same = forms.BooleanField(
        label="Set them all the same",
        required=False,
        help_text="Only needed where the class is older or younger than the pupils a lesson is written for.",
    )

    def __init__(self, data: QueryDict | None = None, *, page: CopyPage) -> None:
        super().__init__(data)
        self.page = page
        if not page.needs_thought:
            del self.fields["all_the_same"]
        for lesson in page.copied:
            self.fields[f"keep_{lesson.pk}"] = forms.BooleanField(
                label=lesson.title, required=False, initial=not lesson.is_past
            )
            day = date_field(f"“{lesson.title}” opens on")
            day.initial = lesson.days.opens_on
            self.fields[f"opens_{lesson.pk}"] = day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for lesson in self.page.copied:
            day = f"opens_{lesson.pk}"
            if not cleaned.get(f"keep_{lesson.pk}"):
                self.errors.pop(day, None)  # the day of what is left out is nobody's mistake
        if any(name.startswith("keep_") and name not in self.fields for name in self.data):
            self.refuse(CopyChanged())
        if not self.errors and not self.opens:
            self.refuse(NothingChosen())
        return cleaned

    @property
    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        return [(lesson, self[f"keep_{lesson.pk}"], self[f"opens_{lesson.pk}"]) for lesson in self.page.copied]

    @property
    def opens(self) -> dict[int, datetime.date]:
        cleaned = self.cleaned_data
        return {
            lesson.pk: cleaned[f"opens_{lesson.pk}"]
            for lesson in self.page.copied
            if cleaned.get(f"keep_{lesson.pk}") and cleaned.get(f"opens_{lesson.pk}")
        }

    @property
    def values(self) -> dict[str, Any]:
        return {"opens": self.opens, "all_the_same": self.cleaned_data.get("all_the_same", False)}
