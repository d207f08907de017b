"""A lesson as a pupil goes through it: a row of steps, one page each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from .content import ItemContent, LessonContent
from .enums import FIXED_OPTIONS, ActivityKind, LessonSectionKind, Moment, QuestionKind
from .items import groups_of, mixed, scenes_of
from .models.illustrations import Picture

FEELING_FINE = FIXED_OPTIONS[QuestionKind.WORRY][0]


class StepKind(StrEnum):
    INTRO = "intro"
    BEFORE = "before"
    STARTER = "starter"
    ACTIVITY = "activity"
    PLENARY = "plenary"
    AFTER = "after"
    LATER = "later"
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
class Item(ItemContent):
    pk: int = 0


@dataclass(frozen=True)
class ActivityPart:
    kind: ActivityKind
    picture: Picture | None
    items: tuple[Item, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        return groups_of(self.items)

    @property
    def mixed(self) -> tuple[Item, ...]:
        """Of what is put in order, or the answers of what is matched: as pupils find them."""
        return mixed(self.items)

    @property
    def scenes(self) -> dict[str, tuple[Item, ...]]:
        return scenes_of(self.items)


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
        return {StepKind.BEFORE: Moment.BEFORE, StepKind.AFTER: Moment.AFTER, StepKind.LATER: Moment.LATER}.get(
            self.kind
        )

    def feedback_on(self, option: Option) -> bool:
        """Whether a pupil gets an answer to their answer: never before the lesson, where it would give it away."""
        if self.kind not in (StepKind.AFTER, StepKind.LATER) or self.question is None:
            return False
        return self.question.kind == QuestionKind.WORRY or bool(option.feedback)


@dataclass(frozen=True)
class TitledActivity:
    title: str
    intro: str  # rich text
    part: ActivityPart


def in_order(
    *,
    title: str,
    outcomes: Iterable[str],
    bodies: Mapping[str, str],
    questions: Sequence[QuestionPart],
    activities: Iterable[TitledActivity],
) -> tuple[Step, ...]:
    """The steps, numbered; what is empty makes none. `bodies` are those of the sections, by their kind."""
    questions = [question for question in questions if question.options]
    return _numbered(
        [
            Step(
                0,
                StepKind.INTRO,
                title,
                body=bodies.get(LessonSectionKind.GROUND_RULES, ""),
                lines=tuple(outcomes),
            ),
            *_checks(StepKind.BEFORE, [part for part in questions if part.kind != QuestionKind.WORRY]),
            *_section(StepKind.STARTER, "To start", bodies.get(LessonSectionKind.STARTER, "")),
            *(step for activity in activities for step in _activity(activity)),
            *_section(StepKind.PLENARY, "What we take with us", bodies.get(LessonSectionKind.PLENARY, "")),
            # sorted() keeps the order of the others
            *_checks(StepKind.AFTER, sorted(questions, key=lambda part: part.kind == QuestionKind.WORRY)),
            Step(0, StepKind.DONE, "You have done it"),
        ]
    )


def later_check(*, title: str, questions: Sequence[QuestionPart]) -> tuple[Step, ...]:
    """The questions once more, some weeks after the lesson: without worry, which belongs to the lesson's own hour."""
    asked = [part for part in questions if part.options and part.kind != QuestionKind.WORRY]
    return _numbered(
        [Step(0, StepKind.INTRO, title), *_checks(StepKind.LATER, asked), Step(0, StepKind.DONE, "You have done it")]
    )


def steps_of_content(content: LessonContent, pictures: Mapping[int | str, Picture]) -> tuple[Step, ...]:
    """The steps that a version with this content would have. The numbers of options and items are ours."""
    numbers = count(1)
    return in_order(
        title=content.title,
        outcomes=[objective.can for objective in content.objectives],
        bodies={kind: section.body for kind, section in content.sections.items()},
        questions=[
            QuestionPart(
                question.kind,
                question.text,
                tuple(Option(next(numbers), o.text, o.is_correct, o.feedback) for o in question.options),
            )
            for question in content.questions
        ],
        activities=[
            TitledActivity(
                activity.title,
                activity.intro,
                ActivityPart(
                    ActivityKind(activity.kind),
                    pictures.get(activity.image or activity.illustration),
                    tuple(Item(**vars(i), pk=next(numbers)) for i in activity.items),
                ),
            )
            for activity in content.activities
        ],
    )


def _numbered(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(
        Step(number, step.kind, step.title, step.body, step.lines, step.question, step.activity)
        for number, step in enumerate(steps, start=1)
    )


def _checks(kind: StepKind, questions: Sequence[QuestionPart]) -> list[Step]:
    return [Step(0, kind, part.text, question=part) for part in questions]


def _section(kind: StepKind, title: str, body: str) -> list[Step]:
    return [Step(0, kind, title, body=body)] if body.strip() else []


def _activity(activity: TitledActivity) -> list[Step]:
    if not activity.part.items and not activity.intro.strip():
        return []
    return [Step(0, StepKind.ACTIVITY, activity.title, body=activity.intro, activity=activity.part)]
