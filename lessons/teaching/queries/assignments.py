"""What the pages of one lesson of one class show."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.library.differences import Comparison
from lessons.library.models import LessonVersion
from lessons.library.queries import compare_versions

from .. import rules
from ..models import Assignment, Delivery
from .pupils import pupil_names
from .setting import group_names


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


@dataclass(frozen=True)
class ClassLists:
    """Those of a named class, and which of them a lesson is for now. Pairs of a key and a name."""

    groups: Sequence[tuple[int, str]] = ()
    pupils: Sequence[tuple[int, str]] = ()
    chosen_groups: Sequence[int] = ()
    chosen_pupils: Sequence[int] = ()


def class_lists(assignment: Assignment) -> ClassLists:
    """Nothing in an anonymous class. Four queries."""
    if not assignment.school_class.is_named:
        return ClassLists()
    return ClassLists(
        groups=group_names(assignment.school_class),
        pupils=pupil_names(assignment.school_class),
        chosen_groups=list(assignment.groups.values_list("pk", flat=True)),
        chosen_pupils=list(assignment.pupils.values_list("pk", flat=True)),
    )


def has_begun(assignment: Assignment) -> bool:
    """Whether somebody has, or it was taught. One query."""
    return not Assignment.objects.untouched().filter(pk=assignment.pk).exists()
