"""Setting lessons: one, those of a unit, last year's, or a later check. For all of the classes, or for none."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lessons.library.models import Lesson, LessonVersion
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import Membership, SchoolClass

from .. import rules
from ..audience import WHOLE_CLASS, Audience
from ..dates import Days
from ..enums import Way
from ..errors import (
    AlreadySet,
    Archived,
    ClassArchived,
    CopyChanged,
    ForOneNamedClass,
    LaterTooEarly,
    NeedsConfirming,
    NotAllowed,
    NothingChosen,
    NotLive,
    OpensAfterDue,
    UnderLeastAge,
)
from ..models import Assignment
from .for_whom import name_audience, people_of
from .locking import locked_assignment


@dataclass(frozen=True)
class Slot:
    """A lesson, when it is done and how. `title` is what a refusal calls it where several are set at once."""

    lesson: Lesson
    days: Days
    way: str
    title: str = ""


@transaction.atomic
def set_lesson(
    *,
    actor: User,
    lesson: Lesson,
    classes: Sequence[SchoolClass],
    opens_on: datetime.date,
    due_on: datetime.date,
    way: str,
    note: str = "",
    audience: Audience = WHOLE_CLASS,
    lead_told: bool = False,
    all_the_same: bool = False,
) -> list[Assignment]:
    """Set the live version. The classes may belong to different schools. Raises what `set_lessons` does."""
    return set_lessons(
        actor=actor,
        slots=[Slot(lesson, Days(opens_on, due_on), way)],
        classes=classes,
        note=note,
        audience=audience,
        lead_told=lead_told,
        all_the_same=all_the_same,
    )


@transaction.atomic
def set_lessons(
    *,
    actor: User,
    slots: Sequence[Slot],
    classes: Sequence[SchoolClass],
    note: str = "",
    audience: Audience = WHOLE_CLASS,
    lead_told: bool = False,
    all_the_same: bool = False,
) -> list[Assignment]:
    """Set each lesson for each class.

    Raises what `check_lessons` does, ForOneNamedClass, NobodyChosen, NotOfTheClass.
    """
    kept_classes, setters, versions = _checked(actor, slots, classes, all_the_same)
    if not audience.is_whole_class and (len(kept_classes) != 1 or not kept_classes[0].is_named):
        raise ForOneNamedClass
    people = people_of(kept_classes[0], audience)
    made = Assignment.objects.bulk_create(
        Assignment(
            school_class=school_class,
            version=version,
            way=slot.way,
            opens_on=slot.days.opens_on,
            due_on=slot.days.due_on,
            for_whom=audience.for_whom,
            note=note,
            set_by=setters[school_class.pk],
            lead_told_at=timezone.now() if lead_told else None,
            lead_told_by=setters[school_class.pk] if lead_told else None,
        )
        for school_class in kept_classes
        for slot, version in zip(slots, versions, strict=True)
    )
    if not audience.is_whole_class:
        for assignment in made:
            name_audience(assignment, audience.for_whom, people)
    return made


@transaction.atomic
def check_lessons(
    *, actor: User, slots: Sequence[Slot], classes: Sequence[SchoolClass], all_the_same: bool = False
) -> None:
    """Whether they could be set now, before somebody looks at their dates or chooses for whom. Nothing is written.

    Raises NotAllowed, NothingChosen, ClassArchived, NotLive, Archived, OpensAfterDue, UnderLeastAge, NeedsConfirming,
    AlreadySet.
    """
    _checked(actor, slots, classes, all_the_same)


@transaction.atomic
def copy_plan(
    *,
    actor: User,
    source: SchoolClass,
    target: SchoolClass,
    opens: Mapping[int, datetime.date],
    lead_told: bool = False,
    all_the_same: bool = False,
) -> list[Assignment]:
    """Set for `target` what `source` was set; `opens` holds the new first day of each by its key. Each stays as long.

    For the whole class and without the notes, which were meant for others. Raises CopyChanged where one of them is no
    longer there, and what `set_lessons` does.
    """
    _setter(actor, source)
    old = (
        Assignment.objects.lessons()
        .filter(school_class=source, pk__in=opens)
        .select_related("version__lesson")
        .order_by("opens_on", "pk")
    )
    slots = [
        Slot(a.version.lesson, Days(a.opens_on, a.due_on).moved_to(opens[a.pk]), a.way, a.version.title) for a in old
    ]
    if len(slots) != len(opens):
        raise CopyChanged
    return set_lessons(actor=actor, slots=slots, classes=[target], lead_told=lead_told, all_the_same=all_the_same)


@transaction.atomic
def set_later_check(
    *, actor: Membership, assignment: Assignment, opens_on: datetime.date, due_on: datetime.date, note: str = ""
) -> Assignment:
    """Ask the questions of a closed lesson once more.

    Raises NotAllowed, ClassArchived, NoLaterCheck, OpensAfterDue, LaterTooEarly.
    """
    kept = locked_assignment(actor, assignment)
    if refusal := rules.why_no_later_check(kept):
        raise refusal
    if opens_on > due_on:
        raise OpensAfterDue
    refuse_too_early(kept, opens_on)
    return Assignment.objects.create(
        school_class=kept.school_class,
        version=kept.version,
        later_of=kept,
        way=Way.DEVICES,
        opens_on=opens_on,
        due_on=due_on,
        note=note,
        set_by=actor,
    )


def refuse_too_early(closed: Assignment, opens_on: datetime.date) -> None:
    """A later check of that lesson. Raises LaterTooEarly."""
    if closed.closed_at is None:
        return
    earliest, _, _ = rules.later_days(timezone.localdate(closed.closed_at))
    if opens_on < earliest:
        raise LaterTooEarly(earliest)


def _checked(
    actor: User, slots: Sequence[Slot], classes: Sequence[SchoolClass], all_the_same: bool
) -> tuple[list[SchoolClass], dict[int, Membership], list[LessonVersion]]:
    """The classes, who sets for each of them, and what each slot sets."""
    if not slots:
        raise NothingChosen
    setters = {school_class.pk: _setter(actor, school_class) for school_class in classes}
    # Taking the classes lets one teacher after the other set something for them, so that no lesson is set twice.
    kept = list(SchoolClass.objects.select_for_update(no_key=True).filter(pk__in=setters).order_by("pk"))
    if past := [school_class.name for school_class in kept if school_class.is_archived]:
        raise ClassArchived(past)
    versions = _live_versions(slots)
    for slot in slots:
        if slot.days.opens_on > slot.days.due_on:
            raise OpensAfterDue
    _refuse_ages([version.lesson for version in versions], kept, all_the_same)
    _refuse_twice(slots, kept)
    return kept, setters, versions


def _setter(actor: User, school_class: SchoolClass) -> Membership:
    for membership in memberships_of(actor):
        if membership.school_id == school_class.school_id and rules.can_set_lesson(membership, school_class):
            return membership
    raise NotAllowed


def _live_versions(slots: Sequence[Slot]) -> list[LessonVersion]:
    """What each slot sets. Waits for a reviewer who is taking a lesson down, and they for this."""
    wanted = [slot.lesson.pk for slot in slots]
    list(Lesson.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    live = {lesson.pk: lesson for lesson in Lesson.objects.live().filter(pk__in=wanted)}
    versions = []
    for slot in slots:
        kept = live.get(slot.lesson.pk)
        if kept is None or kept.live_version is None:
            raise NotLive(f"“{slot.title}” has just been taken down. Take its tick away." if slot.title else "")
        if kept.is_archived:
            raise Archived(f"“{slot.title}” is archived. Take its tick away." if slot.title else "")
        kept.live_version.lesson = kept
        versions.append(kept.live_version)
    return versions


def _refuse_ages(lessons: Sequence[Lesson], classes: Sequence[SchoolClass], all_the_same: bool) -> None:
    for lesson in lessons:
        if too_young := [c.name for c in classes if rules.is_under_least_age(c, lesson.topic)]:
            raise UnderLeastAge(too_young, lesson.topic.least_age)
    reasons = (reason for lesson in lessons for c in classes if (reason := rules.reason_to_think(c, lesson)))
    if not all_the_same and (said := list(dict.fromkeys(reasons))):
        raise NeedsConfirming(said)


def _refuse_twice(slots: Sequence[Slot], classes: Sequence[SchoolClass]) -> None:
    """An older version that is still open counts too: a class does a lesson once at a time."""
    wanted = [slot.lesson.pk for slot in slots]
    if len(set(wanted)) < len(wanted):
        raise CopyChanged
    open_now = Assignment.objects.lessons().filter(
        version__lesson__in=wanted, closed_at__isnull=True, school_class__in=classes
    )
    have = set(open_now.values_list("version__lesson", "school_class"))
    for slot in slots:
        if have_it := [c.name for c in classes if (slot.lesson.pk, c.pk) in have]:
            raise AlreadySet(have_it, slot.title)
