"""The whole plan of a lesson, for whoever teaches it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from django.db.models import F

from ..content import ItemContent, LessonContent
from ..enums import ActivityKind, LessonSectionKind, QuestionKind
from ..items import groups_of, mixed, scenes_of
from ..models import Activity, LessonSection, Question, VocabularyTerm
from ..models.illustrations import Picture
from ..store_reading import ITEM_FIELDS


class Planned(Protocol):
    """What a plan is of: a lesson's page, or a version that a class has."""

    @property
    def version_id(self) -> int: ...

    @property
    def check_minutes(self) -> int: ...


@dataclass(frozen=True)
class PlanSection:
    kind: str
    heading: str
    body: str
    minutes: int


@dataclass(frozen=True)
class PlanTerm:
    term: str
    meaning: str


@dataclass(frozen=True)
class PlanOption:
    text: str
    is_correct: bool
    feedback: str


@dataclass(frozen=True)
class PlanQuestion:
    kind: QuestionKind
    text: str
    misconception: str
    options: tuple[PlanOption, ...]


@dataclass(frozen=True)
class PlanActivity:
    number: int
    kind: ActivityKind
    title: str
    minutes: int
    intro: str
    picture: Picture | None
    items: tuple[ItemContent, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Of a sort: its groups, in the order in which the items first name them."""
        return groups_of(self.items)

    @property
    def mixed(self) -> tuple[ItemContent, ...]:
        """Of what is put in order, or the answers of what is matched: as pupils find them."""
        return mixed(self.items)

    @property
    def scenes(self) -> dict[str, tuple[ItemContent, ...]]:
        """Of a scenario: its choices by the scene in which they are offered, the start first."""
        return scenes_of(self.items)


@dataclass(frozen=True)
class Moment:
    """A line of the time line: from one minute of the lesson to another."""

    title: str
    anchor: str
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class LessonPlan:
    sections: dict[str, PlanSection]
    vocabulary: tuple[PlanTerm, ...]
    activities: tuple[PlanActivity, ...]
    questions: tuple[PlanQuestion, ...]
    time_line: tuple[Moment, ...]

    @property
    def asked_before(self) -> tuple[PlanQuestion, ...]:
        return tuple(question for question in self.questions if question.kind != QuestionKind.WORRY)

    @property
    def asked_after_only(self) -> tuple[PlanQuestion, ...]:
        return tuple(question for question in self.questions if question.kind == QuestionKind.WORRY)

    @property
    def minutes(self) -> int:
        return self.time_line[-1].end


def lesson_plan(page: Planned) -> LessonPlan:
    """Four queries, however long the lesson is."""
    sections = {
        row.kind: PlanSection(row.kind, LessonSectionKind(row.kind).label, row.body, row.minutes)
        for row in LessonSection.objects.filter(version=page.version_id)
        if row.body or row.minutes
    }
    activities = _activities(page.version_id)
    return LessonPlan(
        sections=sections,
        vocabulary=tuple(
            PlanTerm(row.term, row.meaning) for row in VocabularyTerm.objects.filter(version=page.version_id)
        ),
        activities=activities,
        questions=_questions(page.version_id),
        time_line=_time_line(page.check_minutes, sections, activities),
    )


def plan_of_content(content: LessonContent, pictures: Mapping[int | str, Picture]) -> LessonPlan:
    """The plan that a version with this content would have. No query."""
    sections = {
        kind: PlanSection(kind, LessonSectionKind(kind).label, section.body, section.minutes)
        for kind, section in content.sections.items()
    }
    activities = tuple(
        PlanActivity(
            number=number,
            kind=ActivityKind(activity.kind),
            title=activity.title,
            minutes=activity.minutes,
            intro=activity.intro,
            picture=pictures.get(activity.image or activity.illustration),
            items=activity.items,
        )
        for number, activity in enumerate(content.activities, start=1)
    )
    return LessonPlan(
        sections=sections,
        vocabulary=tuple(PlanTerm(term.term, term.meaning) for term in content.vocabulary),
        activities=activities,
        questions=tuple(
            PlanQuestion(
                kind=question.kind,
                text=question.text,
                misconception=question.misconception,
                options=tuple(PlanOption(o.text, o.is_correct, o.feedback) for o in question.options),
            )
            for question in content.questions
        ),
        time_line=_time_line(content.check_minutes, sections, activities),
    )


def _activities(version_id: int) -> tuple[PlanActivity, ...]:
    """One row for each item, with its activity: an activity without items has one row, with empty item columns."""
    rows = (
        Activity.objects.filter(version=version_id)
        .select_related("image", "illustration")
        .annotate(item=F("items__pk"), **{f"item_{name}": F(f"items__{name}") for name in ITEM_FIELDS})
        .order_by("position", "pk", "items__position", "items__pk")
    )
    return tuple(
        PlanActivity(
            number=number,
            kind=ActivityKind(first.kind),
            title=first.title,
            minutes=first.minutes,
            intro=first.intro,
            picture=first.picture,
            items=tuple(
                ItemContent(**{name: getattr(row, f"item_{name}") for name in ITEM_FIELDS}) for row in group if row.item
            ),
        )
        for number, group in enumerate(_groups(rows), start=1)
        for first in group[:1]
    )


def _questions(version_id: int) -> tuple[PlanQuestion, ...]:
    """One row for each option, with its question."""
    rows = (
        Question.objects.filter(version=version_id)
        .annotate(
            option=F("options__pk"),
            said=F("options__text"),
            right=F("options__is_correct"),
            feedback=F("options__feedback"),
        )
        .order_by("position", "pk", "options__position", "options__pk")
    )
    return tuple(
        PlanQuestion(
            kind=QuestionKind(first.kind),
            text=first.text,
            misconception=first.misconception,
            options=tuple(PlanOption(row.said, row.right, row.feedback) for row in group if row.option),
        )
        for group in _groups(rows)
        for first in group[:1]
    )


def _groups(rows: Iterable[Any]) -> list[list[Any]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row.pk)]


def _time_line(
    check_minutes: int, sections: dict[str, PlanSection], activities: tuple[PlanActivity, ...]
) -> tuple[Moment, ...]:
    timed = [section for section in sections.values() if section.minutes]
    opening = [section for section in timed if section.kind == LessonSectionKind.STARTER]
    closing = [section for section in timed if section.kind != LessonSectionKind.STARTER]
    parts = [("Check before", "before", check_minutes)]
    parts += [(section.heading, section.kind, section.minutes) for section in opening]
    parts += [(activity.title, f"activity-{activity.number}", activity.minutes) for activity in activities]
    parts += [(section.heading, section.kind, section.minutes) for section in closing]
    parts += [("Check after", "after", check_minutes)]
    moments, start = [], 0
    for title, anchor, minutes in parts:
        moments.append(Moment(title, anchor, start, start + minutes))
        start += minutes
    return tuple(moments)
