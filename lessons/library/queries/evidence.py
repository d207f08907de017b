from collections import defaultdict
from dataclasses import dataclass

from lessons.evidence.models import Finding, Source

from ..models import Guide, Lesson


@dataclass(frozen=True)
class Reliance:
    """A live lesson or guide that rests on a finding."""

    slug: str
    title: str


@dataclass(frozen=True)
class EvidenceFinding:
    code: str
    statement: str
    figures: str
    locator: str
    least_age: int
    is_for_adults: bool
    lessons: tuple[Reliance, ...]
    guides: tuple[Reliance, ...]


@dataclass(frozen=True)
class EvidenceSource:
    code: str
    title: str
    publisher: str
    year: int
    jurisdiction: str
    licence: str
    note: str
    findings: tuple[EvidenceFinding, ...]


def evidence_sources() -> list[EvidenceSource]:
    """Every source with its findings and what rests on them. Four queries."""
    lessons, guides = _reliance(Lesson), _reliance(Guide)
    found: dict[int, list[EvidenceFinding]] = defaultdict(list)
    for finding in Finding.objects.order_by("code"):
        found[finding.source_id].append(
            EvidenceFinding(
                code=finding.code,
                statement=finding.statement,
                figures=finding.figures.replace(";", "; "),
                locator=finding.locator,
                least_age=finding.least_age,
                is_for_adults=finding.is_for_adults,
                lessons=tuple(lessons[finding.pk]),
                guides=tuple(guides[finding.pk]),
            )
        )
    return [
        EvidenceSource(
            code=source.code,
            title=source.title,
            publisher=source.publisher,
            year=source.year,
            jurisdiction=source.jurisdiction,
            licence=source.licence,
            note=source.note,
            findings=tuple(found[source.pk]),
        )
        for source in Source.objects.all()
    ]


def _reliance(model: type[Lesson] | type[Guide]) -> dict[int, list[Reliance]]:
    """By the finding's id."""
    rows = (
        model._default_manager.filter(live_version__findings__isnull=False)
        .order_by("live_version__title")
        .values_list("live_version__findings", "slug", "live_version__title")
    )
    by_finding: dict[int, list[Reliance]] = defaultdict(list)
    for finding_id, slug, title in rows:
        by_finding[finding_id].append(Reliance(slug, title))
    return by_finding
