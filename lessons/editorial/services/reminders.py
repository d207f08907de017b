"""Reminders that a review is due, by e-mail. Nothing is ever unpublished here.

A reminder is written before it is sent: rows are taken in hand in one transaction and sent after its commit. A mail
that fails lets its rows go, so that the next run sends them; a run that dies holds them for an hour.
"""

import datetime
import logging
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from safeguarding.accounts.models import User

from ..enums import Kind
from ..models import Reminder
from ..queries.people import desk_people
from ..queries.reminders import STAGES_DAYS, DueItem, due_items

HELD = datetime.timedelta(hours=1)
logger = logging.getLogger(__name__)


@dataclass
class Digest:
    """What one person is told in one e-mail."""

    person: User
    items: list[DueItem] = field(default_factory=list)
    rows: list[Reminder] = field(default_factory=list)


@dataclass(frozen=True)
class RemindersReport:
    sent: int
    failed: int
    untold: int  # items of which nobody can be told


def send_reminders(on: datetime.date) -> RemindersReport:
    """One e-mail a person at most; each stage of a live version once, whatever number of times this runs.

    Must stand outside any transaction, because mail cannot be taken back.
    """
    with transaction.atomic(durable=True):
        digests, untold = _take(on)
    sent = sum(_send(digest) for digest in digests)
    return RemindersReport(sent, len(digests) - sent, untold)


def _take(on: datetime.date) -> tuple[list[Digest], int]:
    """Write what is to be sent, and take it in hand."""
    _lock(on)
    items = due_items(on)
    now = timezone.now()
    reviewers = [person for person in desk_people() if person.is_reviewer]
    written = _written(items)
    digests: dict[int, Digest] = {}
    new, again, gone = [], [], []
    untold = 0
    for item in items:
        people = {person.pk: person for person in ([item.owner] if item.owner else reviewers)}
        untold += not people
        told = False
        rows = []
        for row in written[item.kind, item.version_id]:
            has_come = row.stage_days <= item.stage_days
            if row.sent_at or (row.taken_at and row.taken_at > now - HELD):
                told = told or has_come
            elif has_come and row.person_id in people:
                rows.append(row)
            else:  # a later stage has come, or somebody else looks after it now
                gone.append(row.pk)
        again += rows
        if not told and not rows:
            rows = [_row(item, person) for person in people.values()]
            new += rows
        for row in rows:
            person = people[row.person_id or 0]
            digest = digests.setdefault(person.pk, Digest(person))
            digest.items.append(item)
            digest.rows.append(row)
    Reminder.objects.filter(pk__in=gone).delete()
    Reminder.objects.filter(pk__in=[row.pk for row in again]).update(taken_at=now)
    for row in new:
        row.taken_at = now
    Reminder.objects.bulk_create(new)
    return list(digests.values()), untold


def _lock(on: datetime.date) -> None:
    """A run that overlaps waits here, and then finds what this one has written."""
    latest = on + datetime.timedelta(days=STAGES_DAYS[-1])
    for kind in Kind:
        versions = kind.version_model._default_manager.filter(review_by__lte=latest)
        items = kind.identity_model._default_manager.filter(live_version__in=versions.values("pk"))
        list(items.order_by("pk").select_for_update().values_list("pk"))


def _written(items: list[DueItem]) -> dict[tuple[Kind, int], list[Reminder]]:
    ids = {kind: [item.version_id for item in items if item.kind is kind] for kind in Kind}
    found = defaultdict(list)
    for row in Reminder.objects.filter(
        Q(lesson_version__in=ids[Kind.LESSONS]) | Q(guide_version__in=ids[Kind.GUIDES])
    ).order_by("pk"):
        kind = Kind.LESSONS if row.lesson_version_id else Kind.GUIDES
        found[kind, row.lesson_version_id or row.guide_version_id or 0].append(row)
    return found


def _row(item: DueItem, person: User) -> Reminder:
    row = Reminder(stage_days=item.stage_days, person=person)
    if item.kind is Kind.LESSONS:
        row.lesson_version_id = item.version_id
    else:
        row.guide_version_id = item.version_id
    return row


def _send(digest: Digest) -> bool:
    rows = Reminder.objects.filter(pk__in=[row.pk for row in digest.rows])
    try:
        _message(digest).send()
    except (
        Exception
    ) as error:  # whatever the mail back end raises, which may name the person: the others are to be told
        logger.error("A reminder could not be sent (%s). The next run tries again.", type(error).__name__)
        rows.update(taken_at=None)
        return False
    rows.update(sent_at=timezone.now(), taken_at=None)
    return True


def _message(digest: Digest) -> EmailMessage:
    things = "1 lesson or guide is" if len(digest.items) == 1 else f"{len(digest.items)} lessons and guides are"
    context = {
        "person": digest.person,
        "mine": [item for item in digest.items if item.owner],
        "nobodys": [item for item in digest.items if not item.owner],
        "site": settings.SITE_URL,
    }
    body = render_to_string("editorial/email/reminders.txt", context)
    return EmailMessage(f"{things} due to be reviewed", body, to=[digest.person.email])
