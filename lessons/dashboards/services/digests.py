"""What teachers are told by e-mail, every day or every week, for those who asked for it.

Whoever is to be written to is taken in hand in one transaction and written to after its commit. A mail that fails lets
them go, so that the next run tries again; a run that dies holds them for an hour.
"""

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from lessons.teaching.enums import Digest
from lessons.teaching.models import NoticeSetting
from safeguarding.schools.models import Membership

from ..queries.notices import Notice, notices_of

HELD = datetime.timedelta(hours=1)
PEOPLE_AT_ONCE = 100
MOST_IN_A_MAIL = 40
# How far a digest looks ahead, and back for somebody who has never had one.
SPANS = {Digest.DAILY: datetime.timedelta(days=1), Digest.WEEKLY: datetime.timedelta(days=7)}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one person is told in one e-mail."""

    setting: NoticeSetting
    notices: list[Notice]


@dataclass(frozen=True)
class DigestsReport:
    sent: int
    failed: int


def send_digests(now: datetime.datetime) -> DigestsReport:
    """One e-mail a person and day, or week from Monday on, whatever number of times this runs; none without news.

    Must stand outside any transaction, because mail cannot be taken back. Four queries for each hundred people, and one
    for each e-mail.
    """
    sent = failed = 0
    for letters in _taken(now):
        for letter in letters:
            if _send(letter, now):
                sent += 1
            else:
                failed += 1
    return DigestsReport(sent, failed)


def count_digests(now: datetime.datetime) -> int:
    """How many e-mails a run would send now. Changes nothing."""
    count = last = 0
    while due := list(_due(now).filter(pk__gt=last)[:PEOPLE_AT_ONCE]):
        last = due[-1].pk
        count += sum(bool(letter.notices) for letter in _letters(due, now))
    return count


def _taken(now: datetime.datetime) -> Iterator[list[Letter]]:
    last = 0
    while True:
        with transaction.atomic(durable=True):
            # A run that overlaps waits here, and then finds what this one has taken.
            due = list(_due(now).filter(pk__gt=last).select_for_update(of=("self",))[:PEOPLE_AT_ONCE])
            if not due:
                return
            last = due[-1].pk
            letters = _letters(due, now)
            with_news = [letter for letter in letters if letter.notices]
            NoticeSetting.objects.filter(pk__in=[letter.setting.pk for letter in with_news]).update(taken_at=now)
            without = [letter.setting.pk for letter in letters if not letter.notices]
            NoticeSetting.objects.filter(pk__in=without).update(sent_at=now, taken_at=None)
        yield with_news


def _due(now: datetime.datetime) -> QuerySet[NoticeSetting]:
    today = timezone.localdate(now)
    monday = today - datetime.timedelta(days=today.weekday())
    return (
        NoticeSetting.objects.filter(
            Q(digest=Digest.DAILY) & (Q(sent_at=None) | Q(sent_at__lt=_midnight(today)))
            | Q(digest=Digest.WEEKLY) & (Q(sent_at=None) | Q(sent_at__lt=_midnight(monday))),
            Q(taken_at=None) | Q(taken_at__lte=now - HELD),
            user__is_active=True,
        )
        .select_related("user")
        .order_by("pk")
    )


def _letters(due: Sequence[NoticeSetting], now: datetime.datetime) -> list[Letter]:
    """What has come up since each was last told. A query for the memberships, and one for each kind of digest."""
    memberships = list(Membership.objects.active().filter(user__in=[setting.user_id for setting in due]))
    letters = []
    for digest, span in SPANS.items():
        people = {setting.user_id for setting in due if setting.digest == digest}
        found = notices_of([m for m in memberships if m.user_id in people], now, ahead=span) if people else {}
        for setting in due:
            if setting.digest == digest:
                since = setting.sent_at or now - span
                new = [notice for notice in found.get(setting.user_id, []) if notice.at > since]
                letters.append(Letter(setting, new))
    return letters


def _send(letter: Letter, now: datetime.datetime) -> bool:
    taken = NoticeSetting.objects.filter(pk=letter.setting.pk, taken_at=now)
    try:
        _message(letter).send()
    except (
        Exception
    ) as error:  # whatever the mail back end raises, which may name the person: the others are to be told
        logger.error("A digest could not be sent (%s). The next run tries again.", type(error).__name__)
        taken.update(taken_at=None)
        return False
    taken.update(sent_at=now, taken_at=None)
    return True


def _message(letter: Letter) -> EmailMessage:
    number = len(letter.notices)
    context = {
        "person": letter.setting.user,
        "notices": letter.notices[:MOST_IN_A_MAIL],
        "more": max(number - MOST_IN_A_MAIL, 0),
        "has_several_schools": len({notice.school_name for notice in letter.notices}) > 1,
        "rhythm": Digest(letter.setting.digest).label.split(",")[0].lower(),
        "site": settings.SITE_URL,
    }
    body = render_to_string("dashboards/email/digest.txt", context)
    subject = "1 notice about your lessons" if number == 1 else f"{number} notices about your lessons"
    return EmailMessage(subject, body, to=[letter.setting.user.email])


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
