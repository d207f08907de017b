"""The script of a lesson, cut where its parts begin, so that each slide has the words that go with it."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from safeguarding.core.richtext import clean, plain_text

# The anchors of the time line, and two more.
PREPARE, AFTERWARDS = "prepare", "afterwards"
BEGINNINGS = (
    (re.compile(r"before the (lesson|day)"), PREPARE),
    (re.compile(r"(before-check|check before)"), "before"),
    (re.compile(r"starter"), "starter"),
    (re.compile(r"plenary"), "plenary"),
    (re.compile(r"(after-check|check after)"), "after"),
    (re.compile(r"afterwards"), AFTERWARDS),
)
_MINUTES = re.compile(r"^\d+\s*[–-]\s*\d+ minutes[.:]?\s*|\s*\([^)]*minutes?\)")
_ACTIVITY = re.compile(r"activity (\d+)")
SHORTENED = 8  # from so many letters on, the beginning of a title stands for it
_BOLD = re.compile(r"<p><strong>(.*?)</strong>", re.DOTALL)


def script_parts(html: str, activity_titles: Sequence[str]) -> dict[str, str]:
    """Rich text for each anchor of the time line that the script names, in a heading or in bold at the head of a text.

    What stands before the first of them belongs to the time before the lesson.
    """
    anchors = {_plain(title): f"activity-{number}" for number, title in enumerate(activity_titles, start=1)}
    parts: dict[str, str] = {}
    here = PREPARE
    for tag, block in _blocks(clean(html)):
        heading = plain_text(block) if tag in ("h2", "h3", "h4") else _bold_beginning(block)
        found = _anchor(heading, anchors) if heading else ""
        here = found or here
        if found and tag != "p":
            continue  # the slide says what part it is
        parts[here] = parts.get(here, "") + block
    return parts


def _bold_beginning(block: str) -> str:
    match = _BOLD.match(block)
    return plain_text(match[1]) if match else ""


def _anchor(heading: str, activities: dict[str, str]) -> str:
    words = _plain(_MINUTES.sub("", heading))
    numbered = _ACTIVITY.match(words)
    if numbered and f"activity-{numbered[1]}" in activities.values():
        return f"activity-{numbered[1]}"
    for title, anchor in activities.items():
        if title == words or (len(words) >= SHORTENED and title.startswith(words)):
            return anchor
    return next((anchor for pattern, anchor in BEGINNINGS if pattern.match(words)), "")


def _plain(title: str) -> str:
    return re.sub(r"[^\w\s-]", "", title).strip().casefold()


class _TopElements(HTMLParser):
    """Notes where each element of the first level begins and ends in cleaned HTML, which closes what it opens."""

    VOID = frozenset({"br", "hr", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.depth, self.begins, self.tag = html, 0, 0, ""
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.found: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.begins, self.tag = self._here(), tag
        if tag not in self.VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.found.append((self.tag, self.html[self.begins : self._here() + len(f"</{tag}>")]))


def _blocks(html: str) -> Iterator[tuple[str, str]]:
    yield from _TopElements(html).found
