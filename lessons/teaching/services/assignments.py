"""What becomes of a lesson that was set: its dates, whom it is for, that it is taught, closed and put away."""

import datetime

from django.db import transaction
from django.utils import timezone

from lessons.library.models import Lesson
from safeguarding.schools.models import Membership

from .. import rules
from ..audience import Audience
from ..errors import (
    AlreadyClosed,
    AlreadyDelivered,
    AlreadySet,
    AnotherIsLive,
    ForOneNamedClass,
    LeadNotTold,
    LeavesOutBegun,
    NoLaterCheck,
    NotClosedYet,
    OpeningStays,
    OpensAfterDue,
    TaughtAfterWithdrawal,
    TaughtOnWrongDay,
    WrongNumberPresent,
)
from ..models import Assignment, Delivery
from .for_whom import has_begun_outside, name_audience, people_of
from .locking import locked_assignment
from .setting import refuse_too_early


@transaction.atomic
def change_assignment(
    *,
    actor: Membership,
    assignment: Assignment,
    opens_on: datetime.date,
    due_on: datetime.date,
    note: str,
    audience: Audience,
) -> None:
    """The day it opens can be changed as long as nobody has begun.

    Raises NotAllowed, ClassArchived, AlreadyClosed, OpensAfterDue, OpeningStays, LaterTooEarly, ForOneNamedClass,
    NobodyChosen, NotOfTheClass, LeavesOutBegun.
    """
    kept = locked_assignment(actor, assignment)
    _give_days(kept, opens_on, due_on)
    if not audience.is_whole_class and (kept.is_later_check or not kept.school_class.is_named):
        raise ForOneNamedClass
    people = people_of(kept.school_class, audience)
    kept.note, kept.for_whom = note, audience.for_whom
    kept.save(update_fields=["opens_on", "due_on", "note", "for_whom"])
    name_audience(kept, audience.for_whom, people)
    if has_begun_outside(kept):
        raise LeavesOutBegun


@transaction.atomic
def move_assignment(*, actor: Membership, assignment: Assignment, opens_on: datetime.date) -> None:
    """To another week: it is due as many days later as before.

    Raises NotAllowed, ClassArchived, AlreadyClosed, OpeningStays, LaterTooEarly.
    """
    kept = locked_assignment(actor, assignment)
    _give_days(kept, opens_on, opens_on + (kept.due_on - kept.opens_on))
    kept.save(update_fields=["opens_on", "due_on"])


@transaction.atomic
def use_newer_version(*, actor: Membership, assignment: Assignment, number: int) -> None:
    """Give the class the version that is live now. `number` is the one whose changes the actor has read.

    Raises NotAllowed, ClassArchived, NothingNewer, AlreadyClosed, AlreadyBegun, AnotherIsLive, AlreadySet.
    """
    kept = locked_assignment(actor, assignment)
    live = Lesson.objects.select_related("live_version").get(versions=kept.version_id).live_version
    if refusal := rules.why_version_stays(kept, live.pk if live else None):
        raise refusal
    if live is None or live.number != number:
        raise AnotherIsLive
    open_now = Assignment.objects.lessons().filter(school_class=kept.school_class_id, closed_at__isnull=True)
    if open_now.filter(version=live).exists():
        raise AlreadySet([kept.school_class.name])
    kept.version = live
    kept.save(update_fields=["version"])


@transaction.atomic
def tell_lead(*, actor: Membership, assignment: Assignment) -> None:
    """That the lead knows of the lesson, so that the class can be taught it. Said twice, the first time stands.

    Raises NotAllowed, ClassArchived.
    """
    kept = locked_assignment(actor, assignment)
    if kept.lead_told_at is None:
        kept.lead_told_at, kept.lead_told_by = timezone.now(), actor
        kept.save(update_fields=["lead_told_at", "lead_told_by"])


@transaction.atomic
def close_assignment(*, actor: Membership, assignment: Assignment) -> None:
    """Nobody can answer any more. Closing it twice changes nothing: the first time stands.

    Raises NotAllowed, ClassArchived.
    """
    kept = locked_assignment(actor, assignment)
    if not kept.is_closed:
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])


@transaction.atomic
def archive_assignment(*, actor: Membership, assignment: Assignment) -> None:
    """Out of the lists; every number still counts it. Raises NotAllowed, ClassArchived, NotClosedYet."""
    kept = locked_assignment(actor, assignment)
    if not kept.is_closed:
        raise NotClosedYet
    if kept.archived_at is None:
        kept.archived_at = timezone.now()
        kept.save(update_fields=["archived_at"])


@transaction.atomic
def restore_assignment(*, actor: Membership, assignment: Assignment) -> None:
    """Take it out of the archive; it stays closed. Raises NotAllowed, ClassArchived."""
    kept = locked_assignment(actor, assignment)
    kept.archived_at = None
    kept.save(update_fields=["archived_at"])


@transaction.atomic
def record_delivery(
    *, actor: Membership, assignment: Assignment, taught_on: datetime.date, pupils_present: int
) -> Delivery:
    """That the actor taught the lesson to the class; also for one that has been closed, for it may be written up later.

    Raises NotAllowed, ClassArchived, NoLaterCheck, LeadNotTold, TaughtOnWrongDay, TaughtAfterWithdrawal,
    WrongNumberPresent, AlreadyDelivered.
    """
    kept = locked_assignment(actor, assignment)
    if kept.is_later_check:
        raise NoLaterCheck("A later check is answered and not taught. Record teaching with the lesson itself.")
    if not rules.is_ready(kept):
        raise LeadNotTold
    if not rules.is_day_of_delivery(taught_on, kept.opens_on, timezone.localdate()):
        raise TaughtOnWrongDay
    if kept.version.withdrawn_at and taught_on > (last := timezone.localdate(kept.version.withdrawn_at)):
        raise TaughtAfterWithdrawal(last)
    if not 1 <= pupils_present <= rules.MOST_PRESENT:
        raise WrongNumberPresent
    if kept.deliveries.filter(taught_on=taught_on).exists():
        raise AlreadyDelivered
    return Delivery.objects.create(assignment=kept, taught_on=taught_on, pupils_present=pupils_present, taught_by=actor)


def _give_days(kept: Assignment, opens_on: datetime.date, due_on: datetime.date) -> None:
    if kept.is_closed:
        raise AlreadyClosed
    if due_on < opens_on:
        raise OpensAfterDue
    if opens_on != kept.opens_on:
        if not Assignment.objects.untouched().filter(pk=kept.pk).exists():
            raise OpeningStays
        if kept.later_of:
            refuse_too_early(kept.later_of, opens_on)
    kept.opens_on, kept.due_on = opens_on, due_on
