"""What is live: the two times of a version, and nothing else, say it (`library/live.py`).

An item has at most one plan: an approved version that is to go live, with an end or without, or the end of what is
live. What is planned stands in the versions' times already, so nothing has to be done when a moment comes.
"""

import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from lessons.library.enums import State
from lessons.library.models import Lesson, LessonVersion
from lessons.library.store import AnyVersion
from lessons.teaching.holding import open_class_count
from safeguarding.accounts.models import User

from ..enums import Planning
from ..errors import EditorialError, HeldByClasses, WrongMoment, WrongStatus
from .letters import tell_cancelled, tell_published, tell_retired, tell_scheduled, tell_withdrawn
from .locking import AnyIdentity, locked, locked_item, record_step, require_state
from .review import require_checks, require_reviewer
from .withdrawal_mail import tell_teachers

LATEST = datetime.timedelta(days=5 * 366)
SAY_WHY = "Say why, so that others can follow it later."


@transaction.atomic
def publish_version(*, actor: User, version: AnyVersion, reason: str = "") -> AnyVersion:
    """Approved, scheduled, or retired where one goes back to an earlier version, to live now. What is planned for the
    item otherwise stays planned. What was withdrawn needs a reason to come back, and comes back for its classes too.

    Raises NotAllowed, WrongStatus, ChecksFailed, EditorialError without that reason.
    """
    version = locked(version)
    require_reviewer(actor)
    require_state(version, State.APPROVED, State.SCHEDULED, State.RETIRED, State.WITHDRAWN)
    if version.state == State.WITHDRAWN and not reason.strip():
        raise EditorialError("This version was withdrawn. Say why it may be read again.")
    require_checks(version)
    action = "went back to" if version.live_from and version.state != State.SCHEDULED else "published"
    now = timezone.now()
    end = None
    if version.state == State.SCHEDULED:
        end = version.live_until
        _forget_plan(version.identity, now)
    put_live(version, now, end)
    record_step(actor, action, version, reason.strip())
    tell_published(actor, version)
    return version


def put_live(version: AnyVersion, now: datetime.datetime, end: datetime.datetime | None = None) -> None:
    """In place of what is live, until the end or the next moment that is planned. The caller holds the lock."""
    planned = [
        moment
        for other in version.identity.versions.exclude(pk=version.pk)
        for moment in (other.live_from, other.live_until)
        if moment and moment > now
    ]
    _begin(version, now, min(planned, default=end))


@transaction.atomic
def schedule_version(
    *, actor: User, version: AnyVersion, live_from: datetime.datetime, live_until: datetime.datetime | None = None
) -> AnyVersion:
    """Approved to scheduled, or scheduled to another time. From then on it is live in place of what is live then.

    The checks are read now, and not again when the time comes. Raises NotAllowed, WrongStatus, WrongMoment,
    ChecksFailed, HeldByClasses where it is to end before a class is to be done.
    """
    version = locked(version)
    require_reviewer(actor)
    require_state(version, State.APPROVED, State.SCHEDULED)
    now = timezone.now()
    _require_coming(live_from, now)
    if live_until is not None:
        _require_coming(live_until, now)
        if live_until <= live_from:
            raise WrongMoment(
                "It would be retired before it is live. Choose a later time for the end, or leave it empty."
            )
        _require_no_class(version.identity, after=timezone.localdate(live_until))
    live = version.identity.live_version
    if version.state == State.APPROVED and live and live.live_until:
        raise WrongStatus(
            f"Version {live.number}, which is live, is to be retired on {in_words(live.live_until)}. Cancel that first."
        )
    require_checks(version)
    _forget_plan(version.identity, now)
    _begin(version, live_from, live_until)
    until = f" until {in_words(live_until)}" if live_until else ""
    record_step(actor, Planning.BEGINNING, version, f"from {in_words(live_from)}{until}")
    tell_scheduled(actor, version, f"It goes live on {in_words(live_from)}{until}.")
    return version


@transaction.atomic
def schedule_retirement(*, actor: User, identity: AnyIdentity, at: datetime.datetime, reason: str) -> None:
    """What is live is retired then; also another time than was planned. Classes that are to be done by that day may
    have it. Raises NotAllowed, WrongStatus, WrongMoment, HeldByClasses, EditorialError without a reason.
    """
    require_reviewer(actor)
    identity = locked_item(identity)
    live, now = _require_live(identity), timezone.now()
    _require_coming(at, now)
    _require_reason(reason)
    if planned := identity.versions.filter(live_from__gt=now).first():
        raise WrongStatus(f"Version {planned.number} is to take its place at another time. Cancel that first.")
    _require_no_class(identity, after=timezone.localdate(at))
    live.live_until = at
    live.save()
    record_step(actor, Planning.END, live, f"on {in_words(at)}: {reason.strip()}")
    tell_scheduled(actor, live, f"It is retired on {in_words(at)}, because: {reason.strip()}")


@transaction.atomic
def cancel_schedule(*, actor: User, identity: AnyIdentity) -> None:
    """Whatever is still to come: a version goes back to approved, what is live stays.

    Raises NotAllowed, WrongStatus.
    """
    require_reviewer(actor)
    identity = locked_item(identity)
    now = timezone.now()
    planned = identity.versions.filter(Q(live_from__gt=now) | Q(live_until__gt=now)).order_by("-live_from").first()
    if planned is None:
        raise WrongStatus("Nothing of this is planned any more. Open it again to see what is live.")
    _forget_plan(identity, now)
    record_step(actor, Planning.CANCELLED, planned)
    tell_cancelled(actor, planned)


@transaction.atomic
def retire_item(*, actor: User, identity: AnyIdentity, reason: str) -> None:
    """Take what is live off every page. Raises NotAllowed, WrongStatus, HeldByClasses while classes have it open,
    EditorialError without a reason.
    """
    require_reviewer(actor)
    live = _require_live(locked_item(identity))
    _require_reason(reason)
    _require_no_class(identity)
    live.live_until = timezone.now()
    live.save()
    record_step(actor, "retired", live, reason.strip())
    tell_retired(actor, live, reason.strip())


@transaction.atomic
def withdraw_item(*, actor: User, identity: AnyIdentity, reason: str) -> None:
    """Take away at once all that was ever live of it and of its translations, which say the same: from every page, and
    from the classes that have it. What is planned is cancelled. The teachers of those classes get an e-mail after the
    commit.

    Raises NotAllowed, WrongStatus, EditorialError without a reason.
    """
    require_reviewer(actor)
    identity = locked_item(identity)
    _require_reason(reason)
    if not _take_away(actor, identity, reason.strip()):
        raise WrongStatus("Nobody can read any of this, so there is nothing to withdraw.")
    translations: QuerySet[Any] = type(identity)._default_manager.filter(translation_of=identity.pk)
    for translation in translations.select_for_update().order_by("pk"):
        _take_away(actor, translation, reason.strip())


def _take_away(actor: User, identity: AnyIdentity, reason: str) -> bool:
    """Whether there was anything that somebody could read. The caller holds the lock."""
    now = timezone.now()
    _forget_plan(identity, now)
    shown = identity.versions.was_live().filter(withdrawn_at__isnull=True)
    newest = shown.order_by("-live_from").first()
    if newest is None:
        return False
    shown.filter(live_until__isnull=True).update(live_until=now)
    shown.update(withdrawn_at=now, withdrawal_reason=reason)
    record_step(actor, "withdrew", newest, reason)
    tell_withdrawn(actor, newest, reason)
    if isinstance(newest, LessonVersion):
        transaction.on_commit(partial(tell_teachers, newest.lesson_id, newest.title, reason), robust=True)
    return True


def in_words(moment: datetime.datetime) -> str:
    """In the site's time zone, which it names."""
    return f"{date_format(timezone.localtime(moment), 'j F Y, H:i')} ({timezone.get_current_timezone_name()})"


def _begin(version: AnyVersion, at: datetime.datetime, end: datetime.datetime | None) -> None:
    """From that moment on it stands in place of what would be live then."""
    others = version.identity.versions.exclude(pk=version.pk)
    others.filter(Q(live_until__isnull=True) | Q(live_until__gt=at), live_from__lt=at).update(live_until=at)
    version.live_from, version.live_until = at, end
    version.withdrawn_at, version.withdrawal_reason = None, ""
    version.save()
    version.identity.__dict__.pop("live_version", None)


def _forget_plan(identity: AnyIdentity, now: datetime.datetime) -> None:
    """Take away every moment of the item that is still to come."""
    identity.versions.filter(live_from__gt=now).update(live_from=None, live_until=None)
    identity.versions.filter(live_until__gt=now).update(live_until=None)


def _require_live(identity: AnyIdentity) -> AnyVersion:
    if identity.live_version is None:
        raise WrongStatus("Nothing of this is live.")
    return identity.live_version


def _require_coming(moment: datetime.datetime, now: datetime.datetime) -> None:
    if moment <= now:
        raise WrongMoment(f"{in_words(moment)} has passed. Choose a time that is still to come, or do it now.")
    if moment > now + LATEST:
        raise WrongMoment(f"{in_words(moment)} is more than five years away. Choose an earlier time.")


def _require_no_class(identity: AnyIdentity, after: datetime.date | None = None) -> None:
    if isinstance(identity, Lesson) and (classes := open_class_count(identity.pk, due_after=after)):
        raise HeldByClasses(classes)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise EditorialError(SAY_WHY)
