"""What needs somebody's attention at the desk."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

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
    without_evidence: Listing
    recent: Listing
    scheduled: Scheduled
    unverified_services: int


def desk_home(user: User) -> DeskHome:
    """Nine queries, however many rows."""
    drafts = _drafts(user)
    overdue, due = _due()
    return DeskHome(
        drafts=_listing([row for row in drafts if not row.note]),
        returned=_listing([row for row in drafts if row.note]),
        waiting=_waiting(user),
        overdue=overdue,
        due=due,
        superseded=_superseded(),
        old_editions=_old_editions(),
        without_evidence=_without_evidence(),
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
    make: Callable[[Kind, QuerySet[Any]], QuerySet[Any, tuple[Any, ...]]], kinds: Iterable[Kind] = Kind
) -> QuerySet[Any, tuple[Any, ...]]:
    """Lessons and guides in one query: kind, address, number, title, then what `make` names."""
    first, *others = (
        make(
            kind,
            kind.version_model._default_manager.order_by().annotate(
                desk_kind=Value(kind.value, output_field=CharField()), desk_slug=F(f"{kind.word}__slug")
            ),
        )
        for kind in kinds
    )
    return first.union(*others, all=True)


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


def _due() -> tuple[Listing, Listing]:
    """What is overdue, and what is due soon, each with the oldest date first. One query."""

    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return (in_need(versions, Need.OVERDUE) | in_need(versions, Need.DUE)).values_list(*COLUMNS, "review_by")

    today = timezone.localdate()
    overdue: list[VersionRow] = []
    due: list[VersionRow] = []
    for kind, slug, number, title, review_by in _of_both(make).order_by("review_by", "title"):
        (overdue if review_by < today else due).append(VersionRow(Kind(kind), slug, number, title, review_by))
    return _listing(overdue, Need.OVERDUE), _listing(due, Need.DUE)


def _without_evidence() -> Listing:
    """What has been live for longest comes first."""

    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return in_need(versions, Need.NO_EVIDENCE).values_list(*COLUMNS, "live_from")

    found = _of_both(make).order_by("live_from", "title")
    return _listing((VersionRow(Kind(kind), *rest) for kind, *rest in found), Need.NO_EVIDENCE)


def _superseded() -> Listing:
    """A newer version takes an item off this list."""

    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        resting = in_need(versions, Need.SUPERSEDED)
        source = "findings__source__"
        return resting.values_list(*COLUMNS, f"{source}superseded_at", f"{source}title", f"{source}superseded_reason")

    found = _of_both(make).order_by("title", "-findings__source__superseded_at")
    rows = (
        VersionRow(Kind(kind), slug, number, title, at, note=f"“{source}” was superseded: {reason}")
        for kind, slug, number, title, at, source, reason in found
    )
    return _listing(rows, Need.SUPERSEDED)


def _old_editions() -> Listing:
    """A version that cites the newer edition instead takes a lesson off this list."""

    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        edition = "strands__edition__"
        return in_need(versions, Need.EDITION).values_list(*COLUMNS, f"{edition}framework__name", f"{edition}name")

    found = _of_both(make, [Kind.LESSONS]).order_by("title", "number", "strands__edition__name")
    rows = (
        VersionRow(Kind(kind), slug, number, title, note=f"“{edition_name(framework, name)}” has been superseded.")
        for kind, slug, number, title, framework, name in found
    )
    return _listing(rows, Need.EDITION)


def _recent() -> Listing:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return versions.filter(live_q()).values_list(*COLUMNS, "live_from")

    found = _of_both(make).order_by("-live_from", "title")[:RECENT]
    return _listing(VersionRow(Kind(kind), *rest) for kind, *rest in found)


def _scheduled() -> Scheduled:
    moments = [moment_of(row) for row in coming_moments()]
    return Scheduled(tuple(moments[:RECENT]), len(moments))
