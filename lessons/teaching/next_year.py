"""What a class is likely to be a year later. Only proposed: whoever moves it up reads it and may change it."""

import re
from dataclasses import dataclass

from safeguarding.schools.models import School, SchoolClass

from .enums import YearAction

OLDEST = 19
# A class of more ages than this is of several years, and goes on as it is.
AGES_OF_ONE_YEAR = 2
NUMBER = re.compile(r"(?<![0-9])([0-9]{1,2})(?![0-9])(st|nd|rd|th)?", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    action: YearAction
    name: str
    year_group: str
    age_from: int
    age_to: int


def propose(school_class: SchoolClass, school: School) -> Proposal:
    if school_class.age_to - school_class.age_from > AGES_OF_ONE_YEAR:
        action = YearAction.STAY
    elif school_class.age_to + 1 > school.age_to:
        action = YearAction.LEAVE
    else:
        action = YearAction.UP
    return Proposal(
        action,
        name=a_year_on(school_class.name),
        year_group=a_year_on(school_class.year_group),
        age_from=min(school_class.age_from + 1, OLDEST),
        age_to=min(school_class.age_to + 1, OLDEST),
    )


def a_year_on(name: str) -> str:
    """8A becomes 9A, Year 8 becomes Year 9, 2nd class becomes 3rd class; Otters stay Otters."""
    return NUMBER.sub(_one_more, name, count=1)


def _one_more(found: re.Match[str]) -> str:
    number = int(found[1]) + 1
    return f"{number}{_ordinal(number)}" if found[2] else str(number)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
