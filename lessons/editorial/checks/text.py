"""Checks of running text that lessons and guides share."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lessons.library.content import Content

from .problem import Level, Part, Problem
from .reference import Reference, Word, normal

_PARTS = {
    "Title": Part.BASICS,
    "Summary": Part.BASICS,
    "Objective": Part.OBJECTIVES,
    "Vocabulary": Part.OBJECTIVES,
    "Question": Part.QUESTIONS,
    "Activity": Part.ACTIVITIES,
}


def part_of(place: str) -> Part:
    return _PARTS.get(re.split(r"[ :]", place)[0], Part.TEXT)


def check_words(content: Content, reference: Reference) -> Iterator[Problem]:
    """Words of the glossary to avoid block; words to use with care are pointed out."""
    for place, text in content.passages():
        for word in words_in(text, reference):
            instead = f"Write “{word.instead}”." if word.instead else "Say it another way."
            yield Problem(
                part_of(place),
                place,
                f"“{word.form}”: {word.reason}",
                instead,
                Level.BLOCKS if word.is_avoided else Level.WARNS,
            )


def words_in(text: str, reference: Reference) -> list[Word]:
    """The words that stand in the text, each once; of forms that begin alike, only the longest counts."""
    plain = normal(text)
    found = {match[0] for match in reference.pattern.finditer(plain)}
    return [reference.words[form] for form in sorted(found)]


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.without_alt = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.without_alt += 1


def check_images(content: Content) -> Iterator[Problem]:
    for place, body in content.bodies():
        parser = _Images()
        parser.feed(body)
        if parser.without_alt:
            yield Problem(
                part_of(place),
                place,
                "A picture has no alternative text.",
                "Say in a few words what it shows, for someone who cannot see it.",
            )


def check_findings(content: Content, reference: Reference) -> Iterator[Problem]:
    if not content.findings:
        yield Problem(
            Part.EVIDENCE, "Findings", "It names no finding that it rests on.", "Choose at least one under Evidence."
        )
    for code in sorted(set(content.findings) - reference.findings):
        yield Problem(Part.EVIDENCE, "Findings", f"There is no finding {code}.", "Choose one from the list.")


def check_basics(content: Content) -> Iterator[Problem]:
    if not content.summary:
        yield Problem(Part.BASICS, "Summary", "There is no summary.", "Say in one sentence what it is about.")
    if content.review_by is None:
        yield Problem(
            Part.BASICS, "Review by", "No date says when somebody should read it again.", "Choose one within two years."
        )
