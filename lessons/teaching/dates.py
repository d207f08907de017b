"""The dates of several lessons, and the weeks of a school. Nothing here asks the database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

WEEK = datetime.timedelta(days=7)
DUE_AFTER = WEEK
WEEKS_WITHOUT_TERMS = 12


@dataclass(frozen=True)
class Days:
    opens_on: datetime.date
    due_on: datetime.date

    def moved_to(self, opens_on: datetime.date) -> "Days":
        return Days(opens_on, opens_on + (self.due_on - self.opens_on))


@dataclass(frozen=True)
class Span:
    """Of a term, or of weeks that stand for one. Both days belong to it."""

    name: str
    starts_on: datetime.date
    ends_on: datetime.date
    pk: int | None = None  # of the term, where it is one

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def mondays(self) -> list[datetime.date]:
        """The weeks that it touches."""
        first = monday_of(self.starts_on)
        return [first + n * WEEK for n in range((monday_of(self.ends_on) - first) // WEEK + 1)]


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def spaced(count: int, *, first: datetime.date, apart_days: int, due_after_days: int) -> list[Days]:
    """So many lessons, one after the other."""
    opens = [first + datetime.timedelta(days=n * apart_days) for n in range(count)]
    return [Days(day, day + datetime.timedelta(days=due_after_days)) for day in opens]


def year_span(year: int, begins_month: int) -> Span:
    """A school year, named by the year in which it begins."""
    begins = datetime.date(year, begins_month, 1)
    return Span(f"{year}/{(year + 1) % 100:02}", begins, begins.replace(year=year + 1) - datetime.timedelta(days=1))


def shift_by_terms(
    day: datetime.date, *, old_year: Span, old_terms: Sequence[Span], new_year: Span, new_terms: Sequence[Span]
) -> datetime.date:
    """The same day of the week, as many weeks into the term as it was then.

    Terms are matched by name, or else by their place in the year; where either year has none that fits, the years take
    their place. The terms are those of the two years, by their start.
    """
    begun = [(n, term) for n, term in enumerate(old_terms) if monday_of(term.starts_on) <= day]
    if begun:
        place, old = begun[-1]
        named = [term for term in new_terms if term.name.casefold() == old.name.casefold()]
        if fitting := named or new_terms[place : place + 1]:
            return day + (monday_of(fitting[0].starts_on) - monday_of(old.starts_on))
    return day + (monday_of(new_year.starts_on) - monday_of(old_year.starts_on))
