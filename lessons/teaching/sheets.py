"""What is printed of a lesson besides its plan: a cover sheet in short, and cards to cut out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.library.enums import ActivityKind, LessonSectionKind
from lessons.library.queries.plan import PlanActivity
from safeguarding.core.richtext import plain_text

from .queries.taught import TaughtLesson
from .script_parts import PREPARE, script_parts

MOST_WORDS = 55  # of the script, for each part of the lesson on a cover sheet
_SENTENCE = re.compile(r"(?<=[.!?][”’\"']) |(?<=[.!?]) |\n")


@dataclass(frozen=True)
class ShortPart:
    title: str
    start: int
    minutes: int
    say: str


def in_short(lesson: TaughtLesson) -> list[ShortPart]:
    """The time line with the first sentences of what the script says to each part."""
    script = _script(lesson)
    return [
        ShortPart(
            moment.title, moment.start, moment.minutes, first_sentences(script.get(moment.anchor, ""), MOST_WORDS)
        )
        for moment in lesson.plan.time_line
    ]


def to_prepare(lesson: TaughtLesson) -> str:
    return first_sentences(_script(lesson).get(PREPARE, ""), MOST_WORDS)


def first_sentences(html: str, most_words: int) -> str:
    """Whole sentences, at most so many words; the first one in any case."""
    kept: list[str] = []
    words = 0
    for sentence in filter(None, _SENTENCE.split(plain_text(html))):
        words += len(sentence.split())
        if kept and words > most_words:
            break
        kept.append(sentence)
    return " ".join(kept)


@dataclass(frozen=True)
class Card:
    text: str
    is_heading: bool = False  # where the others are put
    above: str = ""  # who says it, or the scene in which it can be chosen


@dataclass(frozen=True)
class CardSheet:
    activity: PlanActivity
    cards: tuple[Card, ...]


def card_sheets(lesson: TaughtLesson) -> list[CardSheet]:
    """For each activity in which something is sorted, ordered, matched, found or chosen; the others need none."""
    return [
        CardSheet(activity, tuple(_cards(activity)))
        for activity in lesson.plan.activities
        if activity.items and activity.kind not in (ActivityKind.DISCUSSION, ActivityKind.POLL)
    ]


def _cards(activity: PlanActivity) -> Iterator[Card]:
    """Never in the order that would give the answer away."""
    match activity.kind:
        case ActivityKind.SORT:
            yield from (Card(group, is_heading=True) for group in activity.groups)
            yield from (Card(item.text) for item in activity.mixed)
        case ActivityKind.ORDER:
            yield from (Card(item.text) for item in activity.mixed)
        case ActivityKind.MATCH:
            yield from (Card(item.text) for item in activity.items)
            yield from (Card(item.answer) for item in activity.mixed)
        case _:
            yield from (Card(item.text, above=item.speaker or item.scene) for item in activity.items)


def _script(lesson: TaughtLesson) -> dict[str, str]:
    section = lesson.plan.sections.get(LessonSectionKind.SCRIPT)
    return script_parts(section.body, [a.title for a in lesson.plan.activities]) if section else {}
