"""What follows from the items of an activity: the groups of a sort, a mixed order, the scenes of a scenario."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .content import ItemContent
from .enums import ActivityKind, Helpfulness, Spotted

START = ""  # the scene in which a scenario begins
I = TypeVar("I", bound=ItemContent)  # noqa: E741  # an item


WORDS: Mapping[str, Mapping[str, str]] = {
    ActivityKind.SCENARIO: {value: str(label) for value, label in Helpfulness.choices},
    ActivityKind.SPOT: {value: str(label) for value, label in Spotted.choices},
}


def answer_in_words(kind: str, item: ItemContent) -> str:
    """Empty where it has none. Of a card that may go to two groups, both."""
    return WORDS.get(kind, {}).get(item.answer, ", or ".join(item.groups))


@dataclass(frozen=True)
class ItemLine:
    """An item in three texts, as the desk shows it."""

    text: str
    answer: str
    feedback: str


def item_lines(kind: str, items: Iterable[ItemContent]) -> tuple[ItemLine, ...]:
    """With the speaker before what is said, the scene before its choices, and what comes next behind the answer."""
    return tuple(
        ItemLine(
            text=" ".join(part for part in (item.scene and f"({item.scene})", _said(item)) if part),
            answer="; ".join(
                part for part in (answer_in_words(kind, item), item.leads_to and f"leads to “{item.leads_to}”") if part
            ),
            feedback=item.feedback,
        )
        for item in items
    )


def _said(item: ItemContent) -> str:
    return f"{item.speaker}: {item.text}" if item.speaker else item.text


def groups_of(items: Iterable[ItemContent]) -> tuple[str, ...]:
    """In the order in which the cards first name them."""
    return tuple(dict.fromkeys(group for item in items for group in item.groups))


def mixed(items: Sequence[I]) -> tuple[I, ...]:
    """In an order that is always the same and never the right one, unless there is only one."""
    found = sorted(items, key=lambda item: hashlib.sha256(f"{item.text}\n{item.answer}".encode()).digest())
    if found == list(items):
        found = [*found[1:], *found[:1]]
    return tuple(found)


def scenes_of(items: Iterable[I]) -> dict[str, tuple[I, ...]]:
    """The choices of each scene; scenes and choices in the order in which they are written."""
    found: dict[str, tuple[I, ...]] = {}
    for item in items:
        found[item.scene] = (*found.get(item.scene, ()), item)
    return found


def next_scenes(scenes: Mapping[str, Sequence[ItemContent]], scene: str) -> tuple[str, ...]:
    """Those that a choice of this scene leads to and that there are."""
    led_to = (item.leads_to for item in scenes.get(scene, ()))
    return tuple(dict.fromkeys(name for name in led_to if name and name in scenes))


def scenes_from(scenes: Mapping[str, Sequence[ItemContent]], scene: str) -> set[str]:
    """All that can come after it; itself too where the story turns in a circle."""
    found: set[str] = set()
    waiting = [scene]
    while waiting:
        new = [name for name in next_scenes(scenes, waiting.pop()) if name not in found]
        found.update(new)
        waiting += new
    return found
