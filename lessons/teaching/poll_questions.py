"""What a lesson gives to ask a class about."""

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.library.enums import ActivityKind
from lessons.library.queries.plan import PlanActivity
from safeguarding.core.richtext import plain_text

MOST_LETTERS, MOST_OPTIONS, MOST_LETTERS_OF_AN_OPTION = 200, 6, 100


@dataclass(frozen=True)
class AskedInLesson:
    """Without options it is something to talk about, to which the teacher gives choices."""

    activity: str
    question: str
    options: tuple[str, ...] = ()


def questions_of(activities: Iterable[PlanActivity]) -> list[AskedInLesson]:
    """Those that fit on the board, in the order of the lesson."""
    found = [asked for activity in activities for asked in _asked(activity)]
    return [asked for asked in found if len(asked.question) <= MOST_LETTERS]


def _asked(activity: PlanActivity) -> list[AskedInLesson]:
    if activity.kind == ActivityKind.DISCUSSION:
        return [AskedInLesson(activity.title, item.text) for item in activity.items]
    if activity.kind == ActivityKind.POLL:
        options = tuple(item.text for item in activity.items)
        fits = 2 <= len(options) <= MOST_OPTIONS and all(len(option) <= MOST_LETTERS_OF_AN_OPTION for option in options)
        return [AskedInLesson(activity.title, _question(activity), options if fits else ())]
    return []


def _question(activity: PlanActivity) -> str:
    """The last question that its introduction asks; its title where that asks none."""
    asked = [line for line in plain_text(activity.intro).split("\n") if line.endswith("?")]
    return asked[-1] if asked else activity.title
