from django.db import transaction
from django.utils import timezone

from lessons.library.enums import Status
from lessons.library.store import AnyVersion, content_of
from safeguarding.accounts.models import User

from .. import rules
from ..checks import blocking, check, load_reference
from ..errors import ChecksFailed, EditorialError, NotAllowed, WrongStatus
from .locking import AnyIdentity, locked, record_step, require_status
from .writing import copy_as_draft


@transaction.atomic
def submit_version(*, actor: User, version: AnyVersion, change_note: str = "") -> AnyVersion:
    """Draft to in review. Raises NotAllowed, WrongStatus, ChecksFailed."""
    version = locked(version)
    if not rules.can_write(actor):
        raise NotAllowed("Submitting is for editors. Ask an operator to make you one.")
    require_status(version, Status.DRAFT)
    _require_checks(version)
    version.status = Status.IN_REVIEW
    version.submitted_at, version.submitted_by = timezone.now(), actor
    version.change_note = change_note
    version.save()
    record_step(actor, "submitted", version, change_note)
    return version


@transaction.atomic
def approve_version(*, actor: User, version: AnyVersion, number: int) -> AnyVersion:
    """In review to approved. `number` is the version that the reviewer has read.

    Raises NotAllowed (also for whoever wrote it, superusers included), WrongStatus.
    """
    version = locked(version)
    _require_reviewer(actor)
    if version.number != number:
        raise WrongStatus(f"You have read version {number}; this is version {version.number}. Read this one first.")
    require_status(version, Status.IN_REVIEW)
    if not rules.can_approve(actor, version):
        raise NotAllowed("You have written part of this version. Somebody else must approve it.")
    version.status = Status.APPROVED
    version.approved_at, version.approved_by = timezone.now(), actor
    version.save()
    record_step(actor, "approved", version)
    return version


@transaction.atomic
def return_version(*, actor: User, version: AnyVersion, reason: str) -> AnyVersion:
    """In review, or approved and not yet live, back to its author. The version stays as it was read; a new draft with
    the same content is returned. Raises NotAllowed, WrongStatus, EditorialError without a reason.
    """
    version = locked(version)
    _require_reviewer(actor)
    require_status(version, Status.IN_REVIEW, Status.APPROVED)
    if not reason.strip():
        raise EditorialError("Say what should change, so that the author knows what to do.")
    version.status, version.return_reason = Status.RETURNED, reason.strip()
    version.save()
    record_step(actor, "returned", version, reason.strip())
    author = version.submitted_by or version.author
    if author is None:
        raise EditorialError("The starter library has no author to return it to. Start a new version instead.")
    draft = copy_as_draft(version, author)
    # Whoever wrote in the returned version has written in this one: they still may not approve it.
    draft.contributors.add(*version.contributors.all())
    return draft


@transaction.atomic
def publish_version(*, actor: User, version: AnyVersion) -> AnyVersion:
    """Approved, or retired where one goes back to an earlier version, to live. Raises NotAllowed, WrongStatus,
    ChecksFailed.
    """
    version = locked(version)
    _require_reviewer(actor)
    require_status(version, Status.APPROVED, Status.RETIRED)
    _require_checks(version)
    action = "published" if version.status == Status.APPROVED else "went back to"
    put_live(version)
    record_step(actor, action, version)
    return version


def put_live(version: AnyVersion) -> None:
    """Move the pointer and retire what was live. The caller holds the lock and has checked that it may."""
    now = timezone.now()
    identity = version.identity
    identity.versions.filter(status=Status.LIVE).update(status=Status.RETIRED, retired_at=now)
    version.status, version.published_at, version.retired_at = Status.LIVE, version.published_at or now, None
    version.save()
    identity.live_version = version
    identity.save(update_fields=["live_version"])


@transaction.atomic
def retire_item(*, actor: User, identity: AnyIdentity, reason: str) -> None:
    """Take what is live off every page. What classes were set stays with them. Raises NotAllowed, WrongStatus,
    EditorialError without a reason.
    """
    _require_reviewer(actor)
    identity = type(identity)._default_manager.select_for_update().get(pk=identity.pk)
    live = identity.live_version
    if live is None:
        raise WrongStatus("Nothing of this is live.")
    if not reason.strip():
        raise EditorialError("Say why, so that others can follow it later.")
    live.status, live.retired_at = Status.RETIRED, timezone.now()
    live.save()
    identity.live_version = None
    identity.save(update_fields=["live_version"])
    record_step(actor, "retired", live, reason.strip())


def _require_reviewer(actor: User) -> None:
    if not rules.can_review(actor):
        raise NotAllowed("This is for reviewers. Ask an operator to make you one.")


def _require_checks(version: AnyVersion) -> None:
    problems = blocking(check(content_of(version), load_reference()))
    if problems:
        raise ChecksFailed(problems)
