"""A school as its lead sees it: counts for each class and topic, never a pupil and never what anybody feels."""

import datetime
from dataclasses import dataclass

from lessons.library.models import Topic
from lessons.teaching.models import Assignment
from safeguarding.schools.models import Membership, School, SchoolClass

from .progress import AssignmentRow, State, ages_in_words, count_pupils, list_assignments


@dataclass(frozen=True)
class ClassLine:
    """Each lesson that was set is counted once as taught or done, and once more where it is late or closed."""

    pk: int
    name: str
    year_group: str
    ages: str
    is_named: bool
    pupils: int
    set_count: int
    taught_count: int
    done_count: int
    overdue_count: int
    finished: int


@dataclass(frozen=True)
class TopicLine:
    name: str
    reached: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class StaffLine:
    name: str
    role: str
    classes: int


@dataclass(frozen=True)
class SchoolPage:
    classes: list[ClassLine]
    topics: list[TopicLine]
    staff: list[StaffLine]

    @property
    def topics_reached(self) -> int:
        return sum(bool(topic.reached) for topic in self.topics)

    @property
    def lessons_set(self) -> int:
        return sum(line.set_count for line in self.classes)

    @property
    def lessons_reached(self) -> int:
        return sum(line.taught_count + line.done_count for line in self.classes)

    @property
    def overdue(self) -> int:
        return sum(line.overdue_count for line in self.classes)


def school_page(school: School, on: datetime.date) -> SchoolPage:
    """Nine queries."""
    classes = list(SchoolClass.objects.filter(school=school).order_by("age_from", "name"))
    rows = list_assignments(Assignment.objects.filter(school_class__school=school), on)
    pupils = count_pupils([school_class.pk for school_class in classes])
    by_class: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        by_class.setdefault(row.class_pk, []).append(row)
    return SchoolPage(
        classes=[_class_line(c, by_class.get(c.pk, []), pupils.get(c.pk, 0)) for c in classes],
        topics=_topics(rows, [c.pk for c in classes]),
        staff=_staff(school),
    )


def _class_line(school_class: SchoolClass, rows: list[AssignmentRow], pupils: int) -> ClassLine:
    taught = [row for row in rows if row.last_taught_on]
    return ClassLine(
        pk=school_class.pk,
        name=school_class.name,
        year_group=school_class.year_group,
        ages=ages_in_words(school_class),
        is_named=school_class.is_named,
        pupils=pupils,
        set_count=len(rows),
        taught_count=len(taught),
        done_count=sum(row.is_reached for row in rows) - len(taught),
        overdue_count=sum(row.state == State.OVERDUE for row in rows),
        finished=sum(row.tally.finished for row in rows),
    )


def _topics(rows: list[AssignmentRow], class_pks: list[int]) -> list[TopicLine]:
    """Every topic, in the library's order, with the classes that have met it and those that it is only set for."""
    reached: dict[int, dict[int, str]] = {}
    waiting: dict[int, dict[int, str]] = {}
    for row in rows:
        (reached if row.is_reached else waiting).setdefault(row.topic_pk, {})[row.class_pk] = row.class_name
    lines = []
    for pk, name in Topic.objects.values_list("pk", "name"):
        met = reached.get(pk, {})
        lines.append(
            TopicLine(
                name,
                tuple(met[c] for c in class_pks if c in met),
                tuple(waiting[pk][c] for c in class_pks if c in waiting.get(pk, {}) and c not in met),
            )
        )
    return lines


def _staff(school: School) -> list[StaffLine]:
    """Leads first. Two queries."""
    members = Membership.objects.active().filter(school=school).select_related("user").prefetch_related("classes")
    lines = [(not m.is_lead, str(m.user), m) for m in members]
    return [
        StaffLine(name, m.get_role_display(), len(m.classes.all())) for _, name, m in sorted(lines, key=lambda x: x[:2])
    ]
