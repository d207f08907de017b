from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Lesson, Unit
from .lessons import LessonCard, lesson_card


@dataclass(frozen=True)
class UnitPart:
    """A live lesson's place among those of its unit that can be read now."""

    number: int
    slug: str
    title: str


@dataclass(frozen=True)
class UnitOfLesson:
    slug: str
    title: str
    parts: tuple[UnitPart, ...]
    here: int


@dataclass(frozen=True)
class UnitCard:
    slug: str
    title: str
    summary: str
    band: str
    topic: str


@dataclass(frozen=True)
class UnitPage:
    card: UnitCard
    band_id: int
    lessons: tuple[LessonCard, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def unit_of_lesson(slug: str) -> UnitOfLesson | None:
    """None for a lesson that stands alone, or of whose unit nothing else can be read. One query."""
    lessons = list(
        Lesson.objects.listed()
        .filter(units__lessons__slug=slug)
        .order_by("places__position")
        .values_list("slug", "live_version__title", "units__slug", "units__title")
    )
    parts = tuple(UnitPart(number, of, title) for number, (of, title, *_) in enumerate(lessons, start=1))
    here = next((part.number for part in parts if part.slug == slug), None)
    return UnitOfLesson(lessons[0][2], lessons[0][3], parts, here) if here and len(parts) > 1 else None


def unit_page(slug: str) -> UnitPage | None:
    """None where there is no such unit, or none of its lessons can be read. Two queries."""
    unit = Unit.objects.live().filter(slug=slug).first()
    if unit is None:
        return None
    lessons = Lesson.objects.for_cards().filter(units=unit).order_by("places__position")
    return UnitPage(unit_card(unit), unit.band_id, tuple(lesson_card(lesson) for lesson in lessons))


def unit_cards(lessons: Iterable[LessonCard]) -> list[UnitCard]:
    """The units that these lessons belong to. One query."""
    units = Unit.objects.live().filter(lessons__slug__in=[lesson.slug for lesson in lessons])
    return [unit_card(unit) for unit in units]


def unit_card(unit: Unit) -> UnitCard:
    """Of a unit from `Unit.objects.live()`. No query."""
    return UnitCard(unit.slug, unit.title, unit.summary, unit.band.name, unit.topic.name)
