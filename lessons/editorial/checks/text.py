"""Checks of running text that lessons and guides share."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from lessons.library.content import Content
from lessons.library.enums import Reader

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


_QUOTATION = re.compile("“[^”]*”")


def part_of(place: str) -> Part:
    return _PARTS.get(re.split(r"[ :]", place)[0], Part.TEXT)


def check_words(content: Content, reference: Reference) -> Iterator[Problem]:
    """Words of the glossary to avoid block; words to use with care are pointed out."""
    for passage in content.passages():
        for word, is_quoted in words_in(passage.text, reference):
            if not word.is_for(passage.reader):
                continue
            # A source's own term, or what somebody says, may be quoted to adults.
            is_allowed = not word.is_avoided or (is_quoted and passage.reader != Reader.PUPIL)
            yield Problem(
                part_of(passage.place),
                passage.place,
                f"“{word.form}”: {word.reason}",
                f"Write “{word.instead}”." if word.instead else "Say it another way.",
                Level.WARNS if is_allowed else Level.BLOCKS,
            )


def terms_in(content: Content, reference: Reference) -> set[str]:
    """The terms that the checks find in it, quoted or not."""
    return {
        word.term
        for passage in content.passages()
        for word, _ in words_in(passage.text, reference)
        if word.is_for(passage.reader)
    }


def words_in(text: str, reference: Reference) -> list[tuple[Word, bool]]:
    """The words that stand in the text, each once, and whether each only stands between “quotation marks”.

    Of forms that begin alike, only the longest counts.
    """
    plain = normal(text)
    quoted = [match.span() for match in _QUOTATION.finditer(plain)]
    found: dict[str, bool] = {}
    for match in reference.pattern.finditer(plain):
        is_quoted = any(start < match.start() and match.end() < end for start, end in quoted)
        found[match[0]] = found.get(match[0], True) and is_quoted
    return [(reference.words[form], is_quoted) for form, is_quoted in sorted(found.items())]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.internal: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/"):
            self.internal.append(href)


def check_links(content: Content, reference: Reference) -> Iterator[Problem]:
    """Links to our own pages lead somewhere. Other people's pages are not asked."""
    for place, body in content.bodies():
        parser = _Links()
        parser.feed(body)
        for href in parser.internal:
            if not _leads_somewhere(href, reference):
                yield Problem(
                    part_of(place), place, f"The link to “{href}” leads nowhere.", "Correct its address or remove it."
                )


def _leads_somewhere(href: str, reference: Reference) -> bool:
    try:
        match = resolve(urlsplit(href).path)
    except Resolver404:
        return False
    live = {"library:lesson-detail": reference.lessons, "guidance:guide-detail": reference.guides}
    return match.view_name not in live or match.kwargs["slug"] in live[match.view_name]


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []  # address and alternative text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            image = dict(attrs)
            self.shown.append((image.get("src") or "", (image.get("alt") or "").strip()))


def check_images(content: Content, reference: Reference) -> Iterator[Problem]:
    for place, body in content.bodies():
        parser = _Images()
        parser.feed(body)
        if any(address not in reference.pictures for address, _ in parser.shown):
            yield Problem(
                part_of(place),
                place,
                "A picture is not, or no longer, in our library.",
                "Take it away, or put one from the library there.",
            )
        if any(not alt and not reference.pictures.get(address, True) for address, alt in parser.shown):
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
    for code in sorted(set(content.findings) - set(reference.findings)):
        yield Problem(Part.EVIDENCE, "Findings", f"There is no finding {code}.", "Choose one from the list.")


def check_basics(content: Content) -> Iterator[Problem]:
    for place, text, most in (("Title", content.title, 120), ("Summary", content.summary, 300)):
        if len(text) > most:
            yield Problem(Part.BASICS, place, f"It has {len(text)} characters; {most} is the most.", "Shorten it.")
    if not content.summary:
        yield Problem(Part.BASICS, "Summary", "There is no summary.", "Say in one sentence what it is about.")
    if content.review_by is None:
        yield Problem(
            Part.BASICS, "Review by", "No date says when somebody should read it again.", "Choose one within two years."
        )
