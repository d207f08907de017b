"""A lesson as a pupil goes through it: a row of steps, one page each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, prefetch_related_objects

from lessons.library.enums import FIXED_OPTIONS, ActivityKind, Helpfulness, LessonSectionKind, QuestionKind
from lessons.library.models import Activity, LessonVersion, Question
from lessons.library.models.illustrations import Picture

from .enums import Moment

FEELING_FINE = FIXED_OPTIONS[QuestionKind.WORRY][0]


class StepKind(StrEnum):
    INTRO = "intro"
    BEFORE = "before"
    STARTER = "starter"
    ACTIVITY = "activity"
    PLENARY = "plenary"
    AFTER = "after"
    DONE = "done"


@dataclass(frozen=True)
class Option:
    pk: int
    text: str
    is_correct: bool
    feedback: str


@dataclass(frozen=True)
class QuestionPart:
    kind: QuestionKind
    text: str
    options: tuple[Option, ...]

    @property
    def right_option(self) -> Option | None:
        return next((option for option in self.options if option.is_correct), None)

    def option(self, pk: int) -> Option | None:
        return next((option for option in self.options if option.pk == pk), None)

    def is_worried(self, option: Option) -> bool:
        return self.kind == QuestionKind.WORRY and option.text != FEELING_FINE


@dataclass(frozen=True)
class Item:
    pk: int
    text: str
    answer: str
    feedback: str

    @property
    def helps(self) -> bool:
        return self.answer == Helpfulness.HELPS

    @property
    def answer_in_words(self) -> str:
        return Helpfulness(self.answer).label if self.answer in Helpfulness.values else self.answer


@dataclass(frozen=True)
class ActivityPart:
    kind: ActivityKind
    picture: Picture | None
    items: tuple[Item, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.answer for item in self.items))


@dataclass(frozen=True)
class Term:
    term: str
    meaning: str


@dataclass(frozen=True)
class Step:
    """`number` counts from 1, so that an attempt's position is the number of steps behind it."""

    number: int
    kind: StepKind
    title: str
    body: str = ""  # rich text
    lines: tuple[str, ...] = ()
    question: QuestionPart | None = None
    activity: ActivityPart | None = None

    @property
    def moment(self) -> Moment | None:
        return {StepKind.BEFORE: Moment.BEFORE, StepKind.AFTER: Moment.AFTER}.get(self.kind)

    def feedback_on(self, option: Option) -> bool:
        """Whether a pupil gets an answer to their answer: never before the lesson, where it would give it away."""
        if self.kind != StepKind.AFTER or self.question is None:
            return False
        return self.question.kind == QuestionKind.WORRY or bool(option.feedback)


def steps_of(version: LessonVersion) -> tuple[Step, ...]:
    """The version's steps in order; what is empty makes none. Seven queries, fewer for what is prefetched."""
    prefetch_related_objects(
        [version],
        "sections",
        "objectives",
        "questions__options",
        Prefetch("activities", Activity.objects.select_related("image", "illustration")),
        "activities__items",
        "vocabulary",
    )
    bodies = {section.kind: section.body for section in version.sections.all()}
    questions = [part for question in version.questions.all() if (part := _question(question)).options]
    return _numbered(
        [
            Step(
                0,
                StepKind.INTRO,
                version.title,
                body=bodies.get(LessonSectionKind.GROUND_RULES, ""),
                lines=tuple(objective.can for objective in version.objectives.all()),
            ),
            *_checks(StepKind.BEFORE, [part for part in questions if part.kind != QuestionKind.WORRY]),
            *_section(StepKind.STARTER, "To start", bodies.get(LessonSectionKind.STARTER, "")),
            *(step for activity in version.activities.all() for step in _activity(activity)),
            *_section(StepKind.PLENARY, "What we take with us", bodies.get(LessonSectionKind.PLENARY, "")),
            # sorted() keeps the order of the others
            *_checks(StepKind.AFTER, sorted(questions, key=lambda part: part.kind == QuestionKind.WORRY)),
            Step(0, StepKind.DONE, "You have done it"),
        ]
    )


def terms_of(version: LessonVersion) -> tuple[Term, ...]:
    """The lesson's words. No query after `steps_of`."""
    return tuple(Term(row.term, row.meaning) for row in version.vocabulary.all())


def before_is_done(steps: Sequence[Step], position: int) -> bool:
    return all(step.kind != StepKind.BEFORE for step in steps[position:])


def is_finished(steps: Sequence[Step], position: int) -> bool:
    return steps[position].kind == StepKind.DONE


def _numbered(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(
        Step(number, step.kind, step.title, step.body, step.lines, step.question, step.activity)
        for number, step in enumerate(steps, start=1)
    )


def _checks(kind: StepKind, questions: Sequence[QuestionPart]) -> list[Step]:
    return [Step(0, kind, part.text, question=part) for part in questions]


def _section(kind: StepKind, title: str, body: str) -> list[Step]:
    return [Step(0, kind, title, body=body)] if body.strip() else []


def _question(question: Question) -> QuestionPart:
    options = tuple(Option(row.pk, row.text, row.is_correct, row.feedback) for row in question.options.all())
    return QuestionPart(question.kind_enum, question.text, options)


def _activity(activity: Activity) -> list[Step]:
    items = tuple(Item(row.pk, row.text, row.answer, row.feedback) for row in activity.items.all())
    if not items and not activity.intro.strip():
        return []
    part = ActivityPart(ActivityKind(activity.kind), activity.picture, items)
    return [Step(0, StepKind.ACTIVITY, activity.title, body=activity.intro, activity=part)]
