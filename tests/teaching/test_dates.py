"""Dates of several lessons: pure functions, so that hypothesis can look for the odd year."""

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lessons.teaching.dates import WEEK, Days, Span, monday_of, shift_by_terms, spaced, year_span

days = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
years = st.integers(2020, 2035)
months = st.integers(1, 12)


@given(count=st.integers(1, 8), first=days, apart=st.integers(1, 60), due=st.integers(0, 90))
def test_the_lessons_of_a_unit_stand_evenly_apart_and_are_as_long(count, first, apart, due):
    made = spaced(count, first=first, apart_days=apart, due_after_days=due)
    assert made[0].opens_on == first
    assert {(b.opens_on - a.opens_on).days for a, b in pairwise(made)} <= {apart}
    assert {(one.due_on - one.opens_on).days for one in made} == {due}


@given(opens=days, length=st.integers(0, 90), to=days)
def test_a_lesson_that_moves_stays_as_long(opens, length, to):
    moved = Days(opens, opens + datetime.timedelta(days=length)).moved_to(to)
    assert (moved.opens_on, (moved.due_on - moved.opens_on).days) == (to, length)


def terms(year: Span, begins: list[int], names: str) -> list[Span]:
    """Terms of ten weeks that begin so many days into the year."""
    starts = [year.starts_on + datetime.timedelta(days=n) for n in sorted(begins)]
    return [Span(name, day, day + 10 * WEEK) for name, day in zip(names, starts, strict=False)]


starts_in_year = st.lists(st.integers(0, 330), max_size=3, unique=True)


@given(year=years, new=years, month=months, into=st.integers(0, 364), old=starts_in_year, fresh=starts_in_year)
def test_a_copied_lesson_falls_on_the_same_weekday_and_a_whole_number_of_weeks_away(year, new, month, into, old, fresh):
    old_year, new_year = year_span(year, month), year_span(new, month)
    day = old_year.starts_on + datetime.timedelta(days=into)
    moved = shift_by_terms(
        day,
        old_year=old_year,
        old_terms=terms(old_year, old, "abc"),
        new_year=new_year,
        new_terms=terms(new_year, fresh, "abc"),
    )
    assert moved.weekday() == day.weekday()
    assert (moved - day).days % 7 == 0


@given(year=years, month=months, into=st.integers(0, 364), begins=starts_in_year)
def test_a_plan_that_is_copied_within_its_year_keeps_its_dates(year, month, into, begins):
    span = year_span(year, month)
    of_year = terms(span, begins, "abc")
    day = span.starts_on + datetime.timedelta(days=into)
    assert shift_by_terms(day, old_year=span, old_terms=of_year, new_year=span, new_terms=of_year) == day


@given(week=st.integers(0, 9), later_by=st.integers(-20, 20))
def test_the_third_week_of_a_term_becomes_the_third_week_of_the_term_of_that_name(week, later_by):
    old_year, new_year = year_span(2025, 9), year_span(2026, 9)
    old = [Span("Autumn", datetime.date(2025, 9, 3), datetime.date(2025, 12, 19))]
    start = datetime.date(2026, 9, 3) + datetime.timedelta(days=later_by)
    new = [Span("Summer", new_year.starts_on, new_year.starts_on), Span("autumn", start, start + 14 * WEEK)]
    day = monday_of(old[0].starts_on) + week * WEEK
    moved = shift_by_terms(day, old_year=old_year, old_terms=old, new_year=new_year, new_terms=new)
    assert moved == monday_of(start) + week * WEEK


def test_a_term_with_another_name_is_matched_by_its_place():
    old_year, new_year = year_span(2025, 9), year_span(2026, 9)
    old = [Span("Autumn", datetime.date(2025, 9, 3), datetime.date(2025, 12, 19))]
    new = [Span("Term 1", datetime.date(2026, 9, 9), datetime.date(2026, 12, 18))]
    moved = shift_by_terms(
        datetime.date(2025, 9, 10), old_year=old_year, old_terms=old, new_year=new_year, new_terms=new
    )
    assert moved == datetime.date(2026, 9, 16)


def test_a_span_touches_the_weeks_of_its_first_and_last_day():
    span = Span("x", datetime.date(2026, 9, 2), datetime.date(2026, 9, 14))
    assert span.mondays == [datetime.date(2026, 8, 31), datetime.date(2026, 9, 7), datetime.date(2026, 9, 14)]
