from django.urls import reverse
from django.utils.formats import date_format

from safeguarding.core.tables import Cell, Column, Table

from ..queries.pupil_page import PupilLesson, PupilPage
from .class_page import STAGES

COLUMNS = (
    Column("lesson", "Lesson"),
    Column("stage", "How far"),
    Column("finished", "Finished"),
    Column("due", "Due"),
    Column("state", "For the class"),
)


def pupil_table(page: PupilPage) -> Table:
    """The file's name and its cells say nothing of who it is."""
    return Table(
        "lessons", "Lessons", COLUMNS, [_line(line) for line in page.lessons], filename=f"pupil-{page.pk}-lessons"
    )


def _line(line: PupilLesson) -> list[Cell]:
    row = line.row
    return [
        Cell(row.title, url=reverse("dashboards:assignment-results", args=[row.pk])),
        STAGES[line.stage],
        Cell(line.finished_on, date_format(line.finished_on, "j M Y") if line.finished_on else ""),
        Cell(row.due_on, date_format(row.due_on, "j M Y")),
        Cell(row.state.word, kind=row.state.kind),
    ]
