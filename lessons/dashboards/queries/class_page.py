"""A class: the lessons that it was set, and in a named class how far each pupil has come."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from lessons.teaching.models import Assignment, Attempt
from safeguarding.schools.models import Pupil, School, SchoolClass, Term

from .progress import AssignmentRow, ages_in_words, list_assignments

# More than a class has in a year; so many of both are still read at one sight, and sent in 300 KB.
LESSONS_A_PAGE = 40
PUPILS_A_PAGE = 200


class Show(models.TextChoices):
    USUAL = "", "Open and closed"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    ARCHIVED = "archived", "Archived"
    ALL = "all", "All, archived too"


@dataclass(frozen=True)
class Asked:
    """What the page was asked for. `due` is the first and the last day; `sort` is a column of the matrix."""

    show: Show = Show.USUAL
    due: tuple[datetime.date, datetime.date] | None = None
    page: str = "1"
    pupils: str = "1"
    sort: str = ""
    is_whole: bool = False  # every page at once, for a file

    @property
    def is_filtered(self) -> bool:
        return self.show != Show.USUAL or self.due is not None


class Stage(models.IntegerChoices):
    """How far a pupil has come with a lesson, in the words of the pupil's own page."""

    NOT_STARTED = 1, "Not started"
    ON_THE_WAY = 2, "On the way"
    DONE = 3, "Done"


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A stage for each lesson; None where the lesson is not for the pupil."""

    pk: int
    name: str
    stages: list[Stage | None]

    @property
    def done(self) -> int:
        return self.stages.count(Stage.DONE)

    @property
    def meant(self) -> int:
        return len(self.stages) - self.stages.count(None)


@dataclass(frozen=True)
class Matrix:
    """Pupils × the lessons that are done on devices: what is done, never what was answered."""

    lessons: list[AssignmentRow]
    lines: list[PupilLine]
    pupils: Page[Any]


@dataclass(frozen=True)
class ClassPage:
    """`matrix` is None in an anonymous class and in one of a past year, of which there are counts only."""

    ages: str
    rows: list[AssignmentRow]
    lessons: Page[Any]
    check_count: int  # of later checks that fit what was asked for
    all_count: int  # of lessons, whatever was asked for; without the later checks
    matrix: Matrix | None


def terms_of(school: School) -> list[Term]:
    """The latest first. One query."""
    return list(Term.objects.filter(school=school).order_by("-starts_on"))


def class_page(school_class: SchoolClass, asked: Asked, on: datetime.date) -> ClassPage:
    """What is open first, by its due date, then what was closed, the latest first.

    Three queries, five for a named class, one more where some lessons are not for all of it; however many pupils and
    lessons there are. It shows one page of each, and only the pages are counted.
    """
    every = list(
        Assignment.objects.filter(school_class=school_class)
        .order_by("due_on", "pk")
        .values_list("pk", "due_on", "closed_at", "archived_at", "later_of_id")
    )
    fitting = [
        (closed_at is not None, due_on.toordinal(), pk, later_of is not None)
        for pk, due_on, closed_at, archived_at, later_of in every
        if _is_shown(asked, due_on, closed_at is not None, archived_at is not None)
    ]
    fitting.sort(key=lambda found: (found[0], -found[1] if found[0] else found[1], found[2]))
    size = max(len(fitting), 1) if asked.is_whole else LESSONS_A_PAGE
    lessons: Page[Any] = Paginator([pk for _, _, pk, _ in fitting], size).get_page(asked.page)
    shown = list(lessons.object_list)
    rows = list_assignments(Assignment.objects.filter(pk__in=shown), on)
    return ClassPage(
        ages=ages_in_words(school_class),
        rows=sorted(rows, key=lambda row: shown.index(row.pk)),
        lessons=lessons,
        check_count=sum(is_check for *_, is_check in fitting),
        all_count=sum(later_of is None for *_, later_of in every),
        matrix=_matrix(school_class, rows, asked) if school_class.is_named and not school_class.is_archived else None,
    )


def _is_shown(asked: Asked, due_on: datetime.date, is_closed: bool, is_archived: bool) -> bool:
    if asked.due and not asked.due[0] <= due_on <= asked.due[1]:
        return False
    return {
        Show.USUAL: not is_archived,
        Show.OPEN: not is_closed,
        Show.CLOSED: is_closed and not is_archived,
        Show.ARCHIVED: is_archived,
        Show.ALL: True,
    }[asked.show]


def _matrix(school_class: SchoolClass, rows: Sequence[AssignmentRow], asked: Asked) -> Matrix:
    """Two queries."""
    lessons = [row for row in rows if not row.is_together or row.tally.started]
    everybody = _everybody(school_class, lessons, asked.sort)
    size = max(len(everybody), 1) if asked.is_whole else PUPILS_A_PAGE
    pupils: Page[Any] = Paginator(everybody, size).get_page(asked.pupils)
    found = Attempt.objects.filter(assignment__in=[row.pk for row in lessons], pupil__isnull=False)
    if pupils.paginator.num_pages > 1:
        found = found.filter(pupil__in=[pk for pk, _ in pupils.object_list])
    stages = {
        (pupil_pk, assignment_pk): Stage.DONE if finished_on else Stage.ON_THE_WAY
        for pupil_pk, assignment_pk, finished_on in found.values_list("pupil_id", "assignment_id", "finished_on")
    }
    lines = [
        PupilLine(
            pk,
            name,
            [
                stages.get((pk, row.pk), Stage.NOT_STARTED if row.members is None or pk in row.members else None)
                for row in lessons
            ],
        )
        for pk, name in pupils.object_list
    ]
    return Matrix(lessons, lines, pupils)


def _everybody(school_class: SchoolClass, lessons: Sequence[AssignmentRow], sort: str) -> list[tuple[int, str]]:
    """In the order that is asked for, since the table sorts only what stands on its page. One query.

    Pupils for whom a lesson is not come last, whichever way round.
    """
    key, is_turned = sort.removeprefix("-"), sort.startswith("-")
    lesson = next((row for row in lessons if f"lesson-{row.pk}" == key), None)
    begun = Attempt.objects.filter(pupil=OuterRef("pk"))
    finished = begun.filter(finished_on__isnull=False)
    rank: Any = Value(0)
    if lesson:
        rank = Case(
            When(Exists(finished.filter(assignment=lesson.pk)), then=Stage.DONE.value),
            When(Exists(begun.filter(assignment=lesson.pk)), then=Stage.ON_THE_WAY.value),
            default=Stage.NOT_STARTED.value,
        )
    elif key == "done":
        of_page = finished.filter(assignment__in=[row.pk for row in lessons]).order_by().values("pupil")
        rank = Coalesce(Subquery(of_page.annotate(done=Count("pk")).values("done")), 0)
    pupils = list(Pupil.objects.filter(school_class=school_class).values_list("pk", "display_name", rank))
    pupils.sort(key=lambda pupil: pupil[1].casefold(), reverse=sort == "-pupil")
    pupils.sort(key=lambda pupil: pupil[2], reverse=is_turned)
    members = lesson.members if lesson else None
    if members is not None:
        pupils.sort(key=lambda pupil: pupil[0] not in members)
    return [(pk, name) for pk, name, _ in pupils]
