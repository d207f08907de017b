"""Setting a lesson, closing it, recording that it was taught."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons.library.models import Lesson, LessonVersion
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import Membership, SchoolClass

from .. import rules
from ..errors import (
    AlreadyClosed,
    AlreadyDelivered,
    AlreadySet,
    AnotherIsLive,
    Archived,
    ClassArchived,
    LeadNotTold,
    NeedsConfirming,
    NotAllowed,
    NotLive,
    OpensAfterDue,
    TaughtOnWrongDay,
    UnderLeastAge,
    WrongNumberPresent,
)
from ..models import Assignment, Delivery


@transaction.atomic
def set_lesson(
    *,
    actor: User,
    lesson: Lesson,
    classes: Sequence[SchoolClass],
    opens_on: datetime.date,
    due_on: datetime.date,
    way: str,
    lead_told: bool = False,
    all_the_same: bool = False,
) -> list[Assignment]:
    """Set the live version for every one of the classes, or for none. They may belong to different schools.

    Raises NotAllowed, NotLive, Archived, OpensAfterDue, UnderLeastAge, NeedsConfirming, AlreadySet.
    """
    setters = [_setter(actor, school_class) for school_class in classes]
    # Waits for a reviewer who is taking it down, and they for this.
    Lesson.objects.select_for_update(no_key=True).get(pk=lesson.pk)
    kept = Lesson.objects.live().filter(pk=lesson.pk).first()
    if kept is None or kept.live_version is None:
        raise NotLive
    if kept.is_archived:
        raise Archived
    if opens_on > due_on:
        raise OpensAfterDue
    if too_young := [c.name for c in classes if rules.is_under_least_age(c, kept.topic)]:
        raise UnderLeastAge(too_young, kept.topic.least_age)
    reasons = [reason for c in classes if (reason := rules.reason_to_think(c, kept))]
    if reasons and not all_the_same:
        raise NeedsConfirming(reasons)
    # An older version that is still open counts too: a class does a lesson once at a time.
    open_now = Assignment.objects.filter(version__lesson=kept, closed_at__isnull=True, school_class__in=classes)
    if have_it := set(open_now.values_list("school_class", flat=True)):
        raise AlreadySet([c.name for c in classes if c.pk in have_it])
    return [
        _set_for_one(school_class, setter, kept.live_version, opens_on, due_on, way, lead_told)
        for school_class, setter in zip(classes, setters, strict=True)
    ]


@transaction.atomic
def change_due_date(*, actor: Membership, assignment: Assignment, due_on: datetime.date) -> None:
    """Raises NotAllowed, AlreadyClosed, OpensAfterDue."""
    kept = _locked(actor, assignment)
    if kept.is_closed:
        raise AlreadyClosed
    if due_on < kept.opens_on:
        raise OpensAfterDue
    kept.due_on = due_on
    kept.save(update_fields=["due_on"])


@transaction.atomic
def use_newer_version(*, actor: Membership, assignment: Assignment, number: int) -> None:
    """Give the class the version that is live now. `number` is the one whose changes the actor has read.

    Raises NotAllowed, NothingNewer, AlreadyClosed, AlreadyBegun, AnotherIsLive, AlreadySet.
    """
    kept = _locked(actor, assignment)
    live = Lesson.objects.select_related("live_version").get(versions=kept.version_id).live_version
    if refusal := rules.why_version_stays(kept, live.pk if live else None):
        raise refusal
    if live is None or live.number != number:
        raise AnotherIsLive
    if Assignment.objects.filter(school_class=kept.school_class_id, version=live, closed_at__isnull=True).exists():
        raise AlreadySet([kept.school_class.name])
    kept.version = live
    kept.save(update_fields=["version"])


@transaction.atomic
def tell_lead(*, actor: Membership, assignment: Assignment) -> None:
    """That the lead knows of the lesson, so that the class can be taught it. Said twice, the first time stands.

    Raises NotAllowed, ClassArchived.
    """
    kept = _locked(actor, assignment)
    if kept.lead_told_at is None:
        kept.lead_told_at, kept.lead_told_by = timezone.now(), actor
        kept.save(update_fields=["lead_told_at", "lead_told_by"])


@transaction.atomic
def close_assignment(*, actor: Membership, assignment: Assignment) -> None:
    """Nobody can answer any more. Closing it twice changes nothing: the first time stands.

    Raises NotAllowed.
    """
    kept = _locked(actor, assignment)
    if not kept.is_closed:
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])


@transaction.atomic
def record_delivery(
    *, actor: Membership, assignment: Assignment, taught_on: datetime.date, pupils_present: int
) -> Delivery:
    """That the actor taught the lesson to the class; also for one that has been closed, for it may be written up later.

    Raises NotAllowed, ClassArchived, LeadNotTold, TaughtOnWrongDay, WrongNumberPresent, AlreadyDelivered.
    """
    kept = _locked(actor, assignment)
    if not rules.is_ready(kept):
        raise LeadNotTold
    if not rules.is_day_of_delivery(taught_on, kept.opens_on, timezone.localdate()):
        raise TaughtOnWrongDay
    if not 1 <= pupils_present <= rules.MOST_PRESENT:
        raise WrongNumberPresent
    if kept.deliveries.filter(taught_on=taught_on).exists():
        raise AlreadyDelivered
    return Delivery.objects.create(assignment=kept, taught_on=taught_on, pupils_present=pupils_present, taught_by=actor)


def _setter(actor: User, school_class: SchoolClass) -> Membership:
    for membership in memberships_of(actor):
        if membership.school_id == school_class.school_id and rules.can_set_lesson(membership, school_class):
            return membership
    raise NotAllowed


def _set_for_one(
    school_class: SchoolClass,
    setter: Membership,
    version: LessonVersion,
    opens_on: datetime.date,
    due_on: datetime.date,
    way: str,
    lead_told: bool,
) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                school_class=school_class,
                version=version,
                way=way,
                opens_on=opens_on,
                due_on=due_on,
                set_by=setter,
                lead_told_at=timezone.now() if lead_told else None,
                lead_told_by=setter if lead_told else None,
            )
    except IntegrityError as error:
        # Somebody set it for the class at the same moment: the database holds one open assignment of a version.
        if Assignment.objects.filter(school_class=school_class, version=version, closed_at__isnull=True).exists():
            raise AlreadySet([school_class.name]) from error
        raise


def _locked(actor: Membership, assignment: Assignment) -> Assignment:
    """Taking the row keeps out the pupils who answer, and another record of the same day.

    Raises NotAllowed, ClassArchived.
    """
    kept = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if not rules.can_change_assignment(actor, kept):
        raise NotAllowed
    if kept.school_class.is_archived:
        raise ClassArchived([kept.school_class.name])
    return kept
