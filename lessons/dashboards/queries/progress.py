"""How far a class has come with each lesson that it was set. Every page takes its numbers and words from here."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format

from lessons.teaching.enums import ForWhom, Way
from lessons.teaching.models import Assignment, Attempt, Delivery
from lessons.teaching.rules import LEAD_KNOWS_FROM_AGE
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
    NOT_READY = "Not ready: tell your lead", "care"
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
    is_ready: bool = True,
    on: datetime.date,
) -> State:
    """What has been done outweighs the date: a lesson that was taught in time is never overdue.

    `is_ready` is false where the lead must know of the lesson first and has not been told.
    """
    if is_closed:
        return State.CLOSED
    if is_withdrawn:
        return State.WITHDRAWN
    if is_taught:
        return State.TAUGHT
    if is_finished_by_all:
        return State.FINISHED
    if not is_ready:
        return State.NOT_READY
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
    """One lesson of one class, or one later check. `withdrawal` says why the version was taken away, and is empty where
    it was not.

    `size` is how many pupils it is for, each once: all on the list, those of its groups, or those chosen. It is None in
    an anonymous class, where nobody knows how many there are. `members` are the pupils' keys where it is not for the
    whole class; whoever has begun stays one, also when they have left the group since.
    `timing` is the state by its dates alone, also while the lead is still to be told.
    """

    pk: int
    class_pk: int
    class_name: str
    class_is_archived: bool
    school_name: str
    lesson_pk: int
    lesson_slug: str
    version_pk: int
    version_number: int
    topic_pk: int
    topic_name: str
    title: str
    way: str
    for_whom: str
    members: frozenset[int] | None
    opens_on: datetime.date
    due_on: datetime.date
    closed_at: datetime.datetime | None
    is_archived: bool
    withdrawn_at: datetime.datetime | None
    withdrawal: str
    needs_lead: bool
    lead_told: bool
    later_of_pk: int | None
    has_later_check: bool
    set_by_pk: int | None
    size: int | None
    tally: Tally
    last_taught_on: datetime.date | None
    state: State
    timing: State
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
    def is_later_check(self) -> bool:
        return self.later_of_pk is not None

    @property
    def is_ready(self) -> bool:
        """Whether the class may be taught it: the lead knows, or need not."""
        return self.lead_told or not self.needs_lead

    @property
    def is_due_soon(self) -> bool:
        return self.timing == State.SOON

    @property
    def is_overdue(self) -> bool:
        return self.timing == State.OVERDUE

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
    def for_whom_in_words(self) -> str:
        """Empty where it is for the whole class."""
        if self.for_whom == ForWhom.CLASS:
            return ""
        how_many = f"{self.size} pupil{'' if self.size == 1 else 's'}"
        return f"For groups: {how_many}" if self.for_whom == ForWhom.GROUPS else f"For {how_many}"

    @property
    def progress_in_words(self) -> str:
        if self.is_together and not self.tally.started:
            return f"Taught on {date_format(self.last_taught_on, 'j F')}" if self.last_taught_on else "No record yet"
        if not self.tally.started:
            return "Nobody has started"
        of = f" of {self.size}" if self.size is not None else ""
        return f"{self.tally.started}{of} started, {self.tally.finished} finished"


def days_in_words(day: datetime.date, on: datetime.date) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    days = (day - on).days
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def list_assignments(assignments: QuerySet[Assignment], on: datetime.date) -> list[AssignmentRow]:
    """In the order in which they are due; later checks among them, so `.lessons()` is for whoever counts lessons.

    Two queries, however many there are; three where some are for groups or chosen pupils.
    """
    rows = _read(assignments)
    tallies = tally_attempts([row["pk"] for row in rows])
    members = _members([row["pk"] for row in rows if row["for_whom"] != ForWhom.CLASS])
    return [_row(row, tallies.get(row["pk"], Tally()), members.get(row["pk"], frozenset()), on) for row in rows]


def _read(assignments: QuerySet[Assignment]) -> list[dict[str, Any]]:
    on_the_list = Pupil.objects.filter(school_class=OuterRef("school_class")).order_by().values("school_class")
    taught = Delivery.objects.filter(assignment=OuterRef("pk")).order_by("-taught_on")
    rows: Any = assignments.order_by("due_on", "pk").values(
        "pk",
        "school_class_id",
        "version_id",
        "version__number",
        "version__title",
        "version__withdrawn_at",
        "version__withdrawal_reason",
        "version__lesson_id",
        "way",
        "for_whom",
        "opens_on",
        "due_on",
        "closed_at",
        "archived_at",
        "later_of_id",
        "lead_told_at",
        "set_by_id",
        "size_then",
        class_name=F("school_class__name"),
        class_mode=F("school_class__mode"),
        class_archived_at=F("school_class__archived_at"),
        pupils_then=F("school_class__pupils_then"),
        school_name=F("school_class__school__name"),
        lesson_slug=F("version__lesson__slug"),
        topic_pk=F("version__lesson__topic_id"),
        topic_name=F("version__lesson__topic__name"),
        least_age=F("version__lesson__topic__least_age"),
        list_size=Subquery(on_the_list.annotate(size=Count("pk")).values("size")),
        last_taught_on=Subquery(taught.values("taught_on")[:1]),
        has_later_check=Exists(Assignment.objects.filter(later_of=OuterRef("pk"))),
    )
    return list(rows)


def _row(read: dict[str, Any], tally: Tally, members: frozenset[int], on: datetime.date) -> AssignmentRow:
    size = _size(read, members)
    is_later_check = read["later_of_id"] is not None
    needs_lead = read["least_age"] >= LEAD_KNOWS_FROM_AGE and not is_later_check
    dates: dict[str, Any] = {
        "opens_on": read["opens_on"],
        "due_on": read["due_on"],
        "is_closed": read["closed_at"] is not None,
        "is_withdrawn": read["version__withdrawn_at"] is not None,
        "is_taught": read["last_taught_on"] is not None,
        "is_finished_by_all": bool(size) and tally.finished == size,
        "on": on,
    }
    return AssignmentRow(
        pk=read["pk"],
        class_pk=read["school_class_id"],
        class_name=read["class_name"],
        class_is_archived=read["class_archived_at"] is not None,
        school_name=read["school_name"],
        lesson_pk=read["version__lesson_id"],
        lesson_slug=read["lesson_slug"],
        version_pk=read["version_id"],
        version_number=read["version__number"],
        topic_pk=read["topic_pk"],
        topic_name=read["topic_name"],
        title=f"Later check: {read['version__title']}" if is_later_check else read["version__title"],
        way=read["way"],
        for_whom=read["for_whom"],
        members=None if read["for_whom"] == ForWhom.CLASS else members,
        opens_on=read["opens_on"],
        due_on=read["due_on"],
        closed_at=read["closed_at"],
        is_archived=read["archived_at"] is not None,
        withdrawn_at=read["version__withdrawn_at"],
        withdrawal=read["version__withdrawal_reason"],
        needs_lead=needs_lead,
        lead_told=read["lead_told_at"] is not None,
        later_of_pk=read["later_of_id"],
        has_later_check=read["has_later_check"],
        set_by_pk=read["set_by_id"],
        size=size,
        tally=tally,
        last_taught_on=read["last_taught_on"],
        state=assignment_state(**dates, is_ready=read["lead_told_at"] is not None or not needs_lead),
        timing=assignment_state(**dates),
        on=on,
    )


def _size(read: dict[str, Any], members: frozenset[int]) -> int | None:
    if read["class_mode"] != ClassMode.NAMED:
        return None
    if read["size_then"] is not None:
        return read["size_then"]
    if read["for_whom"] != ForWhom.CLASS:
        return len(members)
    # The pupils of an archived class have moved up.
    return (read["pupils_then"] if read["class_archived_at"] else read["list_size"]) or 0


def _members(pks: Sequence[int]) -> dict[int, frozenset[int]]:
    """Of those that are not for a whole class: whom they are for, and who has begun. One query, none without any."""
    if not pks:
        return {}
    chosen = Assignment.objects.filter(pk__in=pks).order_by()
    by_group = chosen.filter(for_whom=ForWhom.GROUPS, groups__pupils__isnull=False).values_list("pk", "groups__pupils")
    by_name = chosen.filter(for_whom=ForWhom.PUPILS, pupils__isnull=False).values_list("pk", "pupils")
    begun = Attempt.objects.filter(assignment__in=pks, pupil__isnull=False).values_list("assignment_id", "pupil_id")
    members: dict[int, set[int]] = {}
    for assignment_pk, pupil_pk in by_group.union(by_name, begun):
        members.setdefault(assignment_pk, set()).add(pupil_pk)
    return {pk: frozenset(pupils) for pk, pupils in members.items()}


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
