"""The tables of a lesson's results: every answer, what was right, how sure the class is, and who has done it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format

from lessons.teaching.enums import Moment
from safeguarding.core.tables import Cell, Column, Table

from ..queries.answers import Answers, Standing
from ..queries.finishers import Finisher
from ..queries.results import Results
from .class_page import STAGES

NOT_SHOWN = "not shown"
NOT_ASKED = "not asked"
SHORT = {Moment.BEFORE: "Before", Moment.AFTER: "After", Moment.LATER: "Later"}


def answers_table(results: Results) -> Table:
    """A row for each option; what the page does not show stands here as “not shown”."""
    columns = [
        Column("number", "Number"),
        Column("kind", "Kind"),
        Column("question", "Question"),
        Column("answer", "Answer"),
        Column("right", "Right answer"),
    ]
    for moment in results.moments:
        columns.append(Column(moment.value, SHORT[moment], is_number=True))
        columns.append(Column(f"{moment.value}-answered", f"Answered {SHORT[moment].lower()}", is_number=True))
    rows = [
        [
            Cell(question.number),
            Cell(question.kind_in_words),
            Cell(question.text),
            Cell(option.text),
            Cell("yes" if option.is_correct else ""),
            *(cell for moment in results.moments for cell in _counted(question.asked.get(moment), n)),
        ]
        for question in results.questions
        for n, option in enumerate(question.options)
    ]
    return Table("answers", "Every answer", columns, rows, filename=f"results-{results.row.pk}-answers")


def _counted(answers: Answers | None, n: int) -> tuple[Cell, Cell]:
    if answers is None:
        return Cell(NOT_ASKED), Cell(NOT_ASKED)
    if answers.counts is None:
        return Cell(NOT_SHOWN), Cell(NOT_SHOWN)
    return Cell(answers.counts[n]), Cell(answers.answered)


def knowledge_table(results: Results) -> Table:
    """Of 100 who answered, how many were right; beneath it how many answered."""
    columns = [Column("question", "Question")]
    for moment in results.moments:
        columns.append(Column(moment.value, SHORT[moment], is_number=True))
        columns.append(Column(f"{moment.value}-answered", f"Answered {SHORT[moment].lower()}", is_number=True))
    rows = [
        [
            Cell(f"{question.number}. {question.text}", sort=question.number),
            *(cell for moment in results.moments for cell in _right(question.asked.get(moment))),
        ]
        for question in results.knowledge
    ]
    caption = "How many of 100 got each question right"
    return Table("knowledge", caption, columns, rows, filename=f"results-{results.row.pk}-right")


def _right(answers: Answers | None) -> tuple[Cell, Cell]:
    if answers is None or answers.right_percent is None:
        return Cell(None), Cell(0)
    return Cell(answers.right_percent, f"{answers.right_percent}%"), Cell(answers.answered)


def standings_table(pk: int, standings: Sequence[Standing]) -> Table:
    columns = [
        Column("when", "When"),
        Column("right", "Right answers", is_number=True),
        Column("answers", "Answers given", is_number=True),
        Column("sure", "How sure, from 1 to 5", is_number=True),
        Column("answered", "Said how sure", is_number=True),
    ]
    rows = [
        [
            Cell(SHORT[standing.moment], sort=n),
            Cell(standing.right_percent, f"{standing.right_percent}%"),
            Cell(standing.answers),
            Cell(round(standing.mean, 1)),
            Cell(standing.answered),
        ]
        for n, standing in enumerate(standings)
    ]
    return Table("standings", "What the class knows, and how sure it is", columns, rows, filename=f"results-{pk}-sure")


def finishers_table(pk: int, found: Sequence[Finisher], *, has_later_check: bool) -> Table:
    columns = [Column("pupil", "Pupil"), Column("stage", "How far"), Column("finished", "Finished")]
    if has_later_check:
        columns.append(Column("later", "Later check"))
    rows = [
        [
            Cell(line.name, url=reverse("dashboards:pupil-detail", args=[line.pk])),
            STAGES[line.stage],
            Cell(line.finished_on, date_format(line.finished_on, "j M Y") if line.finished_on else ""),
            *([STAGES[line.later]] if has_later_check else []),
        ]
        for line in found
    ]
    return Table("pupils", "How far each pupil has come", columns, rows, filename=f"results-{pk}-pupils")
