"""What may be shown of what a class answered about seeking help, blame and worry. Every page and file asks here.

Such an answer is shown for a whole class, once nobody can answer any more, where at least five have answered. Counts of
nearly the same pupils are not put side by side where their difference could tell what one of them feels.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import ForWhom, Moment
from lessons.teaching.models import AnswerCount

from .progress import AssignmentRow

# With fewer answers than this one pupil's slip would look like the class's.
LEAST_ANSWERS = 5
# Below this, what one child feels could be guessed.
LEAST_FELT_ANSWERS = 5
# Among fewer, it may be that nobody else has changed an answer, so that a difference is the one pupil's who is missing.
LEAST_TO_COMPARE = 10

NOT_YET_SHOWN = (
    "These answers are shown once the lesson is closed for the class and at least five have answered. Until then "
    "somebody could watch the numbers move and work out what one pupil feels."
)
TOO_FEW = (
    "Fewer than five answered this question, so the answers are not shown: with so few, what one pupil feels could be "
    "guessed."
)
NOT_FOR_ALL = (
    "These answers are shown only where a lesson is set for the whole class. Of groups or chosen pupils, what one of "
    "them feels could be worked out."
)
SHOWN_EARLIER = (
    "These answers were shown when the class did this lesson before. They are not shown a second time: the difference "
    "between the two could tell what one pupil feels."
)

TOO_ALIKE = (
    "So few answered, and nearly as many at the other time, that the difference could tell what one pupil feels. The "
    "answers after the lesson are shown."
)
# What is shown, where not all can be.
IN_ORDER_OF_WEIGHT = (Moment.AFTER, Moment.BEFORE, Moment.LATER)


def why_withheld(row: AssignmentRow, kind: QuestionKind, answered: int, *, is_shown_earlier: bool) -> str:
    """Empty where the answers may be shown. `row` is the lesson, or the later check, in which they were given."""
    if not kind.is_class_only:
        return ""
    if row.for_whom != ForWhom.CLASS:
        return NOT_FOR_ALL
    if not row.is_closed:
        return NOT_YET_SHOWN
    if answered < LEAST_FELT_ANSWERS:
        return TOO_FEW
    return SHOWN_EARLIER if is_shown_earlier else ""


def too_alike(answered: Mapping[Moment, int]) -> set[Moment]:
    """Of the moments that could be shown, with how many answered, those that another one forbids."""
    shown: list[int] = []
    withheld = set()
    for moment in IN_ORDER_OF_WEIGHT:
        if moment not in answered:
            continue
        here = answered[moment]
        if any(0 < abs(here - other) < LEAST_FELT_ANSWERS and min(here, other) < LEAST_TO_COMPARE for other in shown):
            withheld.add(moment)
        else:
            shown.append(here)
    return withheld


def shown_earlier(
    *, pk: Any, class_pk: Any, lesson_pk: Any, closed_at: Any, kind: Any, moment: Any
) -> QuerySet[AnswerCount, Any]:
    """What the same class answered, and was shown, to a question of this kind in an earlier round of the lesson.

    For `Exists`: each is a value, or an OuterRef to it. The round that was closed first is the earlier one.
    """
    rounds = AnswerCount.objects.filter(
        Q(assignment__closed_at__lt=closed_at) | Q(assignment__closed_at=closed_at, assignment__lt=pk),
        assignment__school_class=class_pk,
        assignment__version__lesson=lesson_pk,
        assignment__for_whom=ForWhom.CLASS,
        option__question__kind=kind,
        moment=moment,
    )
    answered = rounds.order_by().values("assignment_id", "option__question_id").annotate(answered=Sum("count"))
    return answered.filter(answered__gte=LEAST_FELT_ANSWERS)
