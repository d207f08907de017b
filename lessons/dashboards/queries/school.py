"""A school as its lead sees it: counts for each class and topic, never a pupil and never what anybody feels."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from lessons.teaching.models import Assignment, Delivery
from safeguarding.schools.queries import StaffLine, list_staff

from .period import ClassFacts, Period, Scope
from .progress import AssignmentRow, list_assignments
from .school_content import OldContent, old_content, school_content
from .school_coverage import StrandLine, TopicLine, strand_lines, topic_lines


@dataclass(frozen=True)
class ClassLine:
    """Each lesson that was set is counted once as taught or done, and once more where it is late.

    `behind` says in words why somebody should ask; it is empty where the class is on its way.
    """

    facts: ClassFacts
    teachers: tuple[str, ...]
    set_count: int
    taught_count: int
    done_count: int
    overdue_count: int
    finished: int
    behind: str


@dataclass(frozen=True)
class PlanLine:
    """Lessons that belong to a part of the year: each is exactly one of met, overdue, dropped or to come.

    A lesson that was closed and that nobody had met is `dropped`.
    """

    name: str
    planned: int
    met: int
    overdue: int
    dropped: int
    to_come: int


@dataclass(frozen=True)
class SchoolPage:
    classes: list[ClassLine]
    topics: list[TopicLine]
    strands: list[StrandLine]
    plan: list[PlanLine]
    old: list[OldContent]
    staff: tuple[StaffLine, ...]

    @property
    def behind(self) -> list[ClassLine]:
        return [line for line in self.classes if line.behind]

    @property
    def topics_met(self) -> int:
        return sum(topic.is_met for topic in self.topics)

    @property
    def lessons_set(self) -> int:
        return sum(line.set_count for line in self.classes)

    @property
    def lessons_met(self) -> int:
        return sum(line.taught_count + line.done_count for line in self.classes)

    @property
    def overdue(self) -> int:
        return sum(line.overdue_count for line in self.classes)


def day_of(row: AssignmentRow) -> datetime.date:
    """The day to which a lesson belongs, once only: when it was last taught, or else when it is due."""
    return row.last_taught_on or row.due_on


def lessons_in(scope: Scope) -> list[AssignmentRow]:
    """The lessons that were set for the classes asked for and belong to the period. Two or three queries."""
    first, last = scope.period.first, scope.period.last
    classes = [c.pk for c in scope.candidates]
    # By class too, or PostgreSQL reads the records of every school.
    taught = Delivery.objects.filter(assignment__school_class__in=classes, taught_on__range=(first, last))
    of_classes = Assignment.objects.lessons().filter(school_class__in=classes)
    in_period = Q(due_on__range=(first, last)) | Q(pk__in=taught.order_by().values("assignment"))
    rows = list_assignments(of_classes.filter(in_period), scope.frame.on)
    return [row for row in rows if scope.period.has(day_of(row))]


def classes_in(scope: Scope, rows: Iterable[AssignmentRow]) -> list[ClassFacts]:
    """Those of the year, and any other that has a lesson in it."""
    with_lessons = {row.class_pk for row in rows}
    return [c for c in scope.candidates if c.is_there_in(scope.period.year) or c.pk in with_lessons]


def school_page(scope: Scope) -> SchoolPage:
    """Eight queries, or seven where every lesson is for a whole class."""
    rows = lessons_in(scope)
    classes = classes_in(scope, rows)
    content = school_content(scope.frame.school, rows)
    staff = list_staff(scope.frame.school)
    return SchoolPage(
        classes=_class_lines(scope, classes, rows, staff),
        topics=topic_lines(content, classes, rows),
        strands=strand_lines(content, classes, rows),
        plan=plan_lines(scope, rows),
        old=old_content(content, rows),
        staff=staff,
    )


def _class_lines(
    scope: Scope, classes: list[ClassFacts], rows: list[AssignmentRow], staff: tuple[StaffLine, ...]
) -> list[ClassLine]:
    by_class: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        by_class.setdefault(row.class_pk, []).append(row)
    asked, words = _to_have_been_taught_in(scope)
    lines = []
    for facts in classes:
        own = by_class.get(facts.pk, [])
        taught = sum(row.last_taught_on is not None for row in own)
        lines.append(
            ClassLine(
                facts=facts,
                teachers=tuple(person.name for person in staff if facts.pk in person.class_pks),
                set_count=len(own),
                taught_count=taught,
                done_count=sum(row.is_reached for row in own) - taught,
                overdue_count=(overdue := sum(row.is_overdue for row in own)),
                finished=sum(row.tally.finished for row in own),
                behind=_behind(facts, own, asked, words, overdue),
            )
        )
    return lines


def _to_have_been_taught_in(scope: Scope) -> tuple[Period | None, str]:
    """The period in which a class should have met something, and its words; None where it is still to begin."""
    frame, period = scope.frame, scope.period
    if period.first > frame.on:
        return None, ""
    if period.term is not None:
        return period, "in this term"
    now = next((term for term in frame.terms_of(period.year) if term.starts_on <= frame.on <= term.ends_on), None)
    return (frame.period(period.year, now), "in this term") if now else (period, "in this school year")


def _behind(facts: ClassFacts, rows: list[AssignmentRow], asked: Period | None, words: str, overdue: int) -> str:
    reasons = []
    if asked is not None and not any(row.is_reached and asked.has(day_of(row)) for row in rows):
        reasons.append(f"Nothing taught {words}")
    if overdue:
        reasons.append(f"{overdue} overdue")
    return "; ".join(reasons) if not facts.is_archived else ""


def plan_lines(scope: Scope, rows: list[AssignmentRow]) -> list[PlanLine]:
    """Term by term; what lies outside the terms, or a year without any, in a line of its own."""
    term, year = scope.period.term, scope.period.year
    terms = [term] if term is not None else scope.frame.terms_of(year)
    parts: list[tuple[str, list[AssignmentRow]]] = []
    rest = rows
    for part in terms:
        parts.append((part.name, [row for row in rest if part.starts_on <= day_of(row) <= part.ends_on]))
        rest = [row for row in rest if not part.starts_on <= day_of(row) <= part.ends_on]
    if rest or not terms:
        parts.append(("Outside the terms" if terms else "The whole year", rest))
    return [_plan_line(name, part) for name, part in parts]


def _plan_line(name: str, rows: list[AssignmentRow]) -> PlanLine:
    met = sum(row.is_reached for row in rows)
    unmet = [row for row in rows if not row.is_reached]
    overdue = sum(row.is_overdue for row in unmet)
    dropped = sum(row.is_closed for row in unmet)
    return PlanLine(name, len(rows), met, overdue, dropped, len(unmet) - overdue - dropped)
