"""What goes live and what is retired, when, and who planned it."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, CharField, Exists, F, OuterRef, QuerySet, Value
from django.utils import timezone

from lessons.library.live import CurrentMoment
from lessons.library.store import AnyVersion
from safeguarding.audit.models import AuditEntry

from ..enums import Kind, Planning

PER_PAGE = 50
SHOWN_A_DAY = 5


@dataclass(frozen=True)
class Moment:
    """One thing that happens to a version. `who` planned it; empty where nobody asked for the name."""

    kind: Kind
    slug: str
    number: int
    title: str
    item_id: int
    at: datetime.datetime
    goes_live: bool
    who: str = ""

    @property
    def what(self) -> str:
        if self.at > timezone.now():
            return "goes live" if self.goes_live else "is retired"
        return "went live" if self.goes_live else "was retired"


@dataclass(frozen=True)
class Day:
    on: datetime.date
    is_of_month: bool
    is_today: bool
    moments: tuple[Moment, ...]

    @property
    def shown(self) -> tuple[Moment, ...]:
        """A day on which a whole library goes live must not push the other weeks out of sight."""
        return self.moments[:SHOWN_A_DAY]

    @property
    def others(self) -> tuple[Moment, ...]:
        return self.moments[SHOWN_A_DAY:]


@dataclass(frozen=True)
class Month:
    first: datetime.date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def is_empty(self) -> bool:
        return not any(day.moments for week in self.weeks for day in week)

    @property
    def previous(self) -> datetime.date:
        return (self.first - datetime.timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> datetime.date:
        return (self.first + datetime.timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class Plan:
    """What is to happen to one item: `number` goes live then, or what is live ends."""

    number: int
    goes_live_at: datetime.datetime | None
    ends_at: datetime.datetime | None

    @property
    def zone(self) -> str:
        return timezone.get_current_timezone_name()


def plan_of(versions: Iterable[AnyVersion]) -> Plan | None:
    """Of all versions of an item, as they were fetched. No query."""
    now = timezone.now()
    coming = [version for version in versions if version.live_from and version.live_from > now]
    ending = [version for version in versions if version.live_until and version.live_until > now]
    if coming:
        return Plan(coming[0].number, coming[0].live_from, coming[0].live_until)
    return Plan(ending[0].number, None, ending[0].live_until) if ending else None


def coming_page(number: str | None) -> Page[Moment]:
    """All that is planned, the next first, fifty a page. Three queries."""
    found: Page[Any] = Paginator(coming_moments(), PER_PAGE).get_page(number)
    found.object_list = with_planners([moment_of(row) for row in found.object_list])
    return found


def coming_moments() -> QuerySet[Any, tuple[Any, ...]]:
    return _moments({"gt": CurrentMoment()})


def moment_of(row: tuple[Any, ...]) -> Moment:
    kind, slug, number, title, item_id, at, goes_live = row
    return Moment(Kind(kind), slug, number, title, item_id, at, bool(goes_live))


def with_planners(moments: Iterable[Moment]) -> list[Moment]:
    """Says who planned each, from the audit: an item has one plan at a time. One query."""
    moments = list(moments)
    entries = AuditEntry.objects.filter(
        action__in=[Planning.BEGINNING, Planning.END], object_id__in={moment.item_id for moment in moments}
    )
    named = entries.order_by("pk").values_list("object_type", "object_id", "actor_name")
    people = {(of, pk): who for of, pk, who in named}
    return [replace(moment, who=people.get((moment.kind.word, moment.item_id), "")) for moment in moments]


def month_of(first: datetime.date) -> Month:
    """What happened and what is to happen in the month that begins then, in weeks from Monday. One query."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begins, ends = (_midnight(day) for day in (weeks[0][0], weeks[-1][-1] + datetime.timedelta(days=1)))
    by_day: dict[datetime.date, list[Moment]] = {}
    for row in _moments({"gte": begins, "lt": ends}):
        moment = moment_of(row)
        by_day.setdefault(timezone.localdate(moment.at), []).append(moment)
    today = timezone.localdate()
    return Month(
        first,
        tuple(
            tuple(Day(day, day.month == first.month, day == today, tuple(by_day.get(day, ()))) for day in week)
            for week in weeks
        ),
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _moments(limits: dict[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
    """By time: kind, address, number, title, item, time, whether it goes live then."""
    first, *others = (_of(kind, time, limits) for kind in Kind for time in ("live_from", "live_until"))
    return first.union(*others, all=True).order_by("moment", "title", "number")


def _of(kind: Kind, time: str, limits: dict[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
    versions = kind.version_model._default_manager
    found = versions.order_by().filter(**{f"{time}__{name}": limit for name, limit in limits.items()})
    if time == "live_until":
        # Where another version takes its place, that one's beginning is told and not this one's end.
        found = found.exclude(Exists(versions.filter(**{kind.word: OuterRef(kind.word)}, live_from=OuterRef(time))))
    return found.annotate(
        desk_kind=Value(kind.value, output_field=CharField()),
        desk_slug=F(f"{kind.word}__slug"),
        moment=F(time),
        goes_live=Value(time == "live_from", output_field=BooleanField()),
    ).values_list("desk_kind", "desk_slug", "number", "title", f"{kind.word}_id", "moment", "goes_live")
