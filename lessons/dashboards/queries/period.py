"""Which part of a school a page is about: a school year or one of its terms, and some of its classes or all."""

import calendar
import datetime
from dataclasses import dataclass

from safeguarding.schools.enums import ClassMode
from safeguarding.schools.models import School, SchoolClass
from safeguarding.schools.queries import TermLine, list_terms

from .progress import ages_in_words, count_pupils


@dataclass(frozen=True)
class ClassFacts:
    """A class of this or a past year. `pupils` is None in an anonymous class, and how many there were in a past one."""

    pk: int
    name: str
    year_group: str
    age_from: int
    age_to: int
    ages: str
    pupils: int | None
    school_year: int
    archived_on: datetime.date | None

    @property
    def group(self) -> str:
        """What it is put together by with others: its year group, or its ages where the school gives none."""
        return self.year_group or self.ages.capitalize()

    @property
    def is_archived(self) -> bool:
        return self.archived_on is not None

    def is_there_in(self, year: int) -> bool:
        """A class of a past year that was not moved up is still there; one that was belongs to its own year."""
        return self.school_year == year if self.is_archived else self.school_year <= year


@dataclass(frozen=True)
class Period:
    """A lesson belongs to the day on which it was last taught, or else to the day on which it is due."""

    year: int
    term: TermLine | None
    first: datetime.date
    last: datetime.date
    words: str

    def has(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Frame:
    """All that a school can be asked about: its classes of every year by age and name, its terms by date."""

    school: School
    classes: tuple[ClassFacts, ...]
    terms: tuple[TermLine, ...]
    on: datetime.date

    @property
    def this_year(self) -> int:
        return self.school.year_of(self.on)

    @property
    def years(self) -> list[int]:
        """The latest first."""
        known = {self.this_year, *(c.school_year for c in self.classes), *(term.year for term in self.terms)}
        return list(range(max(known), min(known) - 1, -1))

    def terms_of(self, year: int) -> list[TermLine]:
        return [term for term in self.terms if term.year == year]

    def term_in_words(self, term: TermLine) -> str:
        return f"{term.name} {self.school.year_in_words(term.year)}"

    def period(self, year: int, term: TermLine | None = None) -> Period:
        if term is not None:
            return Period(term.year, term, term.starts_on, term.ends_on, self.term_in_words(term))
        month = self.school.year_begins_month
        first = datetime.date(year, month, 1)
        end_year, end_month = (year, 12) if month == 1 else (year + 1, month - 1)
        last = datetime.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
        return Period(year, None, first, last, self.school.year_in_words(year))


@dataclass(frozen=True)
class Scope:
    """What was asked for. `group` is a year group, empty for all; `class_pk` one class, None for all."""

    frame: Frame
    period: Period
    group: str = ""
    class_pk: int | None = None

    @property
    def is_of_some(self) -> bool:
        return bool(self.group) or self.class_pk is not None

    @property
    def candidates(self) -> list[ClassFacts]:
        """The classes of every year that were asked for."""
        return [
            c for c in self.frame.classes if (not self.group or c.group == self.group) and self.class_pk in (None, c.pk)
        ]

    @property
    def words(self) -> str:
        name = next((c.name for c in self.candidates), "") if self.class_pk is not None else self.group
        return f"{self.period.words}, {name}" if name else self.period.words


def school_frame(school: School, on: datetime.date) -> Frame:
    """Three queries."""
    rows = list(SchoolClass.objects.filter(school=school).order_by("age_from", "name", "pk"))
    pupils = count_pupils([row.pk for row in rows])
    return Frame(
        school=school,
        classes=tuple(_facts(row, pupils.get(row.pk, 0)) for row in rows),
        terms=list_terms(school),
        on=on,
    )


def _facts(row: SchoolClass, pupils: int) -> ClassFacts:
    size = row.pupils_then if row.is_archived else pupils
    return ClassFacts(
        pk=row.pk,
        name=row.name,
        year_group=row.year_group,
        age_from=row.age_from,
        age_to=row.age_to,
        ages=ages_in_words(row),
        pupils=size if row.mode == ClassMode.NAMED else None,
        school_year=row.school_year,
        archived_on=row.archived_at.date() if row.archived_at else None,
    )
