"""The audit, to be read: the page and the file ask for the same entries."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from .models import AuditEntry

PER_PAGE = 50
MOST_WORDS = 8
FIELDS = (
    "at",
    "actor_id",
    "actor_name",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "version_number",
    "reason",
)


@dataclass(frozen=True)
class Asked:
    """Which entries; what is empty asks for all."""

    words: str = ""  # each stands in the name of the person or the item, or in the reason
    action: str = ""
    kind: str = ""
    item: str = ""  # a kind and a number, as in lesson-12
    since: datetime.date | None = None  # both days are meant in full, in the time zone of the site
    until: datetime.date | None = None


@dataclass(frozen=True)
class Entry:
    at: datetime.datetime
    actor_id: int | None  # None for a command
    actor_name: str
    action: str
    kind: str
    item_id: int
    item: str
    version_number: int | None
    reason: str


@dataclass(frozen=True)
class Recorded:
    """What there is to choose from."""

    actions: tuple[str, ...]
    kinds: tuple[str, ...]


def recorded() -> Recorded:
    """One query."""
    pairs = list(AuditEntry.objects.order_by().values_list("action", "object_type").distinct())
    return Recorded(tuple(sorted({action for action, _ in pairs})), tuple(sorted({kind for _, kind in pairs})))


def entry_page(asked: Asked, number: str | None) -> Page[Entry]:
    """Fifty a page, the newest first. Two queries."""
    page: Page[Any] = Paginator(_asked_for(asked), PER_PAGE).get_page(number)
    page.object_list = [Entry(*values) for values in page.object_list]
    return page


def all_entries(asked: Asked) -> Iterator[Entry]:
    """The newest first, read bit by bit. One query."""
    return (Entry(*values) for values in _asked_for(asked).iterator())


def _asked_for(asked: Asked) -> QuerySet[AuditEntry, tuple[Any, ...]]:
    entries = AuditEntry.objects.order_by("-at", "-pk")
    for word in asked.words.split()[:MOST_WORDS]:
        entries = entries.filter(
            Q(actor_name__icontains=word) | Q(object_label__icontains=word) | Q(reason__icontains=word)
        )
    if asked.action:
        entries = entries.filter(action=asked.action)
    if asked.kind:
        entries = entries.filter(object_type=asked.kind)
    if asked.item:
        kind, _, number = asked.item.rpartition("-")
        entries = entries.filter(object_type=kind, object_id=int(number))
    if asked.since:
        entries = entries.filter(at__gte=_midnight(asked.since))
    if asked.until:
        entries = entries.filter(at__lt=_midnight(asked.until + datetime.timedelta(days=1)))
    return entries.values_list(*FIELDS)


def _midnight(day: datetime.date) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(day, datetime.time.min))
