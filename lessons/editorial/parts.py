"""The parts in which a version is written: one page of the desk each."""

import hashlib

from lessons.library.content import Content, LessonContent

from .checks.problem import Part

LONGEST_BODY = 100_000  # characters of one rich text, marks included

LESSON_FIELDS: dict[Part, tuple[str, ...]] = {
    Part.BASICS: ("title", "summary", "topic", "band", "check_minutes", "review_by"),
    Part.TEXT: ("sections",),
    Part.OBJECTIVES: ("objectives", "vocabulary"),
    Part.ACTIVITIES: ("activities",),
    Part.QUESTIONS: ("questions",),
    Part.EVIDENCE: ("findings", "strands"),
    Part.DOCUMENTS: ("documents",),
}
GUIDE_FIELDS: dict[Part, tuple[str, ...]] = {
    Part.BASICS: ("title", "summary", "kind", "topic", "age_from", "age_to", "review_by"),
    Part.TEXT: ("sections",),
    Part.EVIDENCE: ("findings",),
    Part.DOCUMENTS: ("documents",),
}


ROW_WORDS = {Part.ACTIVITIES: "activity", Part.QUESTIONS: "question"}  # the parts that are lists, and what a row is
MOST_ROWS = {Part.ACTIVITIES: 6, Part.QUESTIONS: 12}


def slot_of(part: Part, place: int = 0) -> str:
    """Where it stands on the page on which all parts are written."""
    return f"{ROW_WORDS[part]}-{place}" if place else f"part-{part.value}"


def parts_of(content: Content) -> dict[Part, tuple[str, ...]]:
    return LESSON_FIELDS if isinstance(content, LessonContent) else GUIDE_FIELDS


def fields_of(content: Content, part: Part) -> tuple[str, ...]:
    return parts_of(content)[part]


def token_of(content: Content, part: Part, place: int = 0) -> str:
    """Names what the part holds now, or one activity or question of it. Two that are equal hold the same; it says
    nothing else. Empty for a row that there is not.
    """
    if place:
        rows = getattr(content, fields_of(content, part)[0])
        if place > len(rows):
            return ""
        held = repr(rows[place - 1])
    else:
        held = repr([_in_order(getattr(content, name)) for name in fields_of(content, part)])
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def _in_order(value: object) -> object:
    # The database gives sections in any order.
    return sorted(value.items()) if isinstance(value, dict) else value
