from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.contrib.staticfiles import finders

from ..models import Lesson
from ..models.illustrations import drawing_path
from .school_words import SchoolWords


@dataclass(frozen=True)
class LessonCard:
    slug: str
    title: str
    summary: str
    band: str
    topic: str
    picture: str
    minutes: int


@dataclass(frozen=True)
class BandGroup:
    """`school_name` is what the reader's schools call the band."""

    name: str
    school_name: str
    lessons: tuple[LessonCard, ...]


def lesson_card(lesson: Lesson) -> LessonCard:
    """Of a lesson from `Lesson.objects.for_cards()`. No query."""
    if lesson.live_version is None:
        raise ValueError("Only a live lesson has a card.")
    return LessonCard(
        slug=lesson.slug,
        title=lesson.live_version.title,
        summary=lesson.live_version.summary,
        band=lesson.band.name,
        topic=lesson.topic.name,
        picture=drawing_path(lesson.drawing) if lesson.drawing else topic_picture(lesson.topic.slug),  # type: ignore[attr-defined]  # annotated
        minutes=lesson.minutes,  # type: ignore[attr-defined]  # annotated
    )


def by_band(lessons: Iterable[Lesson], words: SchoolWords) -> list[BandGroup]:
    """Keeps the order, which is by band already. No query."""
    return [
        BandGroup(band.name, words.band(band.pk), tuple(lesson_card(lesson) for lesson in group))
        for band, group in groupby(lessons, key=lambda lesson: lesson.band)
    ]


def lessons_of_topic(topic_id: int | None) -> list[LessonCard]:
    """What children learn about the topic, the youngest first. One query."""
    if topic_id is None:
        return []
    lessons = Lesson.objects.for_cards().sources().filter(topic=topic_id).in_order()
    return [lesson_card(lesson) for lesson in lessons]


@cache
def topic_picture(slug: str) -> str:
    """The path of the topic's drawing below `static`; empty where nobody has drawn one."""
    path = f"img/topics/{slug}.svg"
    return path if finders.find(path) else ""
