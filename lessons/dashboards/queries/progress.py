"""How far a class has come with each lesson that it was set. Every page takes its numbers and words from here."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import date_format

from lessons.teaching.enums import Way
from lessons.teaching.models import Assignment, Attempt, Delivery
from safeguarding.schools.enums import ClassMode
from safeguarding.schools.models import Pupil, SchoolClass

SOON = datetime.timedelta(days=7)


class State(Enum):
    """Where a lesson stands with its class: the word, and the kind of badge."""

    CLOSED = "Closed", ""
    WITHDRAWN = "Withdrawn", "stop"
    LATER = "Opens later", ""
    TAUGHT = "Taught", "good"
    FINISHED = "All finished", "good"
    OVERDUE = "Overdue", "care"
    SOON = "Due this week", "info"
    OPEN = "Open", "info"

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def kind(self) -> str:
        return self.value[1]


def assignment_state(
    *,
    opens_on: datetime.date,
    due_on: datetime.date,
    is_closed: bool,
    is_withdrawn: bool = False,
    is_taught: bool,
    is_finished_by_all: bool,
    on: datetime.date,
) -> State:
    """What has been done outweighs the date: a lesson that was taught in time is never overdue."""
    if is_closed:
        return State.CLOSED
    if is_withdrawn:
        return State.WITHDRAWN
    if is_taught:
        return State.TAUGHT
    if is_finished_by_all:
        return State.FINISHED
    if opens_on > on:
        return State.LATER
    if due_on < on:
        return State.OVERDUE
    return State.SOON if due_on <= on + SOON else State.OPEN


@dataclass(frozen=True)
class Tally:
    """How many of the class have begun, done the before-check, finished."""

    started: int = 0
    before_done: int = 0
    finished: int = 0


@dataclass(frozen=True)
class AssignmentRow:
    """`class_size` is None in an anonymous class, where nobody knows how many there are. `withdrawal` says why the
    version was taken away, and is empty where it was not.
    """

    pk: int
    class_pk: int
    class_name: str
    school_name: str
    version_pk: int
    topic_pk: int
    title: str
    way: str
    opens_on: datetime.date
    due_on: datetime.date
    closed_at: datetime.datetime | None
    withdrawal: str
    class_size: int | None
    tally: Tally
    last_taught_on: datetime.date | None
    state: State
    on: datetime.date

    @property
    def is_together(self) -> bool:
        return self.way == Way.TOGETHER

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """And still to be closed by its teacher."""
        return self.state == State.WITHDRAWN

    @property
    def is_reached(self) -> bool:
        """Whether the class has met the lesson: it was taught, or somebody has finished it."""
        return self.last_taught_on is not None or self.tally.finished > 0

    @property
    def due_in_words(self) -> str:
        return days_in_words(self.due_on, self.on)

    @property
    def way_in_words(self) -> str:
        return "Together" if self.is_together else "On devices"

    @property
    def progress_in_words(self) -> str:
        if self.is_together and not self.tally.started:
            return f"Taught on {date_format(self.last_taught_on, 'j F')}" if self.last_taught_on else "No record yet"
        if not self.tally.started:
            return "Nobody has started"
        of = f" of {self.class_size}" if self.class_size is not None else ""
        return f"{self.tally.started}{of} started, {self.tally.finished} finished"


def days_in_words(day: datetime.date, on: datetime.date) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    days = (day - on).days
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def list_assignments(assignments: QuerySet[Assignment], on: datetime.date) -> list[AssignmentRow]:
    """In the order in which they are due. Four queries, however many there are."""
    rows = list(
        assignments.order_by("due_on", "pk").values(
            "pk",
            "school_class_id",
            "school_class__name",
            "school_class__mode",
            "school_class__school__name",
            "version_id",
            "version__lesson__topic_id",
            "version__title",
            "way",
            "opens_on",
            "due_on",
            "closed_at",
            "version__withdrawn_at",
            "version__withdrawal_reason",
        )
    )
    pks = [row["pk"] for row in rows]
    tallies = tally_attempts(pks)
    taught = dict(
        Delivery.objects.filter(assignment__in=pks).order_by().values_list("assignment").annotate(Max("taught_on"))
    )
    sizes = count_pupils({row["school_class_id"] for row in rows})
    listed = []
    for row in rows:
        tally = tallies.get(row["pk"], Tally())
        is_named = row["school_class__mode"] == ClassMode.NAMED
        size = sizes.get(row["school_class_id"], 0) if is_named else None
        state = assignment_state(
            opens_on=row["opens_on"],
            due_on=row["due_on"],
            is_closed=row["closed_at"] is not None,
            is_withdrawn=row["version__withdrawn_at"] is not None,
            is_taught=row["pk"] in taught,
            is_finished_by_all=bool(size) and tally.finished == size,
            on=on,
        )
        listed.append(
            AssignmentRow(
                pk=row["pk"],
                class_pk=row["school_class_id"],
                class_name=row["school_class__name"],
                school_name=row["school_class__school__name"],
                version_pk=row["version_id"],
                topic_pk=row["version__lesson__topic_id"],
                title=row["version__title"],
                way=row["way"],
                opens_on=row["opens_on"],
                due_on=row["due_on"],
                closed_at=row["closed_at"],
                withdrawal=row["version__withdrawal_reason"],
                class_size=size,
                tally=tally,
                last_taught_on=taught.get(row["pk"]),
                state=state,
                on=on,
            )
        )
    return listed


def tally_attempts(assignment_pks: Iterable[int]) -> dict[int, Tally]:
    """By assignment; one that nobody has begun is missing. One query."""
    counted = (
        Attempt.objects.filter(assignment__in=assignment_pks)
        .values_list("assignment")
        .annotate(
            started=Count("pk"),
            before_done=Count("pk", filter=Q(before_done=True)),
            finished=Count("finished_on"),
        )
    )
    return {pk: Tally(started, before_done, finished) for pk, started, before_done, finished in counted}


def count_pupils(class_pks: Iterable[int]) -> dict[int, int]:
    """By class; one without pupils is missing. One query."""
    return dict(
        Pupil.objects.filter(school_class__in=class_pks).order_by().values_list("school_class").annotate(Count("pk"))
    )


def ages_in_words(school_class: SchoolClass) -> str:
    if school_class.age_from == school_class.age_to:
        return f"age {school_class.age_from}"
    return f"ages {school_class.age_from}–{school_class.age_to}"
