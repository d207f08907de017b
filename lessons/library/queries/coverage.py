"""Which topics and strands are taught at which age."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count

from ..models import AgeBand, Edition, Lesson, Statement, Strand, Topic
from .lesson_page import edition_name
from .school_words import SchoolWords


class Covered(StrEnum):
    """Never "compliant": that is not ours to say."""

    YES = "covered"
    PARTLY = "partly"
    NO = "not covered"


@dataclass(frozen=True)
class Band:
    pk: int
    slug: str
    name: str
    age_from: int
    years: str


@dataclass(frozen=True)
class Cell:
    """`is_meant` is false where the topic or strand is not for this age."""

    band: Band
    count: int
    is_meant: bool


@dataclass(frozen=True)
class Row:
    """Of a topic, or of a strand by `<edition>/<strand>`."""

    slug: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def covered(self) -> Covered:
        meant = [cell for cell in self.cells if cell.is_meant]
        taught = [cell for cell in meant if cell.count]
        if meant and len(taught) == len(meant):
            return Covered.YES
        return Covered.PARTLY if taught else Covered.NO


@dataclass(frozen=True)
class EditionRows:
    slug: str
    name: str
    publisher: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Coverage:
    bands: tuple[Band, ...]
    topics: tuple[Row, ...]
    editions: tuple[EditionRows, ...]

    @property
    def lesson_count(self) -> int:
        return sum(cell.count for row in self.topics for cell in row.cells)


@dataclass(frozen=True)
class StatementLine:
    code: str
    text: str
    ages: str


@dataclass(frozen=True)
class StrandStatements:
    """`slug` is `<edition>/<strand>`, as the list of lessons takes it."""

    slug: str
    name: str
    statements: tuple[StatementLine, ...]


@dataclass(frozen=True)
class EditionPage:
    name: str
    publisher: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    strands: tuple[StrandStatements, ...]

    @property
    def has_statements(self) -> bool:
        return any(strand.statements for strand in self.strands)


def coverage(words: SchoolWords) -> Coverage:
    """Seven queries."""
    bands = [Band(band.pk, band.slug, band.name, band.age_from, words.years(band.pk)) for band in AgeBand.objects.all()]
    live = Lesson.objects.listed().sources().order_by()
    by_topic = _counts(live.values_list("topic", "band").annotate(count=Count("pk")))
    by_strand = _counts(
        live.filter(live_version__strands__isnull=False)
        .values_list("live_version__strands", "band")
        .annotate(count=Count("pk"))
    )
    return Coverage(
        bands=tuple(bands),
        topics=tuple(
            Row(topic.slug, topic.name, _cells(bands, by_topic, topic.pk, _bands_of_topic(topic, bands)))
            for topic in Topic.objects.all()
        ),
        editions=tuple(
            EditionRows(
                edition.slug,
                edition_name(edition.framework.name, edition.name),
                edition.framework.publisher,
                tuple(
                    Row(
                        f"{edition.slug}/{strand.slug}",
                        strand.name,
                        _cells(bands, by_strand, strand.pk, _bands_of_strand(strand, bands)),
                    )
                    for strand in edition.strands.all()
                ),
            )
            for edition in Edition.objects.select_related("framework").prefetch_related("strands__bands")
        ),
    )


def edition_page(slug: str) -> EditionPage | None:
    """None where there is no such edition. Three queries."""
    edition = Edition.objects.select_related("framework").filter(slug=slug).first()
    if edition is None:
        return None
    statements: dict[int, list[StatementLine]] = {}
    for row in Statement.objects.filter(strand__edition=edition):
        statements.setdefault(row.strand_id, []).append(StatementLine(row.code, row.text, row.ages))
    return EditionPage(
        edition_name(edition.framework.name, edition.name),
        edition.framework.publisher,
        edition.in_force_from,
        edition.in_force_to,
        tuple(
            StrandStatements(f"{edition.slug}/{strand.slug}", strand.name, tuple(statements.get(strand.pk, ())))
            for strand in edition.strands.all()
        ),
    )


def _counts(rows: Iterable[tuple[Any, ...]]) -> Counter[tuple[int, int]]:
    """By the id of the topic or strand and of the band."""
    counts: Counter[tuple[int, int]] = Counter()
    for key, band, count in rows:
        counts[key, band] += count
    return counts


def _cells(bands: list[Band], counts: Counter[tuple[int, int]], key: int, meant: set[int]) -> tuple[Cell, ...]:
    return tuple(Cell(band, counts[key, band.pk], band.pk in meant) for band in bands)


def _bands_of_topic(topic: Topic, bands: list[Band]) -> set[int]:
    return {band.pk for band in bands if band.age_from >= topic.least_age}


def _bands_of_strand(strand: Strand, bands: list[Band]) -> set[int]:
    """Those that it names; every band where it names none."""
    return {band.pk for band in strand.bands.all()} or {band.pk for band in bands}
