"""A school's own settings: its terms, year by year."""

import datetime
from dataclasses import dataclass

from ..models import School, Term


@dataclass(frozen=True)
class TermLine:
    pk: int
    name: str
    starts_on: datetime.date
    ends_on: datetime.date
    year: int

    @property
    def weeks(self) -> int:
        """Begun ones count as whole."""
        return -(-((self.ends_on - self.starts_on).days + 1) // 7)


@dataclass(frozen=True)
class TermsPage:
    """`copy_to` is the year for which the terms of the one before can be copied; None where there is none."""

    terms: tuple[TermLine, ...]
    copy_to: int | None


def list_terms(school: School) -> tuple[TermLine, ...]:
    """The latest year first, its terms in order. One query."""
    lines = [
        TermLine(term.pk, term.name, term.starts_on, term.ends_on, school.year_of(term.starts_on))
        for term in Term.objects.filter(school=school).order_by("starts_on")
    ]
    return tuple(sorted(lines, key=lambda line: -line.year))


def terms_page(school: School, on: datetime.date) -> TermsPage:
    """The year that can be copied to is this one, or else the next. One query."""
    terms = list_terms(school)
    years = {term.year for term in terms}
    now = school.year_of(on)
    return TermsPage(terms, next((y for y in (now, now + 1) if y not in years and y - 1 in years), None))
