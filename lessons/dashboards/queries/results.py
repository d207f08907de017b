"""What a class answered before and after a lesson, and some weeks later. Page, chart and files take it from here."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Min, OuterRef, Q, Sum, Value
from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.library.live import live_q
from lessons.library.models import LessonVersion, Question
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment, Delivery
from lessons.teaching.queries import OtherVersion, other_version
from lessons.teaching.rules import later_days

from .answers import Answers, QuestionResult, Standing
from .progress import AssignmentRow, list_assignments
from .withholding import TOO_ALIKE, shown_earlier, too_alike, why_withheld

# Of the wrong answers that a class may still give, those that ask for another look: a fifth of those who answered.
HARD_FROM_PERCENT_WRONG = 20
HARDEST = 3


@dataclass(frozen=True)
class PastDelivery:
    taught_on: datetime.date
    pupils_present: int
    taught_by: str


@dataclass(frozen=True)
class LaterCheck:
    """`row` is None until one is set. `best_from` and `best_to` are the days that suit it; None where it cannot be."""

    row: AssignmentRow | None
    best_from: datetime.date | None = None
    best_to: datetime.date | None = None
    on: datetime.date = field(default_factory=timezone.localdate)

    @property
    def is_time(self) -> bool:
        return self.best_from is not None and self.best_from <= self.on

    @property
    def is_over(self) -> bool:
        return self.best_to is not None and self.best_to < self.on


@dataclass(frozen=True)
class Results:
    row: AssignmentRow
    version_number: int
    other: OtherVersion | None
    is_retired: bool
    lesson_slug: str
    questions: tuple[QuestionResult, ...]
    deliveries: tuple[PastDelivery, ...]
    later: LaterCheck
    has_answers: bool  # to any question, shown or not

    @property
    def knowledge(self) -> list[QuestionResult]:
        return [question for question in self.questions if question.is_knowledge]

    @property
    def moments(self) -> list[Moment]:
        """Before and after, and later where there is such a check."""
        return [Moment.BEFORE, Moment.AFTER, *([Moment.LATER] if self.later.row else [])]

    @property
    def hardest(self) -> list[QuestionResult]:
        """Up to three knowledge questions that the greatest share still got wrong after the lesson."""
        hard = [question for question in self.knowledge if question.after.wrong_percent >= HARD_FROM_PERCENT_WRONG]
        return sorted(hard, key=lambda question: -question.after.wrong_percent)[:HARDEST]

    @property
    def standings(self) -> list[Standing]:
        """For each moment at which both a knowledge and a confidence question were answered."""
        found = []
        sure = [question for question in self.questions if question.is_confidence]
        for moment in self.moments:
            knew = [q.asked[moment] for q in self.knowledge if moment in q.asked]
            felt = [q.asked[moment] for q in sure if moment in q.asked and q.asked[moment].answered]
            answers = sum(answered.answered or 0 for answered in knew)
            if not answers or not felt:
                continue
            said = sum(answered.answered or 0 for answered in felt)
            mean = sum((answered.mean or 0) * (answered.answered or 0) for answered in felt) / said
            most = max(answered.answered or 0 for answered in felt)
            found.append(Standing(moment, sum(a.right or 0 for a in knew), answers, mean, most))
        return found


def assignment_results(pk: int, on: datetime.date) -> Results:
    """Fourteen queries at most. Answers that may not be shown do not leave this function."""
    (row,) = list_assignments(Assignment.objects.filter(pk=pk), on)
    both = LessonVersion.objects.select_related("lesson").filter(
        Q(pk=row.version_pk) | live_q(), lesson__versions=row.version_pk
    )
    version = next(found for found in both if found.pk == row.version_pk)
    live = next((found for found in both if found.is_live), None)
    checks = list_assignments(Assignment.objects.filter(later_of=pk), on)
    check = max(checks, key=lambda found: found.pk, default=None)
    rounds = {Moment.BEFORE: row, Moment.AFTER: row, **({Moment.LATER: check} if check else {})}
    counts = _counts(rounds.values())
    questions = _questions(row, rounds, counts)
    return Results(
        row=row,
        version_number=version.number,
        other=other_version(version, live),
        is_retired=live is None,
        lesson_slug=version.lesson.slug,
        questions=questions,
        deliveries=tuple(
            PastDelivery(taught_on, present, name or "a colleague who has left")
            for taught_on, present, name in Delivery.objects.filter(assignment=pk).values_list(
                "taught_on", "pupils_present", "taught_by__user__name"
            )
        ),
        later=_later_check(row, check, questions, on),
        has_answers=any(counts.values()),
    )


def _later_check(
    row: AssignmentRow, check: AssignmentRow | None, questions: Sequence[QuestionResult], on: datetime.date
) -> LaterCheck:
    is_answered = any(q.is_knowledge and q.after.answered for q in questions)
    if check or row.closed_at is None or row.withdrawn_at or row.class_is_archived or not is_answered:
        return LaterCheck(check, on=on)
    _, best_from, best_to = later_days(timezone.localdate(row.closed_at))
    return LaterCheck(None, best_from, best_to, on)


Counts = dict[tuple[int, int, str], int]  # by assignment, option and moment


def _counts(rounds: Iterable[AssignmentRow]) -> Counts:
    counted = AnswerCount.objects.filter(assignment__in={taken.pk for taken in rounds})
    return {
        (assignment_pk, option_pk, moment): count
        for assignment_pk, option_pk, moment, count in counted.values_list(
            "assignment_id", "option_id", "moment", "count"
        )
    }


def _questions(
    row: AssignmentRow, rounds: Mapping[Moment, AssignmentRow], counts: Counts
) -> tuple[QuestionResult, ...]:
    """`rounds` says in which assignment the answers of each moment were given. Two queries."""
    questions = Question.objects.filter(version=row.version_pk).prefetch_related("options")
    for moment, taken in rounds.items():
        questions = questions.annotate(**{f"shown_earlier_{moment}": _is_shown_earlier(taken, moment)})
    results = []
    for number, question in enumerate(questions, start=1):
        options = list(question.options.all())
        asked = {
            moment: _answers(
                taken,
                question,
                [counts.get((taken.pk, option.pk, moment), 0) for option in options],
                is_shown_earlier=getattr(question, f"shown_earlier_{moment}"),
            )
            for moment, taken in rounds.items()
            if moment == Moment.AFTER or question.kind != QuestionKind.WORRY
        }
        if question.kind_enum.is_class_only:
            alike = too_alike({moment: answers.answered for moment, answers in asked.items() if answers.answered})
            asked |= {moment: Answers(counts=None, answered=None, withheld=TOO_ALIKE) for moment in alike}
        results.append(
            QuestionResult(
                pk=question.pk,
                number=number,
                kind=question.kind_enum,
                text=question.text,
                misconception=question.misconception,
                option_texts=tuple(option.text for option in options),
                right_options=tuple(option.is_correct for option in options),
                asked=asked,
            )
        )
    return tuple(results)


def _is_shown_earlier(taken: AssignmentRow, moment: Moment) -> Exists | Value:
    if taken.closed_at is None:
        return Value(False)
    return Exists(
        shown_earlier(
            pk=taken.pk,
            class_pk=taken.class_pk,
            lesson_pk=taken.lesson_pk,
            closed_at=taken.closed_at,
            kind=OuterRef("kind"),
            moment=moment,
        )
    )


def _answers(taken: AssignmentRow, question: Question, counts: Sequence[int], *, is_shown_earlier: bool) -> Answers:
    kind = question.kind_enum
    answered = sum(counts)
    if why := why_withheld(taken, kind, answered, is_shown_earlier=is_shown_earlier):
        return Answers(counts=None, answered=None, withheld=why)
    mean = None
    if kind == QuestionKind.CONFIDENCE and answered:
        mean = sum(step * count for step, count in enumerate(counts, start=1)) / answered
    right = None
    if kind == QuestionKind.KNOWLEDGE:
        right = sum(n for n, option in zip(counts, question.options.all(), strict=True) if option.is_correct)
    return Answers(counts=tuple(counts), answered=answered, right=right, mean=mean)


@dataclass(frozen=True)
class KnowledgeCount:
    """One knowledge question at one moment, over many classes: how many answered, and how many of them right."""

    question_pk: int
    version_pk: int
    text: str
    moment: Moment
    answered: int
    right: int


def knowledge_of(assignment_pks: Iterable[int]) -> list[KnowledgeCount]:
    """Summed over the assignments, which may be later checks; in the order of version, question and moment. One query.

    Of knowledge alone: what is withheld in one class could be worked out from a sum over several.
    """
    counted = (
        AnswerCount.objects.filter(
            assignment__in=list(assignment_pks), option__question__kind=QuestionKind.KNOWLEDGE, count__gt=0
        )
        .order_by()
        .values_list("option__question_id", "option__question__version_id", "option__question__text", "moment")
        .annotate(
            answered=Sum("count"),
            right=Sum("count", filter=Q(option__is_correct=True), default=0),
            place=Min("option__question__position"),
        )
    )
    found = sorted(counted, key=lambda line: (line[1], line[6], line[0], Moment.values.index(line[3])))
    return [
        KnowledgeCount(pk, version_pk, text, Moment(moment), answered, right)
        for pk, version_pk, text, moment, answered, right, _ in found
    ]
