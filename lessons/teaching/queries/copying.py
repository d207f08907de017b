"""What one class was set, with the dates that another would have."""

import datetime
from dataclasses import dataclass

from lessons.library.models import Lesson
from safeguarding.schools.models import SchoolClass

from .. import rules
from ..dates import Days, Span, shift_by_terms, year_span
from ..models import Assignment
from .plan import spans_of


@dataclass(frozen=True)
class CopiedLesson:
    """`why_not` says why it is left out; `to_think` why somebody should think first, and `is_past` that its new due
    date has gone by.
    """

    pk: int
    title: str
    was_on: datetime.date
    days: Days
    why_not: str
    to_think: str
    is_past: bool


@dataclass(frozen=True)
class CopyPage:
    source: SchoolClass
    target: SchoolClass
    lessons: tuple[CopiedLesson, ...]

    @property
    def copied(self) -> list[CopiedLesson]:
        return [lesson for lesson in self.lessons if not lesson.why_not]

    @property
    def left_out(self) -> list[CopiedLesson]:
        return [lesson for lesson in self.lessons if lesson.why_not]

    @property
    def needs_thought(self) -> bool:
        return any(lesson.to_think for lesson in self.copied)


def copy_page(source: SchoolClass, target: SchoolClass, on: datetime.date) -> CopyPage:
    """Both with their schools. Five queries, however many lessons."""
    found = list(
        Assignment.objects.lessons()
        .filter(school_class=source)
        .select_related("version__lesson__topic", "version__lesson__band")
        .order_by("opens_on", "pk")
    )
    wanted = [assignment.version.lesson_id for assignment in found]
    titles = dict(Lesson.objects.listed().filter(pk__in=wanted).values_list("pk", "live_version__title"))
    has = set(Assignment.objects.lessons().filter(school_class=target).values_list("version__lesson", flat=True))
    old_year = year_span(source.school_year, source.school.year_begins_month)
    new_year = year_span(target.school_year, target.school.year_begins_month)
    old_terms = _of_year(spans_of(source.school), old_year)
    new_terms = _of_year(spans_of(target.school), new_year)
    lessons, seen = [], set()
    for assignment in found:
        lesson = assignment.version.lesson
        opens_on = shift_by_terms(
            assignment.opens_on, old_year=old_year, old_terms=old_terms, new_year=new_year, new_terms=new_terms
        )
        days = Days(assignment.opens_on, assignment.due_on).moved_to(opens_on)
        lessons.append(
            CopiedLesson(
                pk=assignment.pk,
                title=titles.get(lesson.pk, assignment.version.title),
                was_on=assignment.opens_on,
                days=days,
                why_not=_why_not(assignment, target, lesson.pk in titles, lesson.pk in has, lesson.pk in seen),
                to_think=rules.reason_to_think(target, lesson),
                is_past=days.due_on < on,
            )
        )
        seen.add(lesson.pk)
    return CopyPage(source, target, tuple(lessons))


def _why_not(assignment: Assignment, target: SchoolClass, is_listed: bool, has_it: bool, is_second: bool) -> str:
    lesson = assignment.version.lesson
    if is_second:
        return "It was set twice. The first time is copied."
    if has_it:
        return f"{target.name} has been set it already."
    if assignment.version.withdrawn_at and not is_listed:
        return "It has been withdrawn."
    if lesson.is_archived:
        return "It is archived: there are other lessons on its topic."
    if not is_listed:
        return "It has been taken down."
    if rules.is_under_least_age(target, lesson.topic):
        return f"It is for pupils of {lesson.topic.least_age} and over."
    return ""


def _of_year(spans: list[Span], year: Span) -> list[Span]:
    return [span for span in spans if year.holds(span.starts_on)]
