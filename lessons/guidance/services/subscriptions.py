"""Being told by e-mail: asked for by anybody, confirmed and left by whoever reads the mail of that address.

Each asking is a row of its own, which waits for two days; so the rows say how often an address was written to. Nothing
of a row shows whether its address was on the list before: only the mail does.
"""

import datetime
import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from lessons.library.models import Topic

from ..models import Subscription
from .letters import letter_to_change, letter_to_confirm

ONE_MAIL_IN = datetime.timedelta(hours=1)
MOST_ASKED_IN_AN_HOUR = 60
# Any number, but always the same: those who ask at once wait for one another, so that no two count the same rows.
LOCK = 6_170_318
logger = logging.getLogger(__name__)


class SubscriptionError(Exception):
    """Nothing was changed, for the reason that the class names."""


class TooManyAsk(SubscriptionError):
    """This hour, of all addresses together."""


class MailFailed(SubscriptionError):
    """The mail to confirm could not be sent, so nothing is kept."""


class NoSuchKey(SubscriptionError):
    """It was never given out, was used, or is older than two days."""


def ask_to_be_told(*, email: str, topics: Iterable[Topic], language: str) -> None:
    """Writes to the address, at most once an hour, whether it is on the list or not. Raises TooManyAsk, MailFailed.

    Must stand outside any transaction, because mail cannot be taken back.
    """
    with transaction.atomic(durable=True):
        _one_at_a_time()
        forget_unconfirmed()
        this_hour = Subscription.objects.filter(asked_at__gt=timezone.now() - ONE_MAIL_IN)
        if this_hour.count() >= MOST_ASKED_IN_AN_HOUR:
            raise TooManyAsk
        if this_hour.of_address(email).exists():
            return
        asked = Subscription.objects.create(email=email, language=language)
        asked.topics.set(topics)
        known = Subscription.objects.confirmed().of_address(email).first()
        letter = letter_to_change(asked, known, _differ(asked, known)) if known else letter_to_confirm(asked)
    try:
        letter.send()
    except Exception as error:  # whatever the mail back end raises, which may name the address
        logger.error("A mail to confirm a subscription could not be sent (%s).", type(error).__name__)
        asked.delete()
        raise MailFailed from error


def confirm_subscription(*, key: str) -> Subscription:
    """The one that the address has from now on; one that was confirmed before stays as it is. Raises NoSuchKey.

    Where the address is on the list already, its topics and language become those that were asked for.
    """
    with transaction.atomic():
        rows = _locked_with(key)
        asked = next((row for row in rows if row.key == key), None)
        if asked is None:
            raise NoSuchKey
        if asked.confirmed_at is not None:
            return asked
        known = next((row for row in rows if row.confirmed_at is not None), None)
        if known is None:
            known = asked
            known.confirmed_at = known.told_until = timezone.now()
        else:
            known.language = asked.language
            known.topics.set(asked.topics.all())
        Subscription.objects.filter(pk__in=[row.pk for row in rows if row != known]).delete()
        known.save()
    return known


def leave_list(*, key: str) -> None:
    """Deletes the address and all that was asked for with it. Where it is gone already, that is as good."""
    with transaction.atomic():
        Subscription.objects.filter(pk__in=[row.pk for row in _locked_with(key)]).delete()


def forget_unconfirmed() -> int:
    """How many askings were forgotten, two days after nobody confirmed them."""
    _, rows = Subscription.objects.never_confirmed().delete()
    return rows.get(Subscription._meta.label, 0)


def _locked_with(key: str) -> list[Subscription]:
    """All rows of the address that has this key: confirmed, or asked for in the last two days."""
    live = Subscription.objects.confirmed() | Subscription.objects.waiting()
    email = live.filter(key=key).values_list("email", flat=True).first()
    if email is None:
        return []
    return list(live.of_address(email).select_for_update().order_by("pk"))


def _differ(asked: Subscription, known: Subscription) -> bool:
    return asked.language != known.language or set(asked.topics.all()) != set(known.topics.all())


def _one_at_a_time() -> None:
    """Until the end of the transaction. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
