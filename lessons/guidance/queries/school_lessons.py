"""What the years of a school are learning: of what its teachers set, only what anybody may know."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace

from lessons.library.enums import LessonSectionKind
from lessons.library.models import LessonSection, LessonVersion
from lessons.teaching.dates import Span, year_span
from lessons.teaching.enums import ForWhom
from lessons.teaching.models import Assignment
from lessons.teaching.rules import is_ready
from safeguarding.schools.models import School, SchoolClass

from .cards import named
from .talk import TopicGuide


@dataclass(frozen=True)
class SetLesson:
    """Once for a year, however many of its classes were set it. `has_card` where it can still be read."""

    pk: int
    slug: str
    number: int
    title: str
    summary: str
    language: str
    home_note: str
    topic_id: int
    topic: str
    topic_position: int
    is_open: bool
    has_card: bool


@dataclass(frozen=True)
class TopicLessons:
    topic: str
    guide: TopicGuide | None
    lessons: tuple[SetLesson, ...]


@dataclass(frozen=True)
class YearGroup:
    """`name` is the school's word for it; where it gives none, or one that would name a class, it is empty."""

    name: str
    age_from: int
    age_to: int
    lessons: tuple[SetLesson, ...]

    @property
    def ahead(self) -> tuple[SetLesson, ...]:
        return tuple(lesson for lesson in self.lessons if not lesson.is_open)

    def by_topic(self, guides: dict[int, TopicGuide]) -> tuple[TopicLessons, ...]:
        """Of those that have begun; with a guide where it is about children of this age."""
        begun = [lesson for lesson in self.lessons if lesson.is_open]
        fitting = {topic: guide for topic, guide in guides.items() if guide.fits(self.age_from, self.age_to)}
        return tuple(
            TopicLessons(topic, fitting.get(topic_id), tuple(group))
            for (topic_id, topic), group in groupby(begun, key=lambda lesson: (lesson.topic_id, lesson.topic))
        )


def span_of(school: School, terms: Sequence[Span], on: datetime.date) -> Span:
    """The term that has begun last in this school year, so that holidays belong to the term before them.

    Before the first it is the first, and without terms the school year, which has no name then.
    """
    year = school.year_of(on)
    whole = year_span(year, school.year_begins_month)
    mine = [term for term in terms if school.year_of(term.starts_on) == year]
    if not mine:
        return Span("", whole.starts_on, whole.ends_on)
    return next((term for term in reversed(mine) if term.starts_on <= on), mine[0])


def year_groups(school: School, span: Span, on: datetime.date) -> tuple[YearGroup, ...]:
    """The youngest first. Never a class, a pupil, a teacher, a number or a day. One query."""
    years: dict[str, list[Assignment]] = {}
    for row in _assignments(school, span):
        if is_ready(row):
            years.setdefault(_key(row), []).append(row)
    groups = [_year_group(rows, on) for rows in years.values()]
    return tuple(sorted(groups, key=lambda year: (year.age_from, year.age_to, year.name)))


def _assignments(school: School, span: Span) -> Iterable[Assignment]:
    """Whole lessons for whole classes that pupils meet in these weeks, without what was taken away or never opened."""
    notes = LessonSection.objects.filter(version=OuterRef("version"), kind=LessonSectionKind.HOME_NOTE)
    live = LessonVersion.objects.live().filter(lesson=OuterRef("version__lesson"))
    said = ExpressionWrapper(OuterRef("school_class__year_group"), output_field=CharField())
    classes = SchoolClass.objects.current().filter(school=school)
    named_in_it = classes.annotate(said=_bare(said), called=_bare(F("name"))).exclude(called="")
    return (
        Assignment.objects.lessons()
        .filter(school_class__in=classes, for_whom=ForWhom.CLASS)
        .filter(opens_on__lte=span.ends_on, due_on__gte=span.starts_on, version__withdrawn_at__isnull=True)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__date__gte=F("opens_on")))
        .select_related("school_class", "version__lesson__topic")
        .annotate(
            home_note=Subquery(notes.values("body")),
            has_card=Exists(live),
            names_a_class=Exists(named_in_it.filter(said__icontains=F("called"))),
        )
    )


def _bare(words: Combinable) -> Combinable:
    """Without what one may leave out: 8B, 8 B, 8-B and 8.B name the same class."""
    for sign in " -./_":
        words = Replace(words, Value(sign))
    return words


def _said(row: Assignment) -> str:
    """What the school calls the year; empty where that would say the name of a class."""
    return "" if row.names_a_class else " ".join(row.school_class.year_group.split())  # type: ignore[attr-defined]  # annotated


def _key(row: Assignment) -> str:
    """ "Year 8" and "year  8" are the same year; without a word for it, those of the same ages are."""
    return _said(row).casefold() or f"{row.school_class.age_from}-{row.school_class.age_to}"


def _year_group(rows: Sequence[Assignment], on: datetime.date) -> YearGroup:
    by_lesson: dict[int, list[Assignment]] = {}
    for row in rows:
        by_lesson.setdefault(row.version.lesson_id, []).append(row)
    lessons = [_lesson(same, on) for same in by_lesson.values()]
    return YearGroup(
        name=_said(rows[0]),
        age_from=min(row.school_class.age_from for row in rows),
        age_to=max(row.school_class.age_to for row in rows),
        lessons=tuple(sorted(lessons, key=lambda one: (one.topic_position, one.topic, one.title, one.pk))),
    )


def _lesson(rows: Sequence[Assignment], on: datetime.date) -> SetLesson:
    """Of the newest version that a class of the year was set."""
    newest = max(rows, key=lambda row: row.version.number)
    version, lesson = newest.version, newest.version.lesson
    return SetLesson(
        pk=lesson.pk,
        slug=lesson.slug,
        number=version.number,
        title=version.title,
        summary=version.summary,
        language=lesson.language,
        home_note=newest.home_note or "",  # type: ignore[attr-defined]  # annotated
        topic_id=lesson.topic_id,
        topic=named(lesson.topic.name),
        topic_position=lesson.topic.position,
        is_open=any(row.opens_on <= on for row in rows),
        has_card=newest.has_card,  # type: ignore[attr-defined]  # annotated
    )
