"""The lessons of a term: weeks and classes."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from safeguarding.accounts.models import User
from safeguarding.core.tables import Cell, Column, Table
from safeguarding.schools.models import School, SchoolClass, Term

from .. import rules
from ..dates import WEEK, WEEKS_WITHOUT_TERMS, Span, monday_of, year_span
from ..models import Assignment, Delivery
from .setting import settable_classes


@dataclass(frozen=True)
class PlannedLesson:
    pk: int
    title: str
    opens_on: datetime.date
    word: str
    kind: str
    is_later_check: bool
    must_tell_lead: bool  # before it can be taught
    can_move: bool

    @property
    def in_words(self) -> str:
        return f"Later check: {self.title}" if self.is_later_check else self.title


@dataclass(frozen=True)
class Week:
    """`opens_on` is the day on which a lesson that is found for it would open."""

    monday: datetime.date
    opens_on: datetime.date
    is_past: bool
    is_now: bool
    lessons: tuple[PlannedLesson, ...]


@dataclass(frozen=True)
class ClassPlan:
    pk: int
    name: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class PlanPage:
    """`spans` are the terms to choose from; without terms there is one, and `has_terms` is false."""

    school: School
    span: Span
    spans: tuple[Span, ...]
    has_terms: bool
    classes: tuple[ClassPlan, ...]

    @property
    def mondays(self) -> list[datetime.date]:
        return self.span.mondays


def spans_of(school: School) -> list[Span]:
    """Its terms. One query."""
    terms = Term.objects.filter(school=school).order_by("starts_on")
    return [Span(term.name, term.starts_on, term.ends_on, term.pk) for term in terms]


def outside_terms(school: School, days: Sequence[datetime.date]) -> list[datetime.date]:
    """Those of the days on which there is no school; none where its terms of that time are not known. One query."""
    spans = spans_of(school)
    if not spans:
        return []
    first, last = spans[0].starts_on, max(span.ends_on for span in spans)
    return [day for day in days if first <= day <= last and not any(span.holds(day) for span in spans)]


def plan_page(school: School, classes: Sequence[SchoolClass], on: datetime.date, term_pk: int | None) -> PlanPage:
    """The term that was asked for, or else the one of that day, or the next. Two queries, however much is planned."""
    terms = spans_of(school)
    span = _span(school, terms, on, term_pk)
    lessons = _planned(classes, span, on)
    return PlanPage(
        school=school,
        span=span,
        spans=tuple(terms),
        has_terms=bool(terms),
        classes=tuple(
            ClassPlan(
                school_class.pk,
                school_class.name,
                tuple(
                    Week(
                        monday,
                        opens_on=max(monday, on) if monday == monday_of(on) else monday,
                        is_past=monday + WEEK <= on,
                        is_now=monday == monday_of(on),
                        lessons=tuple(lessons[school_class.pk, monday]),
                    )
                    for monday in span.mondays
                ),
            )
            for school_class in classes
        ),
    )


def plan_table(plan: PlanPage) -> Table:
    """The same as the page, to take away: a row for each week."""
    rows = []
    for number, monday in enumerate(plan.mondays):
        week = [school_class.weeks[number].lessons for school_class in plan.classes]
        rows.append([Cell(monday, date_format(monday, "j F Y")), *(Cell(_in_words(lessons)) for lessons in week)])
    columns = [Column("week", "Week of"), *(Column(f"class-{c.pk}", c.name) for c in plan.classes)]
    return Table("plan", f"Plan for {plan.span.name}", columns, rows, filename="plan")


def archive_table(user: User) -> Table:
    """The lessons in the archive, of the person's classes of this year. Two queries."""
    rows = (
        Assignment.objects.filter(school_class__in=settable_classes(user), archived_at__isnull=False)
        .order_by("-archived_at", "-pk")
        .values_list("pk", "version__title", "later_of", "school_class__name", "closed_at", "archived_at")
    )
    columns = [
        Column("lesson", "Lesson"),
        Column("class", "Class"),
        Column("closed", "Closed on"),
        Column("archived", "In the archive since"),
    ]
    cells = [
        [
            Cell(f"Later check: {title}" if later_of else title, url=reverse("teaching:assignment-edit", args=[pk])),
            Cell(class_name),
            _day(closed_at),
            _day(archived_at),
        ]
        for pk, title, later_of, class_name, closed_at, archived_at in rows
    ]
    return Table("archive", "Lessons in the archive", columns, cells, filename="archive")


def _day(moment: datetime.datetime | None) -> Cell:
    day = timezone.localdate(moment) if moment else None
    return Cell(day, date_format(day, "j F Y") if day else "")


def _in_words(lessons: Sequence[PlannedLesson]) -> str:
    return "; ".join(f"{lesson.in_words} ({lesson.word})" for lesson in lessons)


def _span(school: School, terms: Sequence[Span], on: datetime.date, term_pk: int | None) -> Span:
    if not terms:
        return _next_weeks(school, on)
    asked = next((term for term in terms if term.pk == term_pk), None)
    return asked or next((term for term in terms if term.ends_on >= on), terms[-1])


def _next_weeks(school: School, on: datetime.date) -> Span:
    """From this week on; not beyond the school year, unless it ends at once."""
    first = monday_of(on)
    last = first + WEEKS_WITHOUT_TERMS * WEEK - datetime.timedelta(days=1)
    ends = year_span(school.year_of(on), school.year_begins_month).ends_on
    return Span("the next weeks", first, min(last, ends) if ends >= on + 2 * WEEK else last)


def _planned(
    classes: Sequence[SchoolClass], span: Span, on: datetime.date
) -> defaultdict[tuple[int, datetime.date], list[PlannedLesson]]:
    first, last = span.mondays[0], span.mondays[-1] + WEEK
    untouched = Assignment.objects.untouched().filter(pk=OuterRef("pk"))
    found = (
        Assignment.objects.filter(
            school_class__in=classes, opens_on__gte=first, opens_on__lt=last, archived_at__isnull=True
        )
        .select_related("version__lesson__topic")
        .annotate(is_untouched=Exists(untouched), is_taught=Exists(Delivery.objects.filter(assignment=OuterRef("pk"))))
        .order_by("opens_on", "pk")
    )
    planned: defaultdict[tuple[int, datetime.date], list[PlannedLesson]] = defaultdict(list)
    for assignment in found:
        word, kind = _state(assignment, assignment.is_taught, on)
        planned[assignment.school_class_id, monday_of(assignment.opens_on)].append(
            PlannedLesson(
                pk=assignment.pk,
                title=assignment.version.title,
                opens_on=assignment.opens_on,
                word=word,
                kind=kind,
                is_later_check=assignment.is_later_check,
                must_tell_lead=not assignment.is_closed and not rules.is_ready(assignment),
                can_move=assignment.is_untouched and not assignment.is_closed,
            )
        )
    return planned


def _state(assignment: Assignment, is_taught: bool, on: datetime.date) -> tuple[str, str]:
    """The word, and the kind of badge."""
    if assignment.is_closed:
        return "Closed", ""
    if assignment.version.withdrawn_at:
        return "Withdrawn", "stop"
    if is_taught:
        return "Taught", "good"
    if assignment.opens_on > on:
        return "Opens later", ""
    return ("Overdue", "care") if assignment.is_overdue(on) else ("Open", "info")
