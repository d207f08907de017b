"""What needs somebody's attention at the desk."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from lessons.library.enums import Status
from lessons.library.models import HelpService
from safeguarding.accounts.models import User

from ..actions import OWN_WRITING
from ..enums import Kind
from .library import DUE

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
        return Status(self.status).label if self.status else ""


@dataclass(frozen=True)
class Listing:
    rows: tuple[VersionRow, ...]
    has_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class DeskHome:
    drafts: Listing
    returned: Listing
    waiting: Listing
    due: Listing
    superseded: Listing
    recent: Listing
    unverified_services: int


def desk_home(user: User) -> DeskHome:
    """Six queries, however many rows."""
    drafts = _drafts(user)
    return DeskHome(
        drafts=_listing([row for row in drafts if not row.note]),
        returned=_listing([row for row in drafts if row.note]),
        waiting=_waiting(user),
        due=_due(),
        superseded=_superseded(),
        recent=_recent(),
        unverified_services=HelpService.objects.to_be_verified().count(),
    )


def _listing(rows: list[VersionRow]) -> Listing:
    return Listing(tuple(rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN)


def _of_both(make: Callable[[Kind, QuerySet[Any]], QuerySet[Any, tuple[Any, ...]]]) -> QuerySet[Any, tuple[Any, ...]]:
    """Lessons and guides in one query: kind, address, number, title, then what `make` names."""
    lessons, guides = (
        make(
            kind,
            kind.version_model._default_manager.order_by().annotate(
                desk_kind=Value(kind.value, output_field=CharField()), desk_slug=F(f"{kind.word}__slug")
            ),
        )
        for kind in Kind
    )
    return lessons.union(guides, all=True)


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
            versions.filter(status__in=[Status.IN_REVIEW, Status.APPROVED])
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
            for kind, slug, number, title, at, who, note, status, is_mine in _of_both(make).order_by("submitted_at")[
                : MOST_SHOWN + 1
            ]
        ]
    )


def _due() -> Listing:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        due = versions.filter(status=Status.LIVE, review_by__lte=timezone.localdate() + DUE)
        return due.values_list(*COLUMNS, "review_by")

    found = _of_both(make).order_by("review_by", "title")[: MOST_SHOWN + 1]
    return _listing([VersionRow(Kind(kind), *rest) for kind, *rest in found])


def _superseded() -> Listing:
    """A newer version takes an item off this list."""

    def make(kind: Kind, versions: Any) -> QuerySet[Any, tuple[Any, ...]]:
        resting = versions.on_superseded_sources()
        source = "findings__source__"
        return resting.values_list(*COLUMNS, f"{source}superseded_at", f"{source}title", f"{source}superseded_reason")

    rows: dict[tuple[str, str], VersionRow] = {}
    for kind, slug, number, title, at, source, reason in _of_both(make).order_by(
        "title", "-findings__source__superseded_at"
    ):
        note = f"“{source}” was superseded: {reason}"
        rows.setdefault((kind, slug), VersionRow(Kind(kind), slug, number, title, at, note=note))
    return _listing(list(rows.values()))


def _recent() -> Listing:
    def make(kind: Kind, versions: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
        return versions.filter(status=Status.LIVE).values_list(*COLUMNS, "published_at")

    found = _of_both(make).order_by("-published_at", "title")[:RECENT]
    return _listing([VersionRow(Kind(kind), *rest) for kind, *rest in found])
