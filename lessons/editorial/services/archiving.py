"""The archive: what is in no list and not set anew, while its page and the classes that have it go on."""

from django.db import transaction
from django.utils import timezone

from safeguarding.accounts.models import User

from ..errors import EditorialError, WrongStatus
from .locking import AnyIdentity, locked_item, record_step
from .review import require_reviewer


@transaction.atomic
def archive_item(*, actor: User, identity: AnyIdentity, reason: str) -> None:
    """Raises NotAllowed, WrongStatus, EditorialError without a reason."""
    require_reviewer(actor)
    identity = locked_item(identity)
    live = identity.live_version
    if live is None:
        raise WrongStatus("Nothing of this is live, so there is nothing to archive.")
    if identity.is_archived:
        raise WrongStatus("This is in the archive already.")
    if not reason.strip():
        raise EditorialError("Say why, so that others can follow it later.")
    identity.archived_at = timezone.now()
    identity.save(update_fields=["archived_at"])
    record_step(actor, "archived", live, reason.strip())


@transaction.atomic
def unarchive_item(*, actor: User, identity: AnyIdentity) -> None:
    """Back into the lists, where something of it is live. Raises NotAllowed, WrongStatus."""
    require_reviewer(actor)
    identity = locked_item(identity)
    if not identity.is_archived:
        raise WrongStatus("This is not in the archive.")
    identity.archived_at = None
    identity.save(update_fields=["archived_at"])
    newest = identity.versions.was_live().order_by("-live_from").first()
    if newest is not None:
        record_step(actor, "took out of the archive", newest)
