from django.db import connection

from safeguarding.accounts.models import User

from .models import AuditEntry


def record(
    *,
    actor: User | None,
    action: str,
    object_type: str,
    object_id: int,
    object_label: str,
    version_number: int | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one entry, inside the transaction of the change that it tells of.

    Raises RuntimeError outside a transaction: an entry must never stand without its change, nor the change without it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Record an audit entry inside the transaction of the change.")
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_name=str(actor) if actor else "Starter library",
        action=action,
        object_type=object_type,
        object_id=object_id,
        object_label=object_label[:200],
        version_number=version_number,
        reason=reason,
    )
