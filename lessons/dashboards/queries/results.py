"""What a class answered before and after a lesson. The page and the CSV take the same numbers from here."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from lessons.library.enums import QuestionKind
from lessons.library.live import live_q
from lessons.library.models import LessonVersion, Question
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment, Delivery
from lessons.teaching.queries import OtherVersion, other_version

from .progress import AssignmentRow, list_assignments

# Below this, what one child feels could be guessed.
LEAST_FELT_ANSWERS = 5

NOT_YET_SHOWN = (
    "These answers are shown once the lesson is closed for the class and at least five have answered. Until then "
    "somebody could watch the numbers move and work out what one pupil feels."
)
TOO_FEW = (
    "Fewer than five answered this question, so the answers are not shown: with so few, what one pupil feels could be "
    "guessed."
)


@dataclass(frozen=True)
class Answers:
    """Of one question at one moment. `counts` is by option; None where it is not shown, and then so is the number."""

    counts: tuple[int, ...] | None
    answered: int | None
    right: int | None = None
    mean: float | None = None

    @property
    def is_shown(self) -> bool:
        return self.counts is not None

    @property
    def right_percent(self) -> int | None:
        return round(100 * self.right / self.answered) if self.right is not None and self.answered else None

    @property
    def wrong(self) -> int:
        return self.answered - self.right if self.answered is not None and self.right is not None else 0


WITHHELD = Answers(counts=None, answered=None)


@dataclass(frozen=True)
class OptionLine:
    """A count is None where it is not shown."""

    text: str
    is_correct: bool
    before: int | None
    after: int | None


@dataclass(frozen=True)
class QuestionResult:
    """`before` is None for a question that is asked after the lesson only; `withheld` says why nothing is shown."""

    pk: int
    number: int
    kind: QuestionKind
    text: str
    misconception: str
    option_texts: tuple[str, ...]
    right_options: tuple[bool, ...]
    before: Answers | None
    after: Answers
    withheld: str

    @property
    def kind_in_words(self) -> str:
        return self.kind.label.split(":")[0]

    @property
    def is_knowledge(self) -> bool:
        return self.kind == QuestionKind.KNOWLEDGE

    @property
    def is_confidence(self) -> bool:
        return self.kind == QuestionKind.CONFIDENCE

    @property
    def is_partly_withheld(self) -> bool:
        return not self.withheld and not (self.after.is_shown and (self.before is None or self.before.is_shown))

    @property
    def options(self) -> list[OptionLine]:
        before = self.before.counts if self.before else None
        return [
            OptionLine(
                text, is_correct, before[n] if before else None, self.after.counts[n] if self.after.counts else None
            )
            for n, (text, is_correct) in enumerate(zip(self.option_texts, self.right_options, strict=True))
        ]


@dataclass(frozen=True)
class PastDelivery:
    taught_on: datetime.date
    pupils_present: int
    taught_by: str


@dataclass(frozen=True)
class Results:
    row: AssignmentRow
    version_number: int
    other: OtherVersion | None
    is_retired: bool
    lesson_slug: str
    questions: tuple[QuestionResult, ...]
    deliveries: tuple[PastDelivery, ...]

    @property
    def knowledge(self) -> list[QuestionResult]:
        return [question for question in self.questions if question.is_knowledge]

    @property
    def has_answers(self) -> bool:
        return any(q.after.answered or (q.before and q.before.answered) for q in self.questions)

    @property
    def hardest(self) -> QuestionResult | None:
        """The knowledge question that the greatest share still got wrong after the lesson, if anybody did."""
        asked = [question for question in self.knowledge if question.after.wrong]
        return max(asked, key=lambda q: 100 - (q.after.right_percent or 0), default=None)


def assignment_results(pk: int, on: datetime.date) -> Results:
    """Ten queries at most. Answers that may not be shown do not leave this function."""
    (row,) = list_assignments(Assignment.objects.filter(pk=pk), on)
    both = LessonVersion.objects.select_related("lesson").filter(
        Q(pk=row.version_pk) | live_q(), lesson__versions=row.version_pk
    )
    version = next(found for found in both if found.pk == row.version_pk)
    live = next((found for found in both if found.is_live), None)
    return Results(
        row=row,
        version_number=version.number,
        other=other_version(version, live),
        is_retired=live is None,
        lesson_slug=version.lesson.slug,
        questions=_questions(row),
        deliveries=tuple(
            PastDelivery(taught_on, present, name or "a colleague who has left")
            for taught_on, present, name in Delivery.objects.filter(assignment=pk).values_list(
                "taught_on", "pupils_present", "taught_by__user__name"
            )
        ),
    )


def _questions(row: AssignmentRow) -> tuple[QuestionResult, ...]:
    """Three queries."""
    questions = Question.objects.filter(version=row.version_pk).prefetch_related("options")
    counted = AnswerCount.objects.filter(assignment=row.pk).values_list("option_id", "moment", "count")
    counts = {(option_pk, moment): count for option_pk, moment, count in counted}
    results = []
    for number, question in enumerate(questions, start=1):
        kind = question.kind_enum
        options = list(question.options.all())
        right = [option.is_correct for option in options]
        before, after = (
            _answers(kind, right, [counts.get((option.pk, moment), 0) for option in options], row.is_closed)
            for moment in (Moment.BEFORE, Moment.AFTER)
        )
        asked_before = kind != QuestionKind.WORRY
        withheld = ""
        if not after.is_shown and not (asked_before and before.is_shown):
            withheld = TOO_FEW if row.is_closed else NOT_YET_SHOWN
        results.append(
            QuestionResult(
                pk=question.pk,
                number=number,
                kind=kind,
                text=question.text,
                misconception=question.misconception,
                option_texts=tuple(option.text for option in options),
                right_options=tuple(right),
                before=before if asked_before else None,
                after=after,
                withheld=withheld,
            )
        )
    return tuple(results)


def _answers(kind: QuestionKind, right: Sequence[bool], counts: Sequence[int], is_closed: bool) -> Answers:
    answered = sum(counts)
    if kind.is_class_only and not (is_closed and answered >= LEAST_FELT_ANSWERS):
        return WITHHELD
    mean = None
    if kind == QuestionKind.CONFIDENCE and answered:
        mean = sum(step * count for step, count in enumerate(counts, start=1)) / answered
    return Answers(
        counts=tuple(counts),
        answered=answered,
        right=sum(count for count, is_right in zip(counts, right, strict=True) if is_right)
        if kind == QuestionKind.KNOWLEDGE
        else None,
        mean=mean,
    )
