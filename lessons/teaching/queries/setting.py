import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.utils import timezone

from lessons.library.differences import Comparison
from lessons.library.models import LessonVersion
from lessons.library.queries import compare_versions
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import SchoolClass

from .. import rules
from ..models import Assignment, Delivery


def today() -> datetime.date:
    return timezone.localdate()


def settable_classes(user: User) -> list[SchoolClass]:
    """The classes of this year that any of the person’s memberships sees, by school, age and name. One query."""
    seen = [SchoolClass.objects.visible_to(membership) for membership in memberships_of(user)]
    if not seen:
        return []
    current = reduce(or_, seen).distinct().current().select_related("school")
    return list(current.order_by("school__name", "age_from", "name"))


def class_label(school_class: SchoolClass, *, with_school: bool) -> str:
    """8A, ages 11–12; with the school's name where the person has several."""
    school = f" ({school_class.school.name})" if with_school else ""
    return f"{school_class.name}{school}, ages {school_class.age_from}–{school_class.age_to}"


def with_names(assignment: Assignment) -> Assignment:
    """The assignment with its class and its version's title, for a page about it. One query."""
    return Assignment.objects.select_related("school_class", "version").get(pk=assignment.pk)


@dataclass(frozen=True)
class PastDelivery:
    taught_on: datetime.date
    pupils_present: int


def deliveries_of(assignment: Assignment) -> list[PastDelivery]:
    rows = Delivery.objects.filter(assignment=assignment).values_list("taught_on", "pupils_present")
    return [PastDelivery(*row) for row in rows.order_by("-taught_on")]


@dataclass(frozen=True)
class OtherVersion:
    """The version that is live now, where a class has another one. `notes` say what is new, the latest first."""

    number: int
    is_newer: bool  # false where the library has gone back to an earlier one
    notes: tuple[str, ...]


def other_version(version: LessonVersion, live: LessonVersion | None) -> OtherVersion | None:
    """One query."""
    if live is None or live.pk == version.pk:
        return None
    between = LessonVersion.objects.filter(
        lesson=version.lesson_id, number__gt=version.number, number__lte=live.number
    ).was_live()
    notes = between.exclude(change_note="").order_by("-number").values_list("change_note", flat=True)
    return OtherVersion(live.number, live.number > version.number, tuple(notes))


@dataclass(frozen=True)
class NewerPage:
    """`other` and `comparison` are None where nothing else is live; `why_not` says why the class keeps its version."""

    assignment: Assignment
    other: OtherVersion | None
    comparison: Comparison | None
    why_not: str


def newer_page(pk: int) -> NewerPage:
    """Twenty queries, however long the lesson."""
    assignment = Assignment.objects.select_related(
        "school_class", "version__lesson__topic", "version__lesson__band"
    ).get(pk=pk)
    version = assignment.version
    versions = LessonVersion.objects.select_related("lesson__topic", "lesson__band")
    live = versions.live().filter(lesson=version.lesson_id).first()
    other = other_version(version, live)
    return NewerPage(
        assignment=assignment,
        other=other,
        comparison=compare_versions(version, live) if live and other else None,
        why_not=str(rules.why_version_stays(assignment, live.pk if live else None) or ""),
    )
