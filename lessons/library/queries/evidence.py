"""The evidence map: source, findings, and the live lessons and guides that rest on each, both ways."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from lessons.evidence.models import Finding, Source

from ..models import Guide, Lesson


@dataclass(frozen=True)
class Reliance:
    """A live lesson or guide. `ages` in years, such as 11–14."""

    slug: str
    title: str
    ages: str


@dataclass(frozen=True)
class EvidenceFinding:
    code: str
    statement: str
    figures: str
    locator: str
    least_age: int
    is_for_adults: bool
    lesson_count: int
    guide_count: int

    @property
    def is_unused(self) -> bool:
        return not (self.lesson_count or self.guide_count)


@dataclass(frozen=True)
class EvidenceSource:
    code: str
    title: str
    publisher: str
    year: int
    jurisdiction: str
    licence: str
    note: str
    superseded_at: datetime.datetime | None
    superseded_reason: str
    finding_count: int = 0


@dataclass(frozen=True)
class EvidenceMap:
    sources: tuple[EvidenceSource, ...]
    finding_count: int
    unused: tuple[EvidenceFinding, ...]
    lessons_without: tuple[Reliance, ...]
    guides_without: tuple[Reliance, ...]

    @property
    def all_rest_on_something(self) -> bool:
        return not (self.lessons_without or self.guides_without)


@dataclass(frozen=True)
class SourcePage:
    source: EvidenceSource
    findings: tuple[EvidenceFinding, ...]


@dataclass(frozen=True)
class FindingPage:
    source: EvidenceSource
    finding: EvidenceFinding
    lessons: tuple[Reliance, ...]
    guides: tuple[Reliance, ...]


def evidence_map() -> EvidenceMap:
    """Four queries."""
    lessons, guides = _rows(Lesson), _rows(Guide)
    used = {row["live_version__findings__code"] for row in [*lessons, *guides]}
    findings = list(Finding.objects.select_related("source").order_by("code"))
    counted: dict[int, int] = defaultdict(int)
    for finding in findings:
        counted[finding.source_id] += 1
    return EvidenceMap(
        sources=tuple(_source(source, counted[source.pk]) for source in Source.objects.all()),
        finding_count=len(findings),
        unused=tuple(_finding(finding, 0, 0) for finding in findings if finding.code not in used),
        lessons_without=_without(lessons),
        guides_without=_without(guides),
    )


def source_page(code: str) -> SourcePage | None:
    """None where there is no such source. Four queries."""
    source = Source.objects.filter(code=code).first()
    if source is None:
        return None
    lessons, guides = _counts(Lesson, source), _counts(Guide, source)
    findings = tuple(
        _finding(finding, lessons.get(finding.pk, 0), guides.get(finding.pk, 0))
        for finding in source.findings.order_by("code")
    )
    return SourcePage(_source(source, len(findings)), findings)


def finding_page(code: str) -> FindingPage | None:
    """None where there is no such finding. Three queries."""
    finding = Finding.objects.select_related("source").filter(code=code).first()
    if finding is None:
        return None
    lessons, guides = (
        tuple(_reliance(row) for row in _rows(model, live_version__findings=finding.pk)) for model in (Lesson, Guide)
    )
    return FindingPage(_source(finding.source), _finding(finding, len(lessons), len(guides)), lessons, guides)


def _rows(model: type[Lesson] | type[Guide], **rests_on: int) -> list[dict[str, str]]:
    """A row for each finding of each live item, and one for an item that rests on none."""
    ages, youngest = (("band__name",), "band__age_from") if model is Lesson else (("age_from", "age_to"), "age_from")
    return list(
        model.objects.sources()
        .filter(live_version__isnull=False, archived_at__isnull=True, **rests_on)
        .order_by(youngest, "live_version__title")
        .values("slug", "live_version__title", "live_version__findings__code", *ages)
    )


def _counts(model: type[Lesson] | type[Guide], source: Source) -> dict[int, int]:
    """How many live items rest on each finding of the source, by the finding's id."""
    rows = model.objects.sources().filter(live_version__findings__source=source, archived_at__isnull=True).order_by()
    return dict(rows.values_list("live_version__findings").annotate(Count("pk", distinct=True)))


def _without(rows: Iterable[dict[str, str]]) -> tuple[Reliance, ...]:
    return tuple(_reliance(row) for row in rows if row["live_version__findings__code"] is None)


def _reliance(row: dict[str, str]) -> Reliance:
    ages = row["band__name"] if "band__name" in row else f"{row['age_from']}–{row['age_to']}"
    return Reliance(row["slug"], row["live_version__title"], ages)


def _finding(finding: Finding, lessons: int, guides: int) -> EvidenceFinding:
    return EvidenceFinding(
        code=finding.code,
        statement=finding.statement,
        figures=finding.figures.replace(";", "; "),
        locator=finding.locator,
        least_age=finding.least_age,
        is_for_adults=finding.is_for_adults,
        lesson_count=lessons,
        guide_count=guides,
    )


def _source(source: Source, findings: int = 0) -> EvidenceSource:
    return EvidenceSource(
        code=source.code,
        title=source.title,
        publisher=source.publisher,
        year=source.year,
        jurisdiction=source.jurisdiction,
        licence=source.licence,
        note=source.note,
        superseded_at=source.superseded_at if source.is_superseded else None,
        superseded_reason=source.superseded_reason,
        finding_count=findings,
    )
