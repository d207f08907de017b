"""A warning may stand where a reviewer says why. What blocks is never accepted, whoever asks."""

from django.db import transaction

from lessons.library.enums import State
from lessons.library.store import AnyVersion, content_of
from safeguarding.accounts.models import User

from .. import rules
from ..checks import check, load_reference
from ..errors import EditorialError, NotAllowed, WarningsLeft, WrongStatus
from ..models import AcceptedWarning, version_field
from ..queries.warnings import Judged, judged_warnings, open_warnings
from .locking import locked, record_step, require_state

LONGEST_REASON = 1_000


@transaction.atomic
def accept_warning(*, actor: User, version: AnyVersion, key: str, reason: str) -> AcceptedWarning:
    """Let one warning stand in a version in review; `key` is that of `queries.warnings.Judged`.

    Raises NotAllowed (also for whoever wrote it, superusers included), WrongStatus where the warning is not there
    or was accepted already, EditorialError without a reason.
    """
    version = locked(version)
    if not rules.can_review(actor):
        raise NotAllowed("Accepting a warning is for reviewers. Ask an operator to make you one.")
    require_state(version, State.IN_REVIEW)
    if not rules.can_approve(actor, version):
        raise NotAllowed("You have written part of this. Somebody else must accept its warnings.")
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise EditorialError("Say why the warning may stand: the reason is kept.")
    if len(reason) > LONGEST_REASON:
        raise EditorialError(f"Say it in {LONGEST_REASON:,} characters or fewer; these are {len(reason):,}.")
    found = next((one for one in _judged(version) if one.key == key), None)
    if found is None:
        raise WrongStatus("There is no such warning now: the checks or the glossary have changed. Read the list again.")
    if found.accepted:
        raise WrongStatus(f"{found.accepted.who} has accepted this warning already: “{found.accepted.reason}”")
    accepted = AcceptedWarning.objects.create(
        **{version_field(version): version},
        key=key,
        part=found.problem.part,
        place=found.problem.place,
        message=found.problem.message,
        reason=reason,
        accepted_by=actor,
        accepted_by_name=str(actor),
    )
    record_step(actor, "accepted a warning in", version, f"{found.problem.place}: {found.problem.message} {reason}")
    return accepted


def require_warnings_judged(version: AnyVersion) -> None:
    """Raises WarningsLeft where a warning is neither mended nor accepted."""
    left = open_warnings(_judged(version))
    if left:
        raise WarningsLeft([one.problem for one in left])


def _judged(version: AnyVersion) -> tuple[Judged, ...]:
    content = content_of(version)
    return judged_warnings(version, content, check(content, load_reference()))
