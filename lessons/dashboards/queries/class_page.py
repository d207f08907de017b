"""A class: the lessons that it was set, and in a named class how far each pupil has come."""

import datetime
from dataclasses import dataclass

from lessons.teaching.models import Assignment, Attempt
from safeguarding.schools.models import Pupil, SchoolClass

from .progress import AssignmentRow, ages_in_words, list_assignments


@dataclass(frozen=True)
class Cell:
    word: str
    kind: str


# The same words as on the pupil's own page.
DONE = Cell("Done", "good")
ON_THE_WAY = Cell("On the way", "care")
NOT_STARTED = Cell("Not started", "")


@dataclass(frozen=True)
class PupilLine:
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """Pupils × the lessons that are done on devices: what is done, never what was answered."""

    lessons: list[AssignmentRow]
    pupils: list[PupilLine]


@dataclass(frozen=True)
class ClassPage:
    """`matrix` is None in an anonymous class, of which there are counts only."""

    ages: str
    assignments: list[AssignmentRow]
    matrix: Matrix | None


def class_page(school_class: SchoolClass, on: datetime.date) -> ClassPage:
    """What is open first, by its due date; what is closed last. Four queries, six for a named class."""
    rows = list_assignments(Assignment.objects.filter(school_class=school_class), on)
    return ClassPage(
        ages=ages_in_words(school_class),
        assignments=sorted(rows, key=lambda row: row.is_closed),
        matrix=_matrix(school_class, rows) if school_class.is_named else None,
    )


def _matrix(school_class: SchoolClass, rows: list[AssignmentRow]) -> Matrix:
    lessons = [row for row in rows if not row.is_together]
    pupils = list(Pupil.objects.filter(school_class=school_class).values_list("pk", "display_name"))
    attempts = Attempt.objects.filter(assignment__in=[row.pk for row in lessons], pupil__isnull=False)
    cells = {
        (pupil_pk, assignment_pk): DONE if finished_on else ON_THE_WAY
        for pupil_pk, assignment_pk, finished_on in attempts.values_list("pupil_id", "assignment_id", "finished_on")
    }
    return Matrix(
        lessons,
        [PupilLine(name, [cells.get((pk, row.pk), NOT_STARTED) for row in lessons]) for pk, name in pupils],
    )
