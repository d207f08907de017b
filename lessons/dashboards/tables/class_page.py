"""The tables of a class's page: its lessons, and its pupils with each of them."""

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format

from safeguarding.core.tables import Cell, Column, Table

from ..queries.class_page import Matrix, Stage
from ..queries.progress import AssignmentRow

LESSON_COLUMNS = (
    Column("lesson", "Lesson"),
    Column("state", "Where it stands"),
    Column("due", "Due"),
    Column("way", "How"),
    Column("for", "For"),
    Column("started", "Started"),
    Column("finished", "Finished"),
    Column("taught", "Taught"),
)
# The same few cells stand thousands of times in a large class.
STAGES: dict[Stage | None, Cell] = {
    Stage.DONE: Cell(Stage.DONE.label, kind="good", sort=3),
    Stage.ON_THE_WAY: Cell(Stage.ON_THE_WAY.label, kind="care", sort=2),
    Stage.NOT_STARTED: Cell(Stage.NOT_STARTED.label, sort=1),
    None: Cell(None),
}


def lessons_table(class_pk: int, rows: Sequence[AssignmentRow], caption: str) -> Table:
    return Table(
        "lessons", caption, LESSON_COLUMNS, [_lesson(row) for row in rows], filename=f"class-{class_pk}-lessons"
    )


def _lesson(row: AssignmentRow) -> list[Cell]:
    return [
        Cell(row.title, url=reverse("dashboards:assignment-results", args=[row.pk])),
        Cell(row.state.word, kind=row.state.kind),
        Cell(row.due_on, _day(row.due_on), note="" if row.is_closed else row.due_in_words),
        Cell(row.way_in_words),
        Cell(row.for_whom_in_words or "The whole class"),
        _count(row.tally.started, row.size, row),
        _count(row.tally.finished, row.size, row),
        _taught(row),
    ]


def _count(number: int, size: int | None, row: AssignmentRow) -> Cell:
    """A number in the files. A lesson that is taught together is begun by nobody alone."""
    if row.is_together and not row.tally.started:
        return Cell(None)
    of = f" of {size}" if size is not None else ""
    return Cell(number, f"{number}{of}" if number else "Nobody")


def _taught(row: AssignmentRow) -> Cell:
    if row.last_taught_on:
        return Cell(row.last_taught_on, _day(row.last_taught_on))
    if row.is_later_check or row.class_is_archived:
        return Cell(None)
    return Cell(None, "Record teaching", url=reverse("teaching:delivery-create", args=[row.pk]))


def _day(day: datetime.date) -> str:
    return date_format(day, "j M Y")


def matrix_table(class_pk: int, matrix: Matrix) -> Table:
    return Table(
        "matrix",
        "Who has done what",
        [
            Column("pupil", "Pupil"),
            Column("done", "Done"),
            *(
                Column(f"lesson-{row.pk}", row.title, note=f"due {date_format(row.due_on, 'j M')}")
                for row in matrix.lessons
            ),
        ],
        [
            [
                Cell(line.name, url=reverse("dashboards:pupil-detail", args=[line.pk])),
                Cell(line.done, f"{line.done} of {line.meant}"),
                *(STAGES[stage] for stage in line.stages),
            ]
            for line in matrix.lines
        ],
        filename=f"class-{class_pk}-pupils",
    )
