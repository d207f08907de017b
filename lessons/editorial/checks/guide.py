from collections.abc import Iterator

from lessons.library.content import GuideContent
from lessons.library.enums import GuideSectionKind
from lessons.library.reading_age import reading_age, words_of

from .problem import Level, Part, Problem
from .reference import Reference
from .text import check_basics, check_findings, check_images, check_words

READING_AGE_LEAST, READING_AGE_MOST = 8, 11
WORDS = range(400, 901)


def check_guide(content: GuideContent, reference: Reference) -> Iterator[Problem]:
    yield from check_basics(content)
    yield from check_findings(content, reference)
    if not reference.adult_services:
        yield Problem(
            Part.BASICS,
            "Help services",
            "The directory holds no help service that parents could turn to.",
            "Ask an operator to add one.",
        )
    for kind in GuideSectionKind:
        if not (kind in content.sections and content.sections[kind].text.strip()):
            yield Problem(Part.TEXT, kind.label, "This section is empty.", "Every guide has it.")
    yield from check_images(content)
    yield from check_words(content, reference)
    yield from _check_length_and_reading_age(content)


def _check_length_and_reading_age(content: GuideContent) -> Iterator[Problem]:
    length = len(words_of(content.text))
    if length not in WORDS:
        yield Problem(
            Part.TEXT,
            "Length",
            f"The guide has {length} words; parents are given {WORDS[0]} to {WORDS[-1]}.",
            "Cut what can wait, or say what is missing.",
            Level.WARNS,
        )
    age = reading_age(content.text)
    if age is not None and not READING_AGE_LEAST <= age <= READING_AGE_MOST:
        too_hard = age > READING_AGE_MOST
        yield Problem(
            Part.TEXT,
            "Reading age",
            f"The text needs a reader of {age:.1f}; a guide stands between {READING_AGE_LEAST} and {READING_AGE_MOST}.",
            "Shorten sentences and choose plainer words." if too_hard else "It may say too little: read it aloud.",
            Level.BLOCKS if too_hard else Level.WARNS,
        )
