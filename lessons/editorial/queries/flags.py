"""The words of the glossary that changed after a version was written, and where they stand in it."""

import datetime
from dataclasses import dataclass

from lessons.library.models import GlossaryTerm, LessonVersion
from lessons.library.store import AnyVersion, content_of

from ..checks import load_reference
from ..checks.text import words_in
from ..models import Flag


@dataclass(frozen=True)
class FlagLine:
    pk: int
    term: str
    class_label: str
    class_kind: str
    instead: str
    reason: str
    since: datetime.datetime
    places: tuple[str, ...]


def told_of(term: GlossaryTerm) -> str:
    """How many versions wait because of it, as a sentence; empty where none does. One query."""
    count = Flag.objects.filter(term=term).count()
    if not count:
        return ""
    things = "1 live or planned version: it waits" if count == 1 else f"{count} live or planned versions: they wait"
    return f"It stands in {things} on the desk."


def flags_of(version: AnyVersion) -> tuple[FlagLine, ...]:
    """By the alphabet. Twelve queries at most, however long the text."""
    flags = Flag.objects.filter(
        **{"lesson_version" if isinstance(version, LessonVersion) else "guide_version": version}
    ).select_related("term")
    found = list(flags.order_by("term__term"))
    if not found:
        return ()
    content, reference = content_of(version), load_reference()
    places: dict[str, list[str]] = {}
    for passage in content.passages():
        for word, _ in words_in(passage.text, reference):
            if word.is_for(passage.reader):
                places.setdefault(word.term, []).append(passage.place)
    kinds = {"avoid": "stop", "care": "care", "use": "good"}
    return tuple(
        FlagLine(
            flag.pk,
            flag.term.term,
            flag.term.get_term_class_display(),
            kinds[flag.term.term_class],
            flag.term.instead,
            flag.term.reason,
            flag.since,
            tuple(dict.fromkeys(places.get(flag.term.term, ()))),
        )
        for flag in found
    )
