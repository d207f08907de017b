"""What the answers of a class ask of its teacher: one look at many lessons at once."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lessons.library.enums import FIXED_OPTIONS, NOBODY, QuestionKind
from lessons.library.steps import FEELING_FINE
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount

from .progress import AssignmentRow
from .withholding import LEAST_ANSWERS, shown_earlier, why_withheld

# A lesson that has been closed for longer asks nothing of anybody.
LOOK_AFTER_CLOSED = datetime.timedelta(days=14)
MOSTLY_WRONG = 1 / 2
# From not sure at all, 1, to very sure, 5; a class whose mean is below the middle is unsure.
STEPS = {text: step for step, text in enumerate(FIXED_OPTIONS[QuestionKind.CONFIDENCE], start=1)}
UNSURE = 3
# Fixed, and no mean over other classes: a school has too few classes of a lesson for a mean to mean anything, and where
# many are worried in each of them it would call that usual.
MANY_WOULD_TELL_NOBODY = 1 / 4
MANY_ARE_WORRIED = 1 / 3

UNSURE_AFTER = "The class is still unsure after the lesson. Let pupils practise what they would say and do."
WOULD_TELL_NOBODY = "Many would tell nobody, or do not know yet whom. Go through once more whom they can tell, and how."
ARE_WORRIED = "Many felt worried after the lesson. Make time to talk with the class, and let your lead know."


class HintKind(StrEnum):
    WRONG = "wrong"
    CONFIDENCE = "confidence"
    TELLING = "telling"
    WORRY = "worry"


@dataclass(frozen=True)
class Hint:
    """`action` is the name of the address, for the row's key, that helps.

    On telling and worry the sentence names no number.
    """

    row: AssignmentRow
    kind: HintKind
    sentence: str
    action: str = "dashboards:assignment-results"


@dataclass(frozen=True)
class _Line:
    """One option of one question after the lesson."""

    assignment_pk: int
    question_pk: int
    question: str
    kind: QuestionKind
    option: str
    is_correct: bool
    count: int
    is_shown_earlier: bool


def hints(rows: Sequence[AssignmentRow], on: datetime.date) -> list[Hint]:
    """In the order of the rows, of lessons that are open or were closed within two weeks. One query."""
    recent = {row.pk: row for row in rows if _is_recent(row, on)}
    by_assignment: dict[int, list[Hint]] = {}
    for pk, lines in groupby(_lines(recent), key=lambda line: line.assignment_pk):
        by_assignment[pk] = _of_lesson(recent[pk], list(lines))
    return [hint for pk in recent for hint in by_assignment.get(pk, [])]


def _is_recent(row: AssignmentRow, on: datetime.date) -> bool:
    if row.is_later_check or row.is_archived or row.class_is_archived or row.withdrawn_at:
        return False
    return row.closed_at is None or timezone.localdate(row.closed_at) >= on - LOOK_AFTER_CLOSED


def _lines(pks: Iterable[int]) -> Iterator[_Line]:
    earlier = shown_earlier(
        pk=OuterRef("assignment"),
        class_pk=OuterRef("assignment__school_class"),
        lesson_pk=OuterRef("assignment__version__lesson"),
        closed_at=OuterRef("assignment__closed_at"),
        kind=OuterRef("option__question__kind"),
        moment=Moment.AFTER,
    )
    found: Any = AnswerCount.objects.filter(assignment__in=list(pks), moment=Moment.AFTER, count__gt=0)
    found = found.exclude(option__question__kind=QuestionKind.RESPONSIBILITY).annotate(is_shown_earlier=Exists(earlier))
    for pk, question_pk, text, kind, option, is_correct, count, is_shown_earlier in (
        found.order_by("assignment_id", "option__question__position", "option__question_id", "option__position")
    ).values_list(
        "assignment_id",
        "option__question_id",
        "option__question__text",
        "option__question__kind",
        "option__text",
        "option__is_correct",
        "count",
        "is_shown_earlier",
    ):
        yield _Line(pk, question_pk, text, QuestionKind(kind), option, is_correct, count, is_shown_earlier)


def _of_lesson(row: AssignmentRow, lines: list[_Line]) -> list[Hint]:
    """At most one of each kind: of knowledge, the question that most got wrong."""
    found: dict[HintKind, Hint] = {}
    worst = MOSTLY_WRONG
    for _, answers in groupby(lines, key=lambda line: line.question_pk):
        options = list(answers)
        kind, answered = options[0].kind, sum(line.count for line in options)
        if answered < LEAST_ANSWERS:
            continue
        if why_withheld(row, kind, answered, is_shown_earlier=options[0].is_shown_earlier):
            continue
        if kind == QuestionKind.KNOWLEDGE:
            wrong = sum(line.count for line in options if not line.is_correct)
            if wrong / answered > worst:
                worst = wrong / answered
                sentence = f"{wrong} of {answered} still got “{options[0].question}” wrong after the lesson."
                found[HintKind.WRONG] = Hint(row, HintKind.WRONG, sentence)
        elif hint := _of_feeling(kind, options, answered):
            found[hint[0]] = Hint(row, *hint)
    return [found[kind] for kind in HintKind if kind in found]


def _of_feeling(kind: QuestionKind, options: list[_Line], answered: int) -> tuple[HintKind, str] | None:
    if kind == QuestionKind.CONFIDENCE:
        mean = sum(STEPS[line.option] * line.count for line in options) / answered
        return (HintKind.CONFIDENCE, UNSURE_AFTER) if mean < UNSURE else None
    if kind == QuestionKind.HELP_SEEKING:
        nobody = sum(line.count for line in options if line.option == NOBODY)
        return (HintKind.TELLING, WOULD_TELL_NOBODY) if nobody / answered >= MANY_WOULD_TELL_NOBODY else None
    worried = sum(line.count for line in options if line.option != FEELING_FINE)
    return (HintKind.WORRY, ARE_WORRIED) if worried / answered >= MANY_ARE_WORRIED else None
