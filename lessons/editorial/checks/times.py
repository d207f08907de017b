"""The minutes that the script names are those of the plan."""

import re
from collections.abc import Iterator

from lessons.library.content import LessonContent
from lessons.library.enums import LessonSectionKind
from safeguarding.core.richtext import plain_text

from .problem import Level, Part, Problem

LONGEST_MINUTES = 60

_HEADING = re.compile(r"<h[2-6]>(.*?)</h[2-6]>", re.DOTALL)
_NUMBERED = re.compile(r"^activity \d+\s*[:.–-]?\s*")
_MINUTES = re.compile(r"\((\d{1,3}) minutes?\)\s*$")


def check_times(content: LessonContent) -> Iterator[Problem]:
    if content.minutes > LONGEST_MINUTES:
        yield Problem(
            Part.BASICS,
            "Minutes",
            f"The lesson takes {content.minutes} minutes in all.",
            "Several short lessons work better than one long one: make it a unit.",
            Level.WARNS,
        )
    script = content.sections.get(LessonSectionKind.SCRIPT)
    planned = _planned(content)
    for heading in _HEADING.findall(script.body if script else ""):
        text = plain_text(heading)
        said = _MINUTES.search(text)
        name = _NUMBERED.sub("", _MINUTES.sub("", text).casefold()).strip()
        if said and name in planned and int(said[1]) != planned[name]:
            yield Problem(
                Part.TEXT,
                LessonSectionKind.SCRIPT.label,
                f"“{text}”: the plan gives {planned[name]} minutes to this.",
                "Make the two agree.",
            )


def _planned(content: LessonContent) -> dict[str, int]:
    """Minutes by what a heading of the script calls the part, in small letters."""
    planned = {activity.title.casefold(): activity.minutes for activity in content.activities}
    planned |= {"before-check": content.check_minutes, "after-check": content.check_minutes}
    for kind in (LessonSectionKind.STARTER, LessonSectionKind.PLENARY):
        if kind in content.sections:
            planned[kind.label.casefold()] = content.sections[kind].minutes
    return planned
