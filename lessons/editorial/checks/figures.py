"""A figure is exact and stands in a finding that the item names, and pupils under 14 are given none."""

import re
from collections.abc import Iterator

from lessons.library.content import Content, LessonContent
from lessons.library.enums import Reader

from .problem import Problem
from .reference import Reference
from .text import part_of

FIGURES_FROM_AGE = 14
YEARS = range(1900, 2101)

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "a hundred")
_WORD = "|".join(_WORDS)
_FIGURE = re.compile(
    rf"{_NUMBER}\s*(?:%|per\s?cent\b|million\b|billion\b)"
    rf"|(?P<part>{_NUMBER})\s+(?:of|in|out of)\s+(?:the\s+|every\s+)?(?P<whole>{_NUMBER})"
    rf"|\b(?P<few>{_WORD})\s+(?:in|out of)\s+(?:every\s+)?(?P<all>{_WORD})\b(?!\s+minutes?)"
    rf"|{_NUMBER}",
    re.IGNORECASE,
)
_DIGITS = re.compile(_NUMBER)


def figures_in(text: str) -> list[str]:
    """Shares, parts of a whole, and numbers from 100 that are no year: what a reader takes for a fact.

    Ages, minutes, steps and other small numbers are none.
    """
    return [match[0].strip(" ,") for match in _FIGURE.finditer(text) if _tells_a_fact(match)]


def _tells_a_fact(match: re.Match[str]) -> bool:
    numbers = numbers_in(match[0])
    if match["part"]:
        return float(match["whole"].replace(",", "")) >= 10 and not _all_years(numbers[1:])
    if match["few"]:
        return _WORDS.index(match["few"].lower()) < _WORDS.index(match["all"].lower())
    if _DIGITS.fullmatch(match[0]):
        return all(float(number) >= 100 for number in numbers) and not _all_years(numbers)
    return True


def _all_years(numbers: list[str]) -> bool:
    return all(number.isdecimal() and int(number) in YEARS for number in numbers)


def numbers_in(text: str) -> list[str]:
    """As they are compared: without the commas between thousands."""
    return [number.rstrip(",.").replace(",", "") for number in _DIGITS.findall(text)]


def check_figures(content: Content, reference: Reference) -> Iterator[Problem]:
    cited = [reference.findings[code] for code in content.findings if code in reference.findings]
    age = reference.bands[content.band][0] if isinstance(content, LessonContent) else None
    for passage in content.passages():
        is_pupils = age is not None and passage.reader == Reader.PUPIL
        known = [set(numbers_in(finding.text)) for finding in cited if not is_pupils or finding.least_age <= (age or 0)]
        for figure in figures_in(passage.text):
            place, part = passage.place, part_of(passage.place)
            if is_pupils and (age or 0) < FIGURES_FROM_AGE:
                yield Problem(
                    part,
                    place,
                    f"“{figure}”: pupils under {FIGURES_FROM_AGE} are given no figures.",
                    "Say it in words.",
                )
            elif not any(set(numbers_in(figure)) <= numbers for numbers in known if numbers_in(figure)):
                yield Problem(
                    part,
                    place,
                    f"“{figure}” stands in no finding that is named here and fits its readers.",
                    "Name the finding under Evidence, give its figure exactly, or leave the figure out.",
                )
