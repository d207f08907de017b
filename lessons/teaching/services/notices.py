"""What a teacher says about their notices: that they have read them, and how often to be written to."""

import datetime

from django.db import transaction
from django.utils import timezone

from safeguarding.accounts.models import User

from ..models import NoticeSetting


@transaction.atomic
def mark_notices_read(*, actor: User, until: datetime.datetime) -> None:
    """Those up to the moment at which the page was made; a later mark is never taken back."""
    kept = _locked(actor)
    until = min(until, timezone.now())
    if kept.read_at is None or kept.read_at < until:
        kept.read_at = until
        kept.save(update_fields=["read_at"])


@transaction.atomic
def change_digest(*, actor: User, digest: str) -> None:
    kept = _locked(actor)
    kept.digest = digest
    kept.save(update_fields=["digest"])


def _locked(actor: User) -> NoticeSetting:
    return NoticeSetting.objects.select_for_update().get_or_create(user=actor)[0]
