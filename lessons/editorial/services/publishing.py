"""What is live: the two times of a version, and nothing else, say it (`library/live.py`)."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lessons.library.enums import State
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from ..errors import EditorialError, WrongStatus
from .locking import AnyIdentity, locked, locked_item, record_step, require_state
from .review import require_checks, require_reviewer


@transaction.atomic
def publish_version(*, actor: User, version: AnyVersion) -> AnyVersion:
    """Approved, or retired where one goes back to an earlier version, to live. Raises NotAllowed, WrongStatus,
    ChecksFailed.
    """
    version = locked(version)
    require_reviewer(actor)
    require_state(version, State.APPROVED, State.RETIRED)
    require_checks(version)
    action = "published" if version.state == State.APPROVED else "went back to"
    put_live(version, timezone.now())
    record_step(actor, action, version)
    return version


def put_live(version: AnyVersion, at: datetime.datetime) -> None:
    """From then on, in place of what would be live then. The caller holds the lock and has checked that it may."""
    identity = version.identity
    others = identity.versions.exclude(pk=version.pk)
    others.filter(Q(live_until__isnull=True) | Q(live_until__gt=at), live_from__lt=at).update(live_until=at)
    version.live_from, version.live_until = at, None
    version.save()
    identity.live_version = version


@transaction.atomic
def retire_item(*, actor: User, identity: AnyIdentity, reason: str) -> None:
    """Take what is live off every page. What classes were set stays with them. Raises NotAllowed, WrongStatus,
    EditorialError without a reason.
    """
    require_reviewer(actor)
    live = locked_item(identity).live_version
    if live is None:
        raise WrongStatus("Nothing of this is live.")
    if not reason.strip():
        raise EditorialError("Say why, so that others can follow it later.")
    live.live_until = timezone.now()
    live.save()
    record_step(actor, "retired", live, reason.strip())
