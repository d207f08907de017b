"""The library as a table: lessons and guides together, whatever their status."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from lessons.library.enums import State
from lessons.library.live import state_case
from lessons.library.models import Guide, GuideVersion, Lesson, LessonVersion
from safeguarding.accounts.models import User
from safeguarding.core.languages import language_of

from ..enums import Kind
from .needs import DUE, Need, in_need

PER_PAGE = 50
ARCHIVED = "archived"
STATUS_BADGES: dict[str, str] = {
    State.DRAFT: "",
    State.IN_REVIEW: "info",
    State.RETURNED: "care",
    State.APPROVED: "info",
    State.SCHEDULED: "info",
    State.LIVE: "good",
    State.RETIRED: "stop",
    State.WITHDRAWN: "stop",
}


@dataclass(frozen=True)
class Filter:
    kind: str = ""
    status: str = ""  # a State, a Need, or ARCHIVED
    topic: str = ""
    words: str = ""
    owner: str = ""  # "me" or "nobody"
    language: str = ""  # its code


@dataclass(frozen=True)
class LibraryRow:
    kind: Kind
    today: datetime.date
    slug: str
    title: str
    status: str
    number: int
    live_number: int | None
    review_by: datetime.date | None
    band: str
    age_from: int
    age_to: int
    topic: str | None
    language: str

    @property
    def language_name(self) -> str:
        return language_of(self.language).english

    @property
    def status_label(self) -> str:
        return State(self.status).label

    @property
    def badge(self) -> str:
        return STATUS_BADGES[self.status]

    @property
    def ages(self) -> str:
        return self.band or f"{self.age_from}–{self.age_to}"

    @property
    def is_due(self) -> bool:
        return self.review_by is not None and self.review_by <= self.today + DUE

    @property
    def is_overdue(self) -> bool:
        return self.review_by is not None and self.review_by < self.today


def library_page(user: User, chosen: Filter, number: str | None) -> Page[LibraryRow]:
    """Fifty a page, by title. Two queries."""
    page: Page[Any] = Paginator(_rows_of_both(user, chosen), PER_PAGE).get_page(number)
    today = timezone.localdate()
    page.object_list = [_row(values, today) for values in page.object_list]
    return page


def library_rows(user: User, chosen: Filter) -> tuple[LibraryRow, ...]:
    """All of them, by title. One query."""
    today = timezone.localdate()
    return tuple(_row(values, today) for values in _rows_of_both(user, chosen))


def _rows_of_both(user: User, chosen: Filter) -> QuerySet[Any, tuple[Any, ...]]:
    rows = _rows(user, Kind.LESSONS, chosen)
    if chosen.kind == Kind.GUIDES:
        rows = _rows(user, Kind.GUIDES, chosen)
    elif not chosen.kind:
        rows = rows.union(_rows(user, Kind.GUIDES, chosen), all=True)
    return rows.order_by("desk_title", "slug")


def _row(values: Sequence[Any], today: datetime.date) -> LibraryRow:
    kind, *rest = values
    return LibraryRow(Kind(kind), today, *rest)


def _rows(user: User, kind: Kind, chosen: Filter) -> QuerySet[Any, tuple[Any, ...]]:
    if kind is Kind.LESSONS:
        newest: QuerySet[Any] = LessonVersion.objects.filter(lesson=OuterRef("pk")).order_by("-number")
        items: QuerySet[Any] = Lesson.objects.annotate(
            ages_from=F("band__age_from"), ages_to=F("band__age_to"), band_name=F("band__name")
        )
    else:
        newest = GuideVersion.objects.filter(guide=OuterRef("pk")).order_by("-number")
        items = Guide.objects.annotate(
            ages_from=F("age_from"), ages_to=F("age_to"), band_name=Value("", output_field=CharField())
        )
    items = items.order_by().annotate(
        desk_kind=Value(kind.value, output_field=CharField()),
        desk_title=Subquery(newest.values("title")[:1]),
        desk_status=Subquery(newest.annotate(now=state_case()).values("now")[:1]),
        desk_number=Subquery(newest.values("number")[:1], output_field=IntegerField()),
        live_number=F("live_version__number"),
        live_review_by=F("live_version__review_by"),
        topic_name=F("topic__name"),
    )
    return _filtered(user, items, chosen).values_list(
        "desk_kind",
        "slug",
        "desk_title",
        "desk_status",
        "desk_number",
        "live_number",
        "live_review_by",
        "band_name",
        "ages_from",
        "ages_to",
        "topic_name",
        "language",
    )


def _filtered(user: User, items: QuerySet[Any], chosen: Filter) -> QuerySet[Any]:
    items = items.filter(desk_number__isnull=False)
    if chosen.status in set(Need):
        versions: Any = items.model._meta.get_field("versions").related_model
        items = items.filter(live_version__in=in_need(versions.objects, Need(chosen.status)))
    elif chosen.status == ARCHIVED:
        items = items.filter(archived_at__isnull=False)
    elif chosen.status == State.LIVE:
        items = items.filter(live_version__isnull=False)
    elif chosen.status:
        items = items.filter(desk_status=chosen.status)
    if chosen.language:
        items = items.filter(language=chosen.language)
    if chosen.topic:
        items = items.filter(topic__slug=chosen.topic)
    if chosen.owner == "me":
        items = items.filter(owner=user)
    elif chosen.owner == "nobody":
        items = items.filter(owner__isnull=True)
    for word in chosen.words.split()[:8]:
        items = items.filter(Q(desk_title__icontains=word) | Q(slug__icontains=word) | Q(topic__name__icontains=word))
    return items
