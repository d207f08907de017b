"""What can be set, and for which classes."""

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.utils import timezone

from lessons.library.models import Lesson, LessonVersion, Unit
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import SchoolClass
from safeguarding.schools.models.school_class import SchoolClassQuerySet

MOST_INSTEAD = 6


def today() -> datetime.date:
    return timezone.localdate()


def visible_classes(user: User) -> SchoolClassQuerySet:
    """Those that any of the person's memberships sees, of past years too."""
    seen = [SchoolClass.objects.visible_to(membership) for membership in memberships_of(user)]
    return reduce(or_, seen, SchoolClass.objects.none()).distinct().select_related("school")


def settable_classes(user: User) -> list[SchoolClass]:
    """The classes of this year among them, by school, age and name. One query."""
    return list(visible_classes(user).current().order_by("school__name", "age_from", "name"))


def class_label(school_class: SchoolClass, *, with_school: bool) -> str:
    """8A, ages 11–12; with the school's name where the person has several."""
    school = f" ({school_class.school.name})" if with_school else ""
    return f"{school_class.name}{school}, ages {school_class.age_from}–{school_class.age_to}"


@dataclass(frozen=True)
class TakenDown:
    """A lesson that could be set once. `instead` are addresses and titles of others for its ages, its topic first."""

    title: str
    is_archived: bool
    instead: tuple[tuple[str, str], ...]


def lesson_to_set(slug: str) -> Lesson | None:
    """One query."""
    return Lesson.objects.listed().filter(slug=slug).first()


def taken_down(slug: str) -> TakenDown | None:
    """None for a lesson that nobody could ever read. Two queries."""
    shown = LessonVersion.objects.was_live().filter(lesson__slug=slug).select_related("lesson").order_by("number")
    last = shown.last()
    if last is None:
        return None
    others = Lesson.objects.sources().listed().filter(band=last.lesson.band_id).exclude(pk=last.lesson.pk)
    found = sorted(others.in_order(), key=lambda lesson: lesson.topic_id != last.lesson.topic_id)
    instead = tuple((lesson.slug, lesson.live_version.title) for lesson in found if lesson.live_version)
    return TakenDown(last.title, last.lesson.is_archived, instead[:MOST_INSTEAD])


def unit_to_set(slug: str) -> tuple[Unit, list[Lesson]] | None:
    """With those of its lessons that can be set, in their order. Two queries."""
    unit = Unit.objects.live().filter(slug=slug).first()
    if unit is None:
        return None
    return unit, list(Lesson.objects.listed().filter(units=unit).order_by("places__position"))


def group_names(school_class: SchoolClass) -> list[tuple[int, str]]:
    return list(school_class.groups.order_by("name", "pk").values_list("pk", "name"))
