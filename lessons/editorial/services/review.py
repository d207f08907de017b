from django.db import transaction
from django.utils import timezone

from lessons.library.enums import State, Status
from lessons.library.store import AnyVersion, content_of
from safeguarding.accounts.models import User

from .. import rules
from ..checks import blocking, check, load_reference
from ..errors import ChecksFailed, EditorialError, NotAllowed, WrongStatus
from .acceptance import require_warnings_judged
from .comments import carry_comments
from .letters import tell_approved, tell_returned, tell_submitted
from .locking import locked, record_step, require_state
from .writing import copy_as_draft


@transaction.atomic
def submit_version(*, actor: User, version: AnyVersion, change_note: str = "") -> AnyVersion:
    """Draft to in review. Raises NotAllowed, WrongStatus, ChecksFailed."""
    version = locked(version)
    if not rules.can_write(actor):
        raise NotAllowed("Submitting is for editors. Ask an operator to make you one.")
    require_state(version, State.DRAFT)
    require_checks(version)
    version.status = Status.IN_REVIEW
    version.submitted_at, version.submitted_by = timezone.now(), actor
    version.change_note = change_note
    version.save()
    record_step(actor, "submitted", version, change_note)
    tell_submitted(actor, version)
    return version


@transaction.atomic
def approve_version(*, actor: User, version: AnyVersion, number: int) -> AnyVersion:
    """In review to approved. `number` is the version that the reviewer has read.

    Raises NotAllowed (also for whoever wrote it, superusers included), WrongStatus, WarningsLeft.
    """
    version = locked(version)
    require_reviewer(actor)
    if version.number != number:
        raise WrongStatus(f"You have read version {number}; this is version {version.number}. Read this one first.")
    require_state(version, State.IN_REVIEW)
    if not rules.can_approve(actor, version):
        raise NotAllowed("You have written part of this version. Somebody else must approve it.")
    require_warnings_judged(version)
    version.status = Status.APPROVED
    version.approved_at, version.approved_by = timezone.now(), actor
    version.save()
    record_step(actor, "approved", version)
    tell_approved(actor, version)
    return version


@transaction.atomic
def return_version(*, actor: User, version: AnyVersion, reason: str) -> AnyVersion:
    """In review, or approved and not yet live, back to its author. The version stays as it was read; a new draft with
    the same content is returned. Raises NotAllowed, WrongStatus, EditorialError without a reason.
    """
    version = locked(version)
    require_reviewer(actor)
    require_state(version, State.IN_REVIEW, State.APPROVED)
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
    carry_comments(version, draft)
    tell_returned(actor, version, draft)
    return draft


def require_reviewer(actor: User) -> None:
    if not rules.can_review(actor):
        raise NotAllowed("This is for reviewers. Ask an operator to make you one.")


def require_checks(version: AnyVersion) -> None:
    problems = blocking(check(content_of(version), load_reference()))
    if problems:
        raise ChecksFailed(problems)
