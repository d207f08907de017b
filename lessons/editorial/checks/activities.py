"""What each kind of activity needs before pupils can do it."""

from collections import Counter
from collections.abc import Callable, Iterator

from lessons.library.content import ActivityContent, LessonContent
from lessons.library.enums import ActivityKind, Helpfulness, Spotted
from lessons.library.items import START, groups_of, scenes_from, scenes_of

from .problem import Part, Problem

ACTIVITIES = range(2, 4)
GROUPS = range(2, 4)
FEWEST_STEPS = 3
FEWEST_PAIRS = 3

Say = tuple[str, str]  # what is wrong, and how to mend it


def check_activities(content: LessonContent) -> Iterator[Problem]:
    if len(content.activities) not in ACTIVITIES:
        yield Problem(
            Part.ACTIVITIES,
            "Activities",
            f"A lesson has two or three activities; this one has {len(content.activities)}.",
            "Pupils practise a skill in each: add or remove some.",
        )
    for number, activity in enumerate(content.activities, start=1):
        place = f"Activity {number}"
        if not activity.minutes:
            yield Problem(Part.ACTIVITIES, place, "It has no minutes.", "Say how long it takes.", field="minutes")
        for message, mend in _check_items(activity):
            yield Problem(Part.ACTIVITIES, place, message, mend, field="items")


def _check_items(activity: ActivityContent) -> Iterator[Say]:
    if not activity.items:
        yield "It has nothing to talk about, choose or sort.", "Add some."
        return
    if activity.kind in CHECKS:
        yield from CHECKS[activity.kind](activity)
    if activity.kind != ActivityKind.DISCUSSION and any(not item.feedback for item in activity.items):
        yield f"{ONE[activity.kind]} has no feedback.", "Say kindly why, or what helps."


def _check_scenario(activity: ActivityContent) -> Iterator[Say]:
    answers = {item.answer for item in activity.items}
    if len(activity.items) < 2 or Helpfulness.HELPS not in answers:
        yield "A scenario needs two choices or more, one of which helps.", "Add a choice that helps."
    if not answers <= set(Helpfulness.values):
        yield "A choice does not say whether it helps.", "Choose “This helps” or “Not yet”."
    yield from _check_scenes(activity)


def _check_scenes(activity: ActivityContent) -> Iterator[Say]:
    scenes = scenes_of(activity.items)
    if START not in scenes:
        yield "The story has no beginning.", "Leave the scene of the first choices empty."
        return
    for name in sorted({item.leads_to for item in activity.items if item.leads_to} - set(scenes)):
        yield (
            f"A choice leads to “{name}”, and no choice stands in that scene.",
            "Spell both alike, or add its choices.",
        )
    reached = scenes_from(scenes, START)
    for name in scenes:
        if name != START and name not in reached:
            yield f"Nothing leads to the scene “{name}”.", "Let a choice before it lead there, or remove its choices."
        elif name in scenes_from(scenes, name):
            yield (
                f"The story comes back to the scene “{name}”.",
                "Let a choice end the story: pupils can always go back.",
            )
        elif name != START and not _can_help(activity, name):
            yield f"Whoever comes to “{name}” meets nothing that helps.", "Add a choice there that helps."


def _can_help(activity: ActivityContent, scene: str) -> bool:
    """Whether a choice that helps is offered there or later on."""
    scenes = scenes_of(activity.items)
    return any(item.helps for name in {scene, *scenes_from(scenes, scene)} for item in scenes[name])


def _check_sort(activity: ActivityContent) -> Iterator[Say]:
    if len(groups_of(activity.items)) not in GROUPS or any(not item.answer for item in activity.items):
        yield "Cards must go to two or three groups.", "Write the name of its group beside each card."
    first = {item.answer for item in activity.items}
    for item in activity.items:
        if item.also and item.also == item.answer:
            yield f"“{item.text}” names the same group twice.", "Leave the second empty, or name another."
        elif item.also and item.also not in first:
            yield (
                f"“{item.text}” may also go to “{item.also}”, which is no other card’s own group.",
                "Spell it as the other cards do.",
            )


def _check_order(activity: ActivityContent) -> Iterator[Say]:
    if len(activity.items) < FEWEST_STEPS:
        yield "Fewer than three cannot well be put in order.", "Add another."
    yield from _check_doubles(item.text for item in activity.items)


def _check_match(activity: ActivityContent) -> Iterator[Say]:
    if len(activity.items) < FEWEST_PAIRS:
        yield "Fewer than three pairs match themselves.", "Add another pair."
    if any(not item.answer for item in activity.items):
        yield "A pair has only one side.", "Write what it goes with."
    yield from _check_doubles(item.text for item in activity.items)
    yield from _check_doubles(item.answer for item in activity.items if item.answer)


def _check_spot(activity: ActivityContent) -> Iterator[Say]:
    answers = {item.answer for item in activity.items}
    if not answers <= set(Spotted.values):
        yield "A line does not say whether it is a sign.", "Choose “A sign” or “Fine”."
    if not set(Spotted.values) <= answers:
        yield "There must be a line that is a sign, and one that is fine.", "Add the one that is missing."


def _check_poll(activity: ActivityContent) -> Iterator[Say]:
    if len(activity.items) < 2:
        yield "A poll needs two options or more.", "Add another."
    yield from _check_doubles(item.text for item in activity.items)


def _check_doubles(texts: Iterator[str]) -> Iterator[Say]:
    for text, times in Counter(texts).items():
        if times > 1:
            yield f"“{text}” stands there twice.", "Remove one, or say it another way."


CHECKS: dict[ActivityKind, Callable[[ActivityContent], Iterator[Say]]] = {
    ActivityKind.SCENARIO: _check_scenario,
    ActivityKind.SORT: _check_sort,
    ActivityKind.ORDER: _check_order,
    ActivityKind.MATCH: _check_match,
    ActivityKind.SPOT: _check_spot,
    ActivityKind.POLL: _check_poll,
}
ONE: dict[ActivityKind, str] = {
    ActivityKind.SCENARIO: "A choice",
    ActivityKind.SORT: "A card",
    ActivityKind.ORDER: "A step",
    ActivityKind.MATCH: "A pair",
    ActivityKind.SPOT: "A line",
    ActivityKind.POLL: "An option",
}
