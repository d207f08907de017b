"""Writes to those who asked when guidance goes live: at most once a day, and never twice of the same thing.

Whoever is to be written to is taken in hand in one transaction and written to after its commit. A mail that fails lets
them go, so that the next run tries again; a run that dies holds them for an hour.
"""

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..models import Subscription, SubscriptionQuerySet
from ..queries import GuideNews, guides_gone_live
from .letters import letter_of_news

HELD = datetime.timedelta(hours=1)
ADDRESSES_AT_ONCE = 100
# What is being published while a run looks has an earlier time than the run, and cannot be seen yet: it waits a day.
SETTLED = datetime.timedelta(minutes=5)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    subscription: Subscription
    news: list[GuideNews]


@dataclass(frozen=True)
class NewsReport:
    sent: int
    failed: int


def send_news(now: datetime.datetime) -> NewsReport:
    """One e-mail an address and day, whatever number of times this runs; none without news.

    Must stand outside any transaction, because mail cannot be taken back. For each hundred addresses four queries and
    one for each language; two for each e-mail.
    """
    sent = failed = 0
    for letters in _taken(now):
        for letter in letters:
            outcome = _send(letter, now)
            sent += outcome is True
            failed += outcome is False
    return NewsReport(sent, failed)


def count_news(now: datetime.datetime) -> int:
    """How many e-mails a run would send now. Changes nothing."""
    count = last = 0
    while due := list(_due(now).filter(pk__gt=last)[:ADDRESSES_AT_ONCE]):
        last = due[-1].pk
        count += sum(bool(letter.news) for letter in _letters(due, now))
    return count


def _taken(now: datetime.datetime) -> Iterator[list[Letter]]:
    last = 0
    while True:
        with transaction.atomic(durable=True):
            # A run that overlaps waits here, and then finds what this one has taken.
            due = list(_due(now).filter(pk__gt=last).select_for_update()[:ADDRESSES_AT_ONCE])
            if not due:
                return
            last = due[-1].pk
            letters = _letters(due, now)
            with_news = [letter for letter in letters if letter.news]
            _rows(with_news).update(taken_at=now)
            _rows([letter for letter in letters if not letter.news]).update(told_until=now - SETTLED, taken_at=None)
        yield with_news


def _rows(letters: Sequence[Letter]) -> SubscriptionQuerySet:
    return Subscription.objects.filter(pk__in=[letter.subscription.pk for letter in letters])


def _due(now: datetime.datetime) -> SubscriptionQuerySet:
    """Not told of anything today, and not in the hands of a run."""
    today = timezone.localdate(now - SETTLED)
    midnight = timezone.make_aware(datetime.datetime.combine(today, datetime.time.min))
    return (
        Subscription.objects.confirmed()
        .filter(Q(taken_at=None) | Q(taken_at__lte=now - HELD), told_until__lt=midnight)
        .prefetch_related("topics")
        .order_by("pk")
    )


def _letters(due: Sequence[Subscription], now: datetime.datetime) -> list[Letter]:
    """What has gone live since each was last told. One query a language, and one for the topics."""
    until = now - SETTLED
    since: dict[str, datetime.datetime] = {}
    for one in due:
        since[one.language] = min(since.get(one.language, until), one.told_until or until)
    found = {language: guides_gone_live(language, earliest, until) for language, earliest in since.items()}
    return [Letter(one, _of_interest(one, found[one.language])) for one in due]


def _of_interest(subscription: Subscription, news: Sequence[GuideNews]) -> list[GuideNews]:
    wanted = {topic.pk for topic in subscription.topics.all()}
    return [
        one
        for one in news
        if subscription.told_until is not None
        and one.changed_at > subscription.told_until
        and (not wanted or one.topic_id in wanted)
    ]


def _send(letter: Letter, now: datetime.datetime) -> bool | None:
    """None where the address has left since it was taken in hand."""
    taken = Subscription.objects.filter(pk=letter.subscription.pk, taken_at=now)
    if not taken.exists():
        return None
    try:
        letter_of_news(letter.subscription, letter.news).send()
    except Exception as error:  # whatever the mail back end raises, which may name the address: the others are told
        logger.error("News about guides could not be sent (%s). The next run tries again.", type(error).__name__)
        taken.update(taken_at=None)
        return False
    taken.update(told_until=now - SETTLED, taken_at=None)
    return True
