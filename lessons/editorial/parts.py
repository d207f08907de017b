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


def parts_of(content: Content) -> dict[Part, tuple[str, ...]]:
    return LESSON_FIELDS if isinstance(content, LessonContent) else GUIDE_FIELDS


def fields_of(content: Content, part: Part) -> tuple[str, ...]:
    return parts_of(content)[part]


def token_of(content: Content, part: Part) -> str:
    """Names what the part holds now. Two that are equal hold the same; it says nothing else."""
    held = repr([_in_order(getattr(content, name)) for name in fields_of(content, part)])
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def _in_order(value: object) -> object:
    # The database gives sections in any order.
    return sorted(value.items()) if isinstance(value, dict) else value
