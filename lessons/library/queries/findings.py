"""What a lesson or guide rests on, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from lessons.evidence.models import Finding
from safeguarding.core.json_rows import JSONRows


@dataclass(frozen=True)
class FindingLine:
    code: str
    statement: str
    locator: str
    source_title: str
    publisher: str
    year: int


@dataclass(frozen=True)
class Years:
    """When the reports behind a page are from."""

    first: int
    last: int

    @property
    def is_one(self) -> bool:
        return self.first == self.last


def finding_lines(findings: QuerySet[Finding]) -> tuple[FindingLine, ...]:
    """One query."""
    return tuple(
        FindingLine(f.code, f.statement, f.locator, f.source.title, f.source.publisher, f.source.year)
        for f in findings.select_related("source").order_by("code")
    )


def finding_rows(findings: QuerySet[Finding]) -> JSONRows:
    """The same as a column of another query: each row holds the fields of a FindingLine."""
    return JSONRows(
        findings.order_by("code"),
        code="code",
        statement="statement",
        locator="locator",
        source_title="source__title",
        publisher="source__publisher",
        year="source__year",
    )


def years_of(findings: Iterable[FindingLine]) -> Years | None:
    years = [finding.year for finding in findings]
    return Years(min(years), max(years)) if years else None
