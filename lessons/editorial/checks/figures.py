"""A figure is exact and stands in a finding that the item names, and pupils under 14 are given none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.library.content import Content, LessonContent
from lessons.library.enums import Reader

from .problem import Level, Problem
from .reference import Reference
from .text import part_of

FIGURES_FROM_AGE = 14

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPACED = re.compile(r"(?<=\d)[\u00a0\u2009\u202f ](?=\d{3}(?!\d))")  # 20 000, with any space
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SOME = rf"{_NUMBER}|{'|'.join(_WORDS)}"
_FIGURE = re.compile(
    rf"\b(?P<share>{_SOME})\s*(?P<unit>%|per\s?cent\b|million\b|billion\b)"
    rf"|\b(?P<part>{_SOME})\s+(?P<of>of|in|out of)\s+(?:the\s+|every\s+)?(?P<whole>{_SOME}|a hundred)\b"
    r"(?!\s+minutes?\b)"
    rf"|(?P<bare>{_NUMBER})",
    re.IGNORECASE,
)
_DIGITS = re.compile(_NUMBER)


@dataclass(frozen=True)
class Figure:
    """`tokens` are what a finding must hold: numbers, and a share with its unit. A bare one may be no fact at all."""

    text: str
    tokens: frozenset[str]
    is_bare: bool = False


def figures_in(text: str) -> list[Figure]:
    """Shares, parts of a whole, and numbers from 100 that are no year: what a reader takes for a fact.

    Ages, minutes, steps and other small numbers are none; nor are halves and thirds in words.
    """
    found = (_figure(match) for match in _FIGURE.finditer(_SPACED.sub(",", text)))
    return [figure for figure in found if figure]


def _figure(match: re.Match[str]) -> Figure | None:
    text = match[0].strip(" ,")
    if match["share"]:
        return Figure(text, frozenset({f"{_plain(match['share'])} {_unit(match['unit'])}"}))
    if match["part"]:
        part, whole = _plain(match["part"]), _plain(match["whole"])
        # “3 of 8 cards” and “one of the ten” are no figures; “1 in 8” and “28 of 33” are.
        least = 10 if match["of"].lower() == "of" else 2
        if least == 10 and not match["whole"][0].isdecimal():
            return None
        if _is_year(match["whole"]) or float(whole) < least or float(part) >= float(whole):
            return _bare(match["part"]) or _bare(match["whole"])
        return Figure(text, frozenset({part, whole}))
    return _bare(match["bare"])


def _bare(number: str) -> Figure | None:
    plain = _plain(number)
    if _is_year(number) or float(plain) < 100:
        return None
    return Figure(number.strip(","), frozenset({plain}), is_bare=float(plain) < 1_000)


def _is_year(number: str) -> bool:
    plain = number.rstrip(",")
    return len(plain) == 4 and plain.isdecimal() and plain[:2] in ("19", "20")


def _plain(number: str) -> str:
    """As numbers are compared: digits without the commas between thousands."""
    word = number.casefold()
    if word in _WORDS:
        return str(_WORDS.index(word))
    return "100" if word == "a hundred" else number.rstrip(",.").replace(",", "")


def _unit(unit: str) -> str:
    return "%" if unit == "%" or unit.casefold().startswith("per") else unit.casefold()


def _known(text: str) -> frozenset[str]:
    """What a finding gives: every number, and every share with its unit."""
    text = _SPACED.sub(",", text)
    numbers = {_plain(number) for number in _DIGITS.findall(text)}
    return frozenset(numbers).union(*(figure.tokens for figure in figures_in(text)))


def check_figures(content: Content, reference: Reference) -> Iterator[Problem]:
    cited = [reference.findings[code] for code in content.findings if code in reference.findings]
    facts = [(finding.least_age, _known(finding.text)) for finding in cited]
    age = reference.bands[content.band][0] if isinstance(content, LessonContent) else None
    for passage in content.passages():
        is_pupils = age is not None and passage.reader == Reader.PUPIL
        known = [tokens for least_age, tokens in facts if not is_pupils or least_age <= (age or 0)]
        for figure in figures_in(passage.text):
            place, part = passage.place, part_of(passage.place)
            level = Level.WARNS if figure.is_bare else Level.BLOCKS
            if is_pupils and (age or 0) < FIGURES_FROM_AGE:
                message = f"“{figure.text}”: pupils under {FIGURES_FROM_AGE} are given no figures."
                yield Problem(part, place, message, "Say it in words.", level)
            elif not any(figure.tokens <= tokens for tokens in known):
                yield Problem(
                    part,
                    place,
                    f"“{figure.text}” stands in no finding that is named here and fits its readers.",
                    "Name the finding under Evidence, give its figure exactly, or leave the figure out.",
                    level,
                )
