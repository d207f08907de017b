"""A teacher's home: what is due, what is late, what needs them, and their classes."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment
from lessons.teaching.queries import settable_classes
from safeguarding.accounts.models import User
from safeguarding.schools.models import SchoolClass

from .progress import AssignmentRow, State, ages_in_words, count_pupils, list_assignments

# Half the class should have begun by two days before the day that it is due.
LOOK_BEFORE_DUE = datetime.timedelta(days=2)
# With fewer answers than this one pupil's slip would look like the class's.
LEAST_ANSWERS = 5
# A lesson that has been closed for longer asks nothing of anybody.
LOOK_AFTER_CLOSED = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Need:
    """One thing for the teacher to do. `action` is one of results, delivery, code: the page that helps."""

    assignment: AssignmentRow
    sentence: str
    action: str


@dataclass(frozen=True)
class ClassCard:
    pk: int
    name: str
    school_name: str
    year_group: str
    ages: str
    is_named: bool
    pupils: int
    code: str
    code_is_open: bool
    set_count: int
    reached_count: int
    open_count: int


@dataclass(frozen=True)
class TeachHome:
    due: list[AssignmentRow]
    overdue: list[AssignmentRow]
    withdrawn: list[AssignmentRow]
    needs: list[Need]
    classes: list[ClassCard]

    @property
    def has_several_schools(self) -> bool:
        return len({card.school_name for card in self.classes}) > 1


def teach_home(user: User, on: datetime.date) -> TeachHome:
    """Over all the classes that any of the person's memberships sees. Seven queries."""
    classes = settable_classes(user)
    rows = list_assignments(Assignment.objects.filter(school_class__in=[c.pk for c in classes]), on)
    in_use = [row for row in rows if not row.is_withdrawn]
    return TeachHome(
        due=[row for row in rows if row.state == State.SOON],
        overdue=[row for row in rows if row.state == State.OVERDUE],
        withdrawn=[row for row in rows if row.is_withdrawn],
        needs=[
            *_few_started(rows, on),
            *_not_recorded(in_use, on),
            *_mostly_wrong(in_use, on),
        ],
        classes=_class_cards(classes, rows),
    )


def _class_cards(classes: list[SchoolClass], rows: list[AssignmentRow]) -> list[ClassCard]:
    pupils = count_pupils([school_class.pk for school_class in classes])
    by_class: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        by_class.setdefault(row.class_pk, []).append(row)
    return [
        ClassCard(
            pk=school_class.pk,
            name=school_class.name,
            school_name=school_class.school.name,
            year_group=school_class.year_group,
            ages=ages_in_words(school_class),
            is_named=school_class.is_named,
            pupils=pupils.get(school_class.pk, 0),
            code=school_class.code,
            code_is_open=school_class.code_is_open,
            set_count=len(own := by_class.get(school_class.pk, [])),
            reached_count=sum(row.is_reached for row in own),
            open_count=sum(not row.is_closed for row in own),
        )
        for school_class in sorted(classes, key=lambda c: (c.school.name, c.age_from, c.name))
    ]


def _few_started(rows: list[AssignmentRow], on: datetime.date) -> list[Need]:
    """An anonymous class is as large as the most that began any one of its lessons."""
    most_started: dict[int, int] = {}
    for row in rows:
        most_started[row.class_pk] = max(most_started.get(row.class_pk, 0), row.tally.started)
    needs = []
    for row in rows:
        if row.is_together or row.state not in (State.SOON, State.OVERDUE) or row.due_on - LOOK_BEFORE_DUE > on:
            continue
        size = most_started[row.class_pk] if row.size is None else row.size
        if row.tally.started and row.tally.started * 2 >= size:
            continue
        sentence = "Nobody has started."
        if row.tally.started:
            about = "about " if row.size is None else ""
            have = "has" if row.tally.started == 1 else "have"
            sentence = f"Few have started: {row.tally.started} of {about}{size} {have}."
        needs.append(Need(row, f"{sentence} Give the class ten minutes and show the code again.", "code"))
    return needs


def _not_recorded(rows: list[AssignmentRow], on: datetime.date) -> list[Need]:
    return [
        Need(row, "You planned to teach this together. Record it once you have.", "delivery")
        for row in rows
        if row.is_together and row.last_taught_on is None and not row.is_closed and row.due_on <= on
    ]


def _mostly_wrong(rows: list[AssignmentRow], on: datetime.date) -> list[Need]:
    """The knowledge question of each lesson that most, and more than half, still got wrong after it. One query."""
    recent = {
        row.pk: row for row in rows if not row.closed_at or timezone.localdate(row.closed_at) >= on - LOOK_AFTER_CLOSED
    }
    counted = (
        AnswerCount.objects.filter(
            assignment__in=list(recent), moment=Moment.AFTER, option__question__kind=QuestionKind.KNOWLEDGE
        )
        .values("assignment_id", "option__question_id", "option__question__text")
        .annotate(answered=Sum("count"), right=Sum("count", filter=Q(option__is_correct=True), default=0))
        .filter(answered__gte=LEAST_ANSWERS)
        .order_by("assignment_id", "option__question_id")
    )
    worst: dict[int, Need] = {}
    worst_share: dict[int, float] = {}
    for row in counted:
        wrong = row["answered"] - row["right"]
        share = wrong / row["answered"]
        if share > max(0.5, worst_share.get(row["assignment_id"], 0)):
            worst_share[row["assignment_id"]] = share
            worst[row["assignment_id"]] = Need(
                recent[row["assignment_id"]],
                f"{wrong} of {row['answered']} still got “{row['option__question__text']}” wrong after the lesson.",
                "results",
            )
    return list(worst.values())
