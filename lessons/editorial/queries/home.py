"""What needs somebody's attention at the desk."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from lessons.library.enums import State, Status
from lessons.library.live import live_q
from lessons.library.models import HelpService
from lessons.library.queries.lesson_page import edition_name
from safeguarding.accounts.models import User

from ..actions import OWN_WRITING
from ..enums import Kind
from .needs import Need, in_need
from .schedule import Moment, coming_moments, moment_of

MOST_SHOWN = 20
RECENT = 8


@dataclass(frozen=True)
class VersionRow:
    kind: Kind
    slug: str
    number: int
    title: str
    at: datetime.datetime | datetime.date | None = None
    who: str = ""
    note: str = ""  # the reason of a return, or what is new
    status: str = ""
    why_not: str = ""  # why this reader may not approve it

    @property
    def status_label(self) -> str:
        return State(self.status).label if self.status else ""


@dataclass(frozen=True)
class Listing:
    rows: tuple[VersionRow, ...]
    count: int
    need: str = ""  # the filter with which the library shows all of them

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Scheduled:
    moments: tuple[Moment, ...]
    count: int


@dataclass(frozen=True)
class DeskHome:
    drafts: Listing
    returned: Listing
    waiting: Listing
    overdue: Listing
    due: Listing
    superseded: Listing
    old_editions: Listing
    flagged: Listing
    without_evidence: Listing
    translations: Listing
    recent: Listing
    scheduled: Scheduled
    unverified_services: int


def desk_home(user: User) -> DeskHome:
    """Six queries, however many rows."""
    needs = _in_need()
    drafts = _drafts(user)
    return DeskHome(
        drafts=_listing([row for row in drafts if not row.note]),
        returned=_listing([row for row in drafts if row.note]),
        waiting=_waiting(user),
        overdue=needs[Need.OVERDUE],
        due=needs[Need.DUE],
        superseded=needs[Need.SUPERSEDED],
        old_editions=needs[Need.EDITION],
        flagged=needs[Need.GLOSSARY],
        without_evidence=needs[Need.NO_EVIDENCE],
        translations=needs[Need.TRANSLATION],
        recent=_recent(),
        scheduled=_scheduled(),
        unverified_services=HelpService.objects.to_be_verified().count(),
    )


def _listing(rows: Iterable[VersionRow], need: str = "") -> Listing:
    """Each item once, with all that is to be said of it."""
    items: dict[tuple[Kind, str, int], VersionRow] = {}
    for row in rows:
        key = (row.kind, row.slug, row.number)
        items[key] = replace(row, note=f"{items[key].note} {row.note}") if key in items else row
    return Listing(tuple(items.values())[:MOST_SHOWN], len(items), need)


def _of_both(
    make: Callable[[Kind, QuerySet[Any]], QuerySet[Any, tuple[Any, ...]]],
) -> QuerySet[Any, tuple[Any, ...]]:
    """Lessons and guides in one query: kind, address, number, title, then what `make` names."""
    first, *others = (make(kind, _versions(kind)) for kind in Kind)
    return first.union(*others, all=True)


def _versions(kind: Kind) -> QuerySet[Any]:
    return kind.version_model._default_manager.order_by().annotate(
        desk_kind=Value(kind.value, output_field=CharField()), desk_slug=F(f"{kind.word}__slug")
    )


COLUMNS = ("desk_kind", "desk_slug", "number", "title")


def _written_by(user: User, kind: Kind) -> Q:
    edited = kind.version_model._default_manager.filter(contributors=user)
    return Q(author=user) | Q(submitted_by=user) | Q(pk__in=edited.values("pk"))


def _drafts(user: User) -> list[VersionRow]:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        before = kind.version_model._default_manager.filter(
            **{kind.word: OuterRef(kind.word)}, number=OuterRef("number") - 1, status=Status.RETURNED
        )
        return (
            versions.filter(_written_by(user, kind), status=Status.DRAFT)
            .annotate(reason=Subquery(before.values("return_reason")[:1]))
            .values_list(*COLUMNS, "edited_at", "edited_by__name", "reason")
        )

    return [
        VersionRow(Kind(kind), slug, number, title, at, who or "", reason or "")
        for kind, slug, number, title, at, who, reason in _of_both(make).order_by("-edited_at")
    ]


def _waiting(user: User) -> Listing:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return (
            versions.filter(status__in=[Status.IN_REVIEW, Status.APPROVED], live_from__isnull=True)
            .annotate(
                is_mine=Case(
                    When(_written_by(user, kind), then=Value(True)), default=Value(False), output_field=BooleanField()
                )
            )
            .values_list(*COLUMNS, "submitted_at", "submitted_by__name", "change_note", "status", "is_mine")
        )

    return _listing(
        [
            VersionRow(
                Kind(kind),
                slug,
                number,
                title,
                at,
                who or "",
                note,
                status,
                OWN_WRITING if is_mine and status == Status.IN_REVIEW else "",
            )
            for kind, slug, number, title, at, who, note, status, is_mine in _of_both(make).order_by("submitted_at")
        ]
    )


@dataclass(frozen=True)
class Told:
    """What is said of each item in need: a day or a moment, and up to three texts."""

    day: str = ""
    moment: str = ""
    texts: tuple[str, ...] = ()
    note: Callable[..., str] = str
    kinds: tuple[Kind, ...] = tuple(Kind)


TOLD: dict[Need, Told] = {
    Need.OVERDUE: Told(day="review_by"),
    Need.DUE: Told(day="review_by"),
    Need.SUPERSEDED: Told(
        moment="findings__source__superseded_at",
        texts=("findings__source__title", "findings__source__superseded_reason"),
        note=lambda source, reason: f"“{source}” was superseded: {reason}",
    ),
    Need.EDITION: Told(
        texts=("strands__edition__framework__name", "strands__edition__name"),
        note=lambda framework, name: f"“{edition_name(framework, name)}” has been superseded.",
        kinds=(Kind.LESSONS,),
    ),
    Need.GLOSSARY: Told(
        moment="flags__since",
        texts=("flags__term__term", "flags__term__instead"),
        note=lambda term, instead: f"“{term}”: write “{instead}”." if instead else f"“{term}”.",
    ),
    Need.NO_EVIDENCE: Told(moment="live_from"),
    Need.TRANSLATION: Told(moment="live_from"),
}


def _in_need() -> dict[Need, Listing]:
    """What is live and waits, for each reason; the oldest first. A newer version takes an item off. One query."""
    first, *others = (_of_need(need, kind) for need, told in TOLD.items() for kind in told.kinds)
    found: dict[Need, list[VersionRow]] = {need: [] for need in TOLD}
    for kind, slug, number, title, name, day, moment, *texts in first.union(*others, all=True):
        need = Need(name)
        told = TOLD[need]
        note = told.note(*texts[: len(told.texts)]) if told.texts else ""
        found[need].append(VersionRow(Kind(kind), slug, number, title, day or moment, note=note))
    return {need: _listing(sorted(rows, key=_oldest_first), need) for need, rows in found.items()}


def _oldest_first(row: VersionRow) -> tuple[str, str, str]:
    return (row.at.isoformat() if row.at else "", row.title, row.note)


def _of_need(need: Need, kind: Kind) -> QuerySet[Any, tuple[Any, ...]]:
    told = TOLD[need]
    empty = Value("", output_field=TextField())
    columns: dict[str, Any] = {
        "desk_need": Value(need.value, output_field=TextField()),
        # An empty column says its type, so that PostgreSQL can put the others beneath it.
        "desk_day": F(told.day) if told.day else Cast(Value(None), DateField()),
        "desk_moment": F(told.moment) if told.moment else Cast(Value(None), DateTimeField()),
    }
    for place in range(2):
        columns[f"desk_text_{place}"] = F(told.texts[place]) if place < len(told.texts) else empty
    waiting = in_need(_versions(kind), need).annotate(**columns)
    return waiting.values_list(*COLUMNS, *columns)


def _recent() -> Listing:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return versions.filter(live_q()).values_list(*COLUMNS, "live_from")

    found = _of_both(make).order_by("-live_from", "title")[:RECENT]
    return _listing(VersionRow(Kind(kind), *rest) for kind, *rest in found)


def _scheduled() -> Scheduled:
    moments = [moment_of(row) for row in coming_moments()]
    return Scheduled(tuple(moments[:RECENT]), len(moments))
