"""What a teacher says about their notices: that they have read them, and how often to be written to."""

import datetime

from django.db import transaction
from django.utils import timezone

from safeguarding.accounts.models import User

from ..enums import Digest
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
    if kept.digest == Digest.OFF and digest != Digest.OFF:
        # What came up before they asked to be told stands on the page of notices.
        kept.sent_at = timezone.now()
    kept.digest = digest
    kept.save(update_fields=["digest", "sent_at"])


def _locked(actor: User) -> NoticeSetting:
    return NoticeSetting.objects.select_for_update().get_or_create(user=actor)[0]
