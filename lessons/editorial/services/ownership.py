from django.db import transaction

from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import EditorialError, NotAllowed
from .locking import AnyIdentity


@transaction.atomic
def set_owner(*, actor: User, identity: AnyIdentity, owner: User | None) -> None:
    """Say who looks after an item; with None nobody does, and its reminders go to every reviewer.

    Raises NotAllowed, EditorialError for an owner who is not at the desk.
    """
    identity = type(identity)._default_manager.select_for_update().get(pk=identity.pk)
    if not rules.can_look_after(actor):
        raise NotAllowed("This is for editors and reviewers. Ask an operator to make you one.")
    if owner is not None and not rules.can_look_after(owner):
        raise EditorialError(f"{owner} is neither an editor nor a reviewer now. Choose somebody else.")
    before = identity.owner
    if before == owner:
        return
    identity.owner = owner
    identity.save(update_fields=["owner"])
    newest = identity.versions.order_by("-number").first()
    record(
        actor=actor,
        action="chose who looks after it",
        object_type=type(identity).__name__.lower(),
        object_id=identity.pk,
        object_label=newest.title if newest else identity.slug,
        reason=f"{owner or 'nobody'}, in place of {before or 'nobody'}",
    )
