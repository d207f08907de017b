"""Where readers are led once a guide is retired. While something of it is live, nobody is led anywhere."""

from django.db import transaction

from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from ..errors import WrongSuccessor
from .locking import AnyIdentity, locked_item
from .review import require_reviewer


@transaction.atomic
def set_successor(*, actor: User, identity: AnyIdentity, successor: Guide | None) -> None:
    """With None a retired guide says that it is gone. Raises NotAllowed, WrongSuccessor."""
    require_reviewer(actor)
    identity = locked_item(identity)
    if not isinstance(identity, Guide):
        raise WrongSuccessor("A lesson leads nowhere once it is retired: only guides do.")
    before = identity.successor
    if successor == before:
        return
    if successor is not None:
        _require_fitting(identity, successor)
    identity.successor = successor
    identity.save(update_fields=["successor"])
    newest = identity.versions.order_by("-number").first()
    record(
        actor=actor,
        action="chose where its readers are led",
        object_type="guide",
        object_id=identity.pk,
        object_label=newest.title if newest else identity.slug,
        reason=f"{successor or 'nowhere'}, in place of {before or 'nowhere'}",
    )


def _require_fitting(guide: Guide, successor: Guide) -> None:
    if successor.pk in (guide.pk, guide.translation_of_id) or successor.translation_of_id == guide.pk:
        raise WrongSuccessor("A guide cannot lead to itself. Choose another one, or none.")
    if (guide.kind == GuideKind.STAFF) != (successor.kind == GuideKind.STAFF):
        raise WrongSuccessor(
            "It is for other readers: parents are led to guides for parents, staff to those for staff."
        )
    if successor.live_version is None:
        raise WrongSuccessor("Nothing of that guide is live, so nobody could read it. Choose another one, or none.")
