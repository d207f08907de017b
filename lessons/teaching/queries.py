"""What the pages show, in a fixed number of SQL queries each."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.utils import timezone

from lessons.library.differences import Comparison
from lessons.library.models import LessonVersion
from lessons.library.queries import Help, compare_versions
from lessons.library.queries import help_for as services_for
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import SchoolClass

from . import rules
from .models import Assignment, Attempt, Delivery
from .pupil_session import Visit

# Without 18, which would bring in what is for adults only.
CHILDREN = (5, 17)


# --- setting --------------------------------------------------------------


def settable_classes(user: User) -> list[SchoolClass]:
    """The classes that any of the person's memberships sees, by school, age and name. One query."""
    seen = [SchoolClass.objects.visible_to(membership) for membership in memberships_of(user)]
    if not seen:
        return []
    return list(reduce(or_, seen).distinct().select_related("school").order_by("school__name", "age_from", "name"))


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


# --- pupils ---------------------------------------------------------------


def pupil_names(school_class: SchoolClass) -> list[tuple[int, str]]:
    return list(school_class.pupils.order_by("display_name", "pk").values_list("pk", "display_name"))


@dataclass(frozen=True)
class PupilLesson:
    assignment_id: int
    title: str
    summary: str
    due_on: datetime.date
    is_overdue: bool
    position: int
    is_finished: bool

    @property
    def next_number(self) -> int:
        return self.position + 1

    @property
    def state(self) -> str:
        if self.is_finished:
            return "Done"
        return "On the way" if self.position else "Not started"


def pupil_lessons(visit: Visit, on: datetime.date) -> list[PupilLesson]:
    """The open lessons of the class that are done on devices, what is left to do first. Two queries."""
    assignments = list(
        Assignment.objects.filter(school_class=visit.school_class, version__withdrawn_at__isnull=True)
        .open(on)
        .on_devices()
        .values_list("pk", "version__title", "version__summary", "due_on")
        .order_by("due_on", "pk")
    )
    attempts = {
        assignment_id: (position, finished_on)
        for assignment_id, position, finished_on in _attempts(visit, [row[0] for row in assignments]).values_list(
            "assignment_id", "position", "finished_on"
        )
    }
    lessons = []
    for pk, title, summary, due_on in assignments:
        position, finished_on = attempts.get(pk, (0, None))
        is_finished = finished_on is not None
        lessons.append(PupilLesson(pk, title, summary, due_on, due_on < on and not is_finished, position, is_finished))
    return sorted(lessons, key=lambda lesson: lesson.is_finished)


def _attempts(visit: Visit, assignment_ids: Sequence[int]) -> Any:
    if visit.pupil:
        return Attempt.objects.filter(pupil=visit.pupil, assignment__in=assignment_ids)
    return Attempt.objects.filter(key__in=[visit.attempt_key(pk) for pk in assignment_ids])


def find_assignment(visit: Visit, pk: int) -> Assignment | None:
    """A lesson that is done on devices by the visitor's class, whether it is open or not. One query."""
    return (
        Assignment.objects.filter(school_class=visit.school_class, pk=pk)
        .on_devices()
        .select_related("version__lesson")
        .first()
    )


def position_in(visit: Visit, assignment: Assignment) -> int:
    """How many steps lie behind the visitor; 0 where there is no attempt yet. One query."""
    return _attempts(visit, [assignment.pk]).values_list("position", flat=True).first() or 0


# --- help -----------------------------------------------------------------


@dataclass(frozen=True)
class PupilHelp:
    """Whom a child can turn to: at school where the school is known, and in the country."""

    lead_name: str
    lead_contact: str
    country: Help


def help_for(visit: Visit | None, topic_id: int | None = None) -> PupilHelp:
    """For the visitor's school, country and ages; for the default country and all children without a visit.

    Two queries.
    """
    if visit is None:
        youngest, oldest = CHILDREN
        everywhere = services_for(
            settings.DEFAULT_COUNTRY, reader="child", age_from=youngest, age_to=oldest, topic_id=topic_id
        )
        return PupilHelp("", "", everywhere)
    school, school_class = visit.school_class.school, visit.school_class
    services = services_for(
        school.country_id,
        reader="child",
        age_from=school_class.age_from,
        age_to=school_class.age_to,
        topic_id=topic_id,
    )
    return PupilHelp(school.lead_name, school.lead_contact, services)


def today() -> datetime.date:
    return timezone.localdate()
