from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.contrib.staticfiles import finders
from django.db.models import F, OuterRef

from safeguarding.core.json_rows import JSONRows

from ..models import Lesson
from ..models.illustrations import drawing_path
from ..querysets import LessonQuerySet
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
class LessonLink:
    """What a parent reads of a lesson beside a guide."""

    slug: str
    title: str
    summary: str
    band: str


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


def lessons_of_topic(topic_id: int | None) -> tuple[LessonLink, ...]:
    """What children learn about the topic, the youngest first. One query."""
    if topic_id is None:
        return ()
    rows = _lessons_on(topic_id).values_list("slug", F("live_version__title"), F("live_version__summary"), "band__name")
    return tuple(LessonLink(*row) for row in rows)


def lesson_rows(topic: OuterRef) -> JSONRows:
    """The same as a column of another query: each row holds the fields of a LessonLink."""
    return JSONRows(
        _lessons_on(topic),
        slug="slug",
        title="live_version__title",
        summary="live_version__summary",
        band="band__name",
    )


def _lessons_on(topic: int | OuterRef) -> LessonQuerySet:
    return Lesson.objects.listed().sources().filter(topic=topic).in_order()


@cache
def topic_picture(slug: str) -> str:
    """The path of the topic's drawing below `static`; empty where nobody has drawn one."""
    path = f"img/topics/{slug}.svg"
    return path if finders.find(path) else ""
