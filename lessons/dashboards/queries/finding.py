"""Lessons and units to set, as a teacher looks for them: what fits, and what the class has had already."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from lessons.library.models import Lesson, LessonVersion, Unit
from lessons.library.queries import LessonCard, UnitCard, lesson_card, unit_card
from lessons.library.querysets import LessonQuerySet
from lessons.teaching.models import Assignment, ShelfItem
from safeguarding.accounts.models import User
from safeguarding.schools.models import SchoolClass


@dataclass(frozen=True)
class FoundLesson:
    """`had` says in words that the class was set it, and is empty where it was not or where no class is chosen."""

    card: LessonCard
    had: str
    is_on_shelf: bool


def found_lessons(lessons: Iterable[Lesson], *, user: User, school_class: SchoolClass | None) -> list[FoundLesson]:
    """Two queries for a class, one without, besides that of the lessons."""
    listed = list(lessons)
    had = _had_by(school_class, [lesson.pk for lesson in listed]) if school_class else {}
    shelf = set(ShelfItem.objects.filter(user=user).values_list("lesson", flat=True))
    return [FoundLesson(lesson_card(lesson), had.get(lesson.pk, ""), lesson.pk in shelf) for lesson in listed]


def _had_by(school_class: SchoolClass, lesson_pks: Sequence[int]) -> dict[int, str]:
    """The latest time counts. One query."""
    rows = (
        Assignment.objects.filter(school_class=school_class, version__lesson__in=lesson_pks)
        .lessons()
        .order_by("opens_on", "pk")
        .values_list("version__lesson", "closed_at")
    )
    return {lesson_pk: "Had it before" if closed_at else "Set already" for lesson_pk, closed_at in rows}


def found_units(lessons: LessonQuerySet, *, words: str, school_class: SchoolClass | None) -> list[UnitCard]:
    """Those with a lesson among these, and those whose own title or summary has the words. One query."""
    fitting = Q(lessons__in=lessons.order_by().values("pk"))
    units = Unit.objects.live()
    if words:
        named = Unit.objects.matching(words)
        if school_class:
            named = named.for_ages(school_class.age_from, school_class.age_to)
        fitting |= Q(pk__in=named.values("pk"))
    return [unit_card(unit) for unit in units.filter(fitting)]


@dataclass(frozen=True)
class ShelfLine:
    """`card` is None where the lesson cannot be set any more; `gone` then says so, and `what_now` what to do."""

    slug: str
    title: str
    card: LessonCard | None
    gone: str
    what_now: str
    topic_slug: str
    added_at: datetime.datetime


def shelf_of(user: User) -> list[ShelfLine]:
    """What was put there last stands first. Three queries."""
    items = list(ShelfItem.objects.filter(user=user).select_related("lesson__topic"))
    pks = [item.lesson_id for item in items]
    listed = {lesson.pk: lesson_card(lesson) for lesson in Lesson.objects.for_cards().filter(pk__in=pks)}
    last = {
        version.lesson_id: version
        for version in LessonVersion.objects.was_live()
        .filter(lesson__in=[pk for pk in pks if pk not in listed])
        .order_by("live_from")
    }
    return [_line(item, listed.get(item.lesson_id), last.get(item.lesson_id)) for item in items]


def _line(item: ShelfItem, card: LessonCard | None, last: LessonVersion | None) -> ShelfLine:
    gone, what_now = "", ""
    if card is None and last is not None:
        if last.is_live:
            gone, what_now = "Archived", "It can still be read, and classes that have it go on. It cannot be set again."
        elif last.withdrawn_at:
            gone, what_now = "Withdrawn", "Please do not teach it, and do not use a printed copy."
        else:
            gone, what_now = "No longer published", "What it said may be out of date. Please do not teach from a copy."
    return ShelfLine(
        slug=item.lesson.slug,
        title=card.title if card else last.title if last else item.lesson.slug,
        card=card,
        gone=gone,
        what_now=what_now,
        topic_slug=item.lesson.topic.slug,
        added_at=item.added_at,
    )
