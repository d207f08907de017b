"""The settings as the desk lists them."""

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.urls import reverse
from django.utils.formats import date_format

from lessons.library.models import HelpService, UnitLesson
from safeguarding.accounts.models import User
from safeguarding.audit.models import AuditEntry

from .. import rules
from ..setting_kinds import SETTINGS, Setting, SettingKind

PER_PAGE = 50
MOST_WORDS = 8
OLDEST = 120  # as far as a help service goes where it ends with nobody
ENTRIES_SHOWN = 10


@dataclass(frozen=True)
class Card:
    setting: Setting
    count: int
    note: str = ""

    @property
    def url(self) -> str:
        return list_url(self.setting)

    @property
    def counted(self) -> str:
        return f"{self.count} {self.setting.word}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True)
class Asked:
    """Which of them; what is empty asks for all."""

    words: str = ""
    of: str = ""  # the number of what they belong to
    country: str = ""
    only: str = ""  # "unverified" services, "superseded" sources, or a class of the glossary


@dataclass(frozen=True)
class Line:
    pk: int
    name: str
    cells: tuple[str, ...]
    badge: str = ""
    badge_kind: str = ""
    can_verify: bool = False


@dataclass(frozen=True)
class Shown:
    """How a kind is listed: `cells` are what stands under `headings`, after the name."""

    headings: tuple[str, ...]
    cells: Callable[[Any], Sequence[object]]
    search: tuple[str, ...]
    related: tuple[str, ...] = ()
    order: tuple[Any, ...] = ()
    counts: tuple[str, ...] = ()  # relations, each counted as n_<relation>


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def _ages(first: int, last: int) -> str:
    if last >= OLDEST:
        return f"{first} and over" if first else "All"
    return f"{first}–{last}"


def _or_dash(value: object) -> str:
    return "–" if value in (None, "") else str(value)


SHOWN: dict[SettingKind, Shown] = {
    SettingKind.TOPICS: Shown(
        ("Least age", "Search words", "Lessons"),
        lambda row: (row.least_age, row.search_words, row.n_lessons),
        ("name", "summary", "search_words"),
        counts=("lessons",),
    ),
    SettingKind.BANDS: Shown(
        ("Ages", "Reading age at most", "Lessons", "Countries with words of their own"),
        lambda row: (f"{row.age_from}–{row.age_to}", row.reading_age_max, row.n_lessons, row.n_names),
        ("name",),
        counts=("lessons", "names"),
    ),
    SettingKind.BAND_WORDS: Shown(
        ("Country", "Stage", "Years"),
        lambda row: (row.country, row.name, row.years),
        ("name", "years", "country__name", "band__name"),
        related=("band", "country"),
        order=("band__age_from", "country__position", "country__name"),
    ),
    SettingKind.FRAMEWORKS: Shown(
        ("Publisher", "Country", "Editions"),
        lambda row: (row.publisher, row.country, row.n_editions),
        ("name", "publisher"),
        related=("country",),
        counts=("editions",),
    ),
    SettingKind.EDITIONS: Shown(
        ("Framework", "In force from", "In force to", "Strands"),
        lambda row: (row.framework, _day(row.in_force_from), _day(row.in_force_to), row.n_strands),
        ("name", "framework__name"),
        related=("framework",),
        counts=("strands",),
    ),
    SettingKind.STRANDS: Shown(
        ("Edition", "Statements"),
        lambda row: (row.edition, row.n_statements),
        ("name", "edition__name"),
        related=("edition",),
        counts=("statements",),
    ),
    SettingKind.SERVICES: Shown(
        ("Country", "Serves", "Ages", "Phone", "Last verified"),
        lambda row: (
            row.country or "Anywhere",
            row.get_serves_display(),
            _ages(row.age_from, row.age_to),
            row.phone,
            _day(row.last_verified_on) if row.last_verified_on else "Never",
        ),
        ("name", "what_for", "phone", "text_to", "url"),
        related=("country",),
        order=(F("last_verified_on").asc(nulls_first=True), "position", "name"),
    ),
    SettingKind.GLOSSARY: Shown(
        ("In texts for", "Write instead"),
        lambda row: (row.get_audience_display(), row.instead),
        ("term", "forms", "instead", "reason"),
    ),
    SettingKind.UNITS: Shown(
        ("Ages", "Topic", "Lessons"),
        lambda row: (row.band.name, row.topic, row.n_places),
        ("title", "summary"),
        related=("band", "topic"),
        counts=("places",),
    ),
    SettingKind.SOURCES: Shown(
        ("Publisher", "Year", "Findings", "What replaces it"),
        lambda row: (row.publisher, row.year, row.n_findings, row.superseded_reason),
        ("title", "code", "publisher"),
        counts=("findings",),
    ),
}
TERM_BADGES = {"avoid": "stop", "care": "care", "use": "good"}


def list_url(setting: Setting) -> str:
    return reverse("editorial:setting-list", kwargs={"setting": setting.kind})


def setting_url(setting: Setting, pk: int) -> str:
    return reverse("editorial:setting-edit", kwargs={"setting": setting.kind, "pk": pk})


def settings_index() -> tuple[Card, ...]:
    """A card for each kind with how many there are. Two queries."""
    counts = (
        setting.model._default_manager.order_by()
        .annotate(desk_kind=Value(setting.kind.value, output_field=CharField()))
        .values("desk_kind")
        .annotate(n=Count("pk"))
        .values_list("desk_kind", "n")
        for setting in SETTINGS.values()
    )
    first, *others = counts
    found = dict(first.union(*others, all=True))
    unverified = HelpService.objects.to_be_verified().count()
    notes = {SettingKind.SERVICES: f"{unverified} to be verified" if unverified else ""}
    return tuple(
        Card(setting, found.get(setting.kind, 0), notes.get(setting.kind, "")) for setting in SETTINGS.values()
    )


def setting_page(user: User, setting: Setting, asked: Asked, number: str | None) -> Page[Line]:
    """Fifty a page. Two queries."""
    page: Page[Any] = Paginator(_rows(setting, asked), PER_PAGE).get_page(number)
    can_change = rules.can_change_setting(user, setting)
    page.object_list = [_line(setting, row, can_change) for row in page.object_list]
    return page


def _rows(setting: Setting, asked: Asked) -> QuerySet[Any]:
    shown = SHOWN[setting.kind]
    rows: Any = setting.model._default_manager.select_related(*shown.related)
    # Said in words, because a count takes the order of the model away.
    rows = rows.order_by(*(shown.order or setting.model._meta.ordering), "pk")
    for word in asked.words.split()[:MOST_WORDS]:
        anywhere = Q()
        for name in shown.search:
            anywhere |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(anywhere)
    if asked.of and setting.parent:
        rows = rows.filter(**{setting.parent: asked.of})
    if setting.kind is SettingKind.SERVICES and asked.country:
        rows = rows.filter(country=None if asked.country == "anywhere" else asked.country)
    if asked.only == "unverified":
        rows = rows.to_be_verified()
    elif asked.only == "superseded":
        rows = rows.filter(superseded_at__isnull=False)
    elif asked.only:
        rows = rows.filter(term_class=asked.only)
    return rows.annotate(**{f"n_{name}": Count(name, distinct=True) for name in shown.counts})


def _line(setting: Setting, row: Any, can_change: bool) -> Line:
    cells = tuple(_or_dash(cell) for cell in SHOWN[setting.kind].cells(row))
    name = str(row.band) if setting.kind is SettingKind.BAND_WORDS else name_of(row)
    match setting.kind:
        case SettingKind.SERVICES if row.is_to_be_verified:
            return Line(row.pk, name, cells, "To be verified", "care", can_change)
        case SettingKind.GLOSSARY:
            return Line(row.pk, name, cells, row.get_term_class_display(), TERM_BADGES[row.term_class])
        case SettingKind.SOURCES if row.is_superseded:
            return Line(row.pk, name, cells, "Superseded", "stop")
        case _:
            return Line(row.pk, name, cells)


def name_of(row: Any) -> str:
    return str(next((getattr(row, name) for name in ("term", "title", "name") if getattr(row, name, "")), row))


def held_values(setting: Setting, row: Any) -> dict[str, Any]:
    """What the row holds now, field by field; what it names many times as rows, in their order. A query for each
    field of `many`.
    """
    return {name: _held(setting, row, name) for name in setting.fields}


def _held(setting: Setting, row: Any, name: str) -> Any:
    if name not in setting.many:
        return getattr(row, name)
    if setting.kind is SettingKind.UNITS:
        places = UnitLesson.objects.filter(unit=row).select_related("lesson")
        return [place.lesson for place in places]
    return list(getattr(row, name).all())


def token_of_row(setting: Setting, row: Any) -> str:
    """Names what the row holds now. Two that are equal hold the same; it says nothing else."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.pk if isinstance(value, Model) else value

    held = repr([(name, plain(value)) for name, value in held_values(setting, row).items()])
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def entries_of(word: str, pk: int) -> tuple[AuditEntry, ...]:
    """What has happened to it, the newest first. One query."""
    return tuple(AuditEntry.objects.filter(object_type=word, object_id=pk)[:ENTRIES_SHOWN])
