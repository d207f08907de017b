"""Which lesson a class might do next, each with its reason in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum

from lessons.library.enums import QuestionKind
from lessons.library.models import Lesson
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment
from safeguarding.schools.models import SchoolClass

from .withholding import LEAST_ANSWERS

# A topic that so many got right after a lesson has been learnt, however low the check before it was.
LEARNT_PERCENT = 75


@dataclass(frozen=True)
class Met:
    """A lesson that a class was set, or the class from which it was moved up."""

    class_pk: int
    lesson_pk: int
    topic_pk: int
    title: str


@dataclass(frozen=True)
class LiveLesson:
    """What can be set today. `unit` is empty where the lesson stands alone."""

    pk: int
    version_pk: int
    number: int
    slug: str
    title: str
    topic_pk: int
    topic: str
    topic_position: int
    least_age: int
    band: str
    age_from: int
    age_to: int
    unit_pk: int | None
    unit: str
    position: int
    is_offered: bool  # neither archived nor a translation

    def fits(self, school_class: SchoolClass) -> bool:
        return (
            self.is_offered
            and self.age_from <= school_class.age_to
            and school_class.age_from <= self.age_to
            and self.least_age <= school_class.age_from
        )

    def years_in_common(self, school_class: SchoolClass) -> int:
        return min(self.age_to, school_class.age_to) - max(self.age_from, school_class.age_from)


@dataclass(frozen=True)
class TopicCheck:
    """Right answers to the knowledge questions of a topic's lessons in one class."""

    right_before: int
    answered_before: int
    right_after: int
    answered_after: int

    @property
    def is_low(self) -> bool:
        """Under half before, and not learnt since."""
        if self.answered_before < LEAST_ANSWERS or self.right_before * 2 >= self.answered_before:
            return False
        is_learnt = self.right_after * 100 >= self.answered_after * LEARNT_PERCENT
        return self.answered_after < LEAST_ANSWERS or not is_learnt


@dataclass(frozen=True)
class Suggestion:
    class_pk: int
    slug: str
    title: str
    topic: str
    band: str
    reason: str


def suggestions(school_class: SchoolClass, most: int = 5) -> list[Suggestion]:
    """Three queries."""
    lately = [pk for pk in (school_class.pk, school_class.previous_id) if pk]
    rows = Assignment.objects.filter(school_class__in=lately).lessons()
    met = [
        Met(school_class.pk, *row)
        for row in rows.order_by("due_on", "pk").values_list(
            "version__lesson_id", "version__lesson__topic_id", "version__title"
        )
    ]
    return suggest([school_class], live_lessons(), met, topic_checks([school_class.pk]), most)[school_class.pk]


def suggest(
    classes: Iterable[SchoolClass],
    lessons: Sequence[LiveLesson],
    met: Iterable[Met],
    checks: Mapping[tuple[int, int], TopicCheck],
    most: int,
) -> dict[int, list[Suggestion]]:
    """By class: one lesson a topic, what has been begun first. `met` is in the order in which it was due. No query."""
    by_class: dict[int, list[Met]] = {}
    for lesson in met:
        by_class.setdefault(lesson.class_pk, []).append(lesson)
    return {
        school_class.pk: _for_one(school_class, lessons, by_class.get(school_class.pk, []), checks)[:most]
        for school_class in classes
    }


def _for_one(
    school_class: SchoolClass,
    lessons: Sequence[LiveLesson],
    met: Sequence[Met],
    checks: Mapping[tuple[int, int], TopicCheck],
) -> list[Suggestion]:
    met_pks = {lesson.lesson_pk for lesson in met}
    furthest: dict[int, int] = {}
    for lesson in lessons:
        if lesson.unit_pk and lesson.pk in met_pks:
            furthest[lesson.unit_pk] = max(furthest.get(lesson.unit_pk, 0), lesson.position)
    last_of_topic = {lesson.topic_pk: lesson.title for lesson in met}
    ranked = []
    for lesson in lessons:
        if lesson.pk in met_pks or not lesson.fits(school_class):
            continue
        begun_at = furthest.get(lesson.unit_pk or 0)
        check = checks.get((school_class.pk, lesson.topic_pk))
        if begun_at and lesson.position > begun_at:
            rank, reason = 0, f"Next in the unit “{lesson.unit}”"
        elif check and check.is_low:
            rank = 1
            reason = (
                f"Their before-check on {lesson.topic} was low: {check.right_before} of {check.answered_before} "
                "answers were right"
            )
        elif lesson.topic_pk not in last_of_topic:
            rank, reason = 2, f"Not yet covered: {lesson.topic}"
        else:
            rank, reason = 3, f"Builds on “{last_of_topic[lesson.topic_pk]}”"
        order = (rank, lesson.topic_position, -lesson.years_in_common(school_class), lesson.age_from, lesson.position)
        ranked.append((order, lesson, reason))
    best: dict[int, Suggestion] = {}
    for _order, lesson, reason in sorted(ranked, key=lambda entry: (entry[0], entry[1].slug)):
        suggested = Suggestion(school_class.pk, lesson.slug, lesson.title, lesson.topic, lesson.band, reason)
        best.setdefault(lesson.topic_pk, suggested)
    return list(best.values())


def live_lessons() -> list[LiveLesson]:
    """One query."""
    rows = Lesson.objects.live().order_by("pk")
    return [
        LiveLesson(
            pk=row["pk"],
            version_pk=row["live_version__pk"],
            number=row["live_version__number"],
            slug=row["slug"],
            title=row["live_version__title"],
            topic_pk=row["topic_id"],
            topic=row["topic__name"],
            topic_position=row["topic__position"],
            least_age=row["topic__least_age"],
            band=row["band__name"],
            age_from=row["band__age_from"],
            age_to=row["band__age_to"],
            unit_pk=row["places__unit_id"],
            unit=row["places__unit__title"] or "",
            position=row["places__position"] or 0,
            is_offered=row["archived_at"] is None and row["translation_of_id"] is None,
        )
        for row in rows.values(
            "pk",
            "live_version__pk",
            "live_version__number",
            "slug",
            "live_version__title",
            "topic_id",
            "topic__name",
            "topic__position",
            "topic__least_age",
            "band__name",
            "band__age_from",
            "band__age_to",
            "places__unit_id",
            "places__unit__title",
            "places__position",
            "archived_at",
            "translation_of_id",
        )
    ]


def topic_checks(class_pks: Iterable[int]) -> dict[tuple[int, int], TopicCheck]:
    """By class and topic. Of knowledge questions alone: what somebody feels is no reason here. One query."""
    before, after = Q(moment=Moment.BEFORE), Q(moment=Moment.AFTER)
    right = Q(option__is_correct=True)
    counted: Any = (
        AnswerCount.objects.filter(
            before | after,
            assignment__school_class__in=class_pks,
            option__question__kind=QuestionKind.KNOWLEDGE,
        )
        .order_by()
        .values(class_pk=F("assignment__school_class"), topic_pk=F("assignment__version__lesson__topic"))
        .annotate(
            right_before=Sum("count", filter=before & right, default=0),
            answered_before=Sum("count", filter=before, default=0),
            right_after=Sum("count", filter=after & right, default=0),
            answered_after=Sum("count", filter=after, default=0),
        )
    )
    return {(row.pop("class_pk"), row.pop("topic_pk")): TopicCheck(**row) for row in counted}
