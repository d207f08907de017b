"""What of a version can be commented on, named as the checks and the comparison name it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.library.content import Content, LessonContent
from lessons.library.differences import FieldDifference
from lessons.library.enums import LessonSectionKind

from .checks.problem import Part
from .enums import PART_LABELS

LONGEST_QUOTE = 200
_NUMBERED = re.compile(r"(Activity|Question) \d+")
_WHOLE = {"Activity": "Activities", "Question": "Questions"}
_PARTS = {
    "Objectives": Part.OBJECTIVES,
    "Vocabulary": Part.OBJECTIVES,
    "Findings": Part.EVIDENCE,
    "Strands of the curriculum": Part.EVIDENCE,
    "Documents": Part.DOCUMENTS,
}


@dataclass(frozen=True)
class Spot:
    """`quote` tells which activity or question was meant, should its number change."""

    part: Part
    place: str
    quote: str = ""

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.part}/{self.place}"

    @property
    def label(self) -> str:
        return f"{self.place}: {self.quote}" if self.quote else self.place


def spots_of(content: Content) -> tuple[Spot, ...]:
    """In the order in which the parts are written."""
    return tuple(_spots(content))


def _spots(content: Content) -> Iterator[Spot]:
    is_lesson = isinstance(content, LessonContent)
    ages = ("Topic", "Age band", "Minutes for each check") if is_lesson else ("Kind", "Topic", "Ages")
    yield from (Spot(Part.BASICS, place) for place in ("Title", "Summary", *ages, "Review by"))
    kinds = list(LessonSectionKind) if isinstance(content, LessonContent) else list(content.kind.sections)
    yield from (Spot(Part.TEXT, str(kind.label)) for kind in kinds)
    if isinstance(content, LessonContent):
        yield from (Spot(Part.OBJECTIVES, place) for place in ("Objectives", "Vocabulary"))
        yield Spot(Part.ACTIVITIES, "Activities")
        for number, activity in enumerate(content.activities, start=1):
            yield Spot(Part.ACTIVITIES, f"Activity {number}", activity.title[:LONGEST_QUOTE])
        yield Spot(Part.QUESTIONS, "Questions")
        for number, question in enumerate(content.questions, start=1):
            yield Spot(Part.QUESTIONS, f"Question {number}", question.text[:LONGEST_QUOTE])
    yield Spot(Part.EVIDENCE, "Findings")
    if is_lesson:
        yield Spot(Part.EVIDENCE, "Strands of the curriculum")
    yield Spot(Part.DOCUMENTS, "Documents")


def spot_of(content: Content, value: str) -> Spot | None:
    return next((spot for spot in spots_of(content) if spot.value == value), None)


def spot_of_difference(difference: FieldDifference) -> Spot:
    """Where a comment on a compared field stands. What is gone is spoken of under the list that it stood in."""
    if numbered := _NUMBERED.match(difference.place):
        word = numbered[1]
        part = Part.ACTIVITIES if word == "Activity" else Part.QUESTIONS
        return Spot(part, _WHOLE[word] if difference.place.endswith(" as it was") else numbered[0])
    if difference.place in _WHOLE.values():
        return Spot(Part(difference.place.lower()), difference.place)
    field = difference.field.removesuffix(", minutes")
    if field in _PARTS:
        return Spot(_PARTS[field], field)
    return Spot(Part.BASICS if difference.place == PART_LABELS[Part.BASICS] else Part.TEXT, field)
