from collections.abc import Iterator
from dataclasses import dataclass

from lessons.library.content import GuideContent, is_english
from lessons.library.reading_age import reading_age, words_of
from lessons.library.reserved import RESERVED_FOR_GUIDES

from .problem import Level, Part, Problem
from .reference import Reference
from .running_text import check_text
from .text import check_basics, check_findings


@dataclass(frozen=True)
class Form:
    """How long a guide is, in words, and how old its reader must be, in years."""

    readers: str
    words_least: int
    words_most: int
    age_least: int
    age_most: int


FOR_PARENTS = Form("parents", 400, 900, 8, 11)
FOR_STAFF = Form("school staff", 300, 1200, 8, 14)


def check_guide(content: GuideContent, reference: Reference) -> Iterator[Problem]:
    yield from check_basics(content)
    yield from check_findings(content, reference)
    yield from check_placing_of_guide(reference)
    if content.slug in RESERVED_FOR_GUIDES:
        yield Problem(
            Part.BASICS,
            "Address",
            f"The address “{content.slug}” belongs to another page, so nobody could open this guide.",
            "Write it anew under another address.",
        )
    for kind in content.kind.sections:
        if not (kind in content.sections and content.sections[kind].text.strip()):
            yield Problem(Part.TEXT, kind.label, "This section is empty.", "Every guide of this kind has it.")
    yield from check_text(content, reference)
    if is_english(content):
        yield from _check_length_and_reading_age(content)


def check_placing_of_guide(reference: Reference) -> Iterator[Problem]:
    if not reference.adult_services:
        yield Problem(
            Part.BASICS,
            "Help services",
            "The directory holds no help service that parents could turn to.",
            "Ask an operator to add one.",
        )


def _check_length_and_reading_age(content: GuideContent) -> Iterator[Problem]:
    form = FOR_STAFF if content.kind.is_for_staff else FOR_PARENTS
    length = len(words_of(content.text))
    if not form.words_least <= length <= form.words_most:
        yield Problem(
            Part.TEXT,
            "Length",
            f"The guide has {length} words; {form.readers} are given {form.words_least} to {form.words_most}.",
            "Cut what can wait, or say what is missing.",
            Level.WARNS,
        )
    age = reading_age(content.text)
    if age is not None and not form.age_least <= age <= form.age_most:
        too_hard = age > form.age_most
        yield Problem(
            Part.TEXT,
            "Reading age",
            f"The text needs a reader of {age:.1f}; a guide for {form.readers} stands between "
            f"{form.age_least} and {form.age_most}.",
            "Shorten sentences and choose plainer words." if too_hard else "It may say too little: read it aloud.",
            Level.BLOCKS if too_hard else Level.WARNS,
        )
