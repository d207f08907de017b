"""What a lesson gives to ask a class about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.library.content import ItemContent
from lessons.library.enums import ActivityKind
from lessons.library.items import START
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
        return [AskedInLesson(activity.title, _question(activity), _options(activity.items))]
    if activity.kind == ActivityKind.SCENARIO and (options := _options(activity.scenes.get(START, ()))):
        return [AskedInLesson(activity.title, f"{activity.title}: what could help most?", options)]
    return []


def _options(items: Sequence[ItemContent]) -> tuple[str, ...]:
    """None of them where they are too many, or too long, for a poll."""
    texts = tuple(item.text for item in items)
    fits = 2 <= len(texts) <= MOST_OPTIONS and all(len(text) <= MOST_LETTERS_OF_AN_OPTION for text in texts)
    return texts if fits else ()


def _question(activity: PlanActivity) -> str:
    """The last question that its introduction asks; its title where that asks none."""
    asked = [line for line in plain_text(activity.intro).split("\n") if line.endswith("?")]
    return asked[-1] if asked else activity.title
