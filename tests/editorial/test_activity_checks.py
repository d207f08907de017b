"""What each kind of activity needs: one thing is broken in an activity that passes every check."""

import dataclasses

import pytest

from lessons.editorial.checks import blocking, check
from lessons.library.content import ItemContent
from lessons.library.enums import ActivityKind
from tests.library.activities import ALL, MATCH, ORDER, POLL, SORT, SPOT, STORY

from . import builders
from .builders import a_reference, lesson_content


def said(activity):
    problems = blocking(check(lesson_content(activities=(activity, builders.SORT)), a_reference()))
    return [(problem.place, str(problem)) for problem in problems]


def change(activity, place, **changes):
    items = list(activity.items)
    items[place] = dataclasses.replace(items[place], **changes)
    return dataclasses.replace(activity, items=tuple(items))


def only(activity, *places):
    return dataclasses.replace(activity, items=tuple(activity.items[place] for place in places))


@pytest.mark.parametrize("activity", ALL, ids=lambda one: one.kind.value)
def test_a_sound_activity_of_each_kind_passes(activity):
    assert said(activity) == []


BROKEN = {
    "two steps": (only(ORDER, 0, 1), "Fewer than three cannot well be put in order. Add another."),
    "a step twice": (change(ORDER, 1, text="Stop"), "“Stop” stands there twice."),
    "a step without feedback": (change(ORDER, 1, feedback=""), "A step has no feedback. Say kindly why"),
    "two pairs": (only(MATCH, 0, 1), "Fewer than three pairs match themselves. Add another pair."),
    "a pair with one side": (change(MATCH, 1, answer=""), "A pair has only one side. Write what it goes with."),
    "a partner of two": (change(MATCH, 1, answer="The nurse"), "“The nurse” stands there twice."),
    "a pair without feedback": (change(MATCH, 1, feedback=""), "A pair has no feedback."),
    "a line that says neither": (change(SPOT, 1, answer=""), "A line does not say whether it is a sign."),
    "only signs": (only(SPOT, 1, 2), "There must be a line that is a sign, and one that is fine."),
    "no sign": (only(SPOT, 0, 3), "There must be a line that is a sign, and one that is fine."),
    "a line without feedback": (change(SPOT, 0, feedback=""), "A line has no feedback."),
    "a poll of one": (only(POLL, 0), "A poll needs two options or more. Add another."),
    "an option without feedback": (change(POLL, 0, feedback=""), "An option has no feedback."),
    "a second group that is no group": (
        change(SORT, 2, also="Latre"),
        "“A sad friend” may also go to “Latre”, which is no other card’s own group. Spell it as the other cards do.",
    ),
    "the same group twice": (change(SORT, 2, also="Now"), "“A sad friend” names the same group twice."),
    "a scene that there is not": (
        change(STORY, 0, leads_to="the next day"),
        "A choice leads to “the next day”, and no choice stands in that scene. Spell both alike, or add its choices.",
    ),
    "a scene that nothing leads to": (
        change(STORY, 4, leads_to=""),
        "Nothing leads to the scene “At home”. Let a choice before it lead there, or remove its choices.",
    ),
    "a circle": (
        change(STORY, 5, leads_to="The next day"),
        "The story comes back to the scene “At home”. Let a choice end the story: pupils can always go back.",
    ),
    "a scene of itself": (change(STORY, 5, leads_to="At home"), "The story comes back to the scene “At home”."),
    "a path on which nothing helps": (
        change(STORY, 5, answer="not_yet"),
        "Whoever comes to “At home” meets nothing that helps. Add a choice there that helps.",
    ),
    "no beginning": (
        dataclasses.replace(STORY, items=tuple(dataclasses.replace(i, scene="Late") for i in STORY.items)),
        "The story has no beginning. Leave the scene of the first choices empty.",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_said_with_how_to_mend_it(case):
    activity, sentence = BROKEN[case]
    found = said(activity)

    assert {place for place, _ in found} == {"Activity 1"}
    assert any(sentence in text for _, text in found), found


def test_a_choice_that_helps_may_wait_in_a_later_scene():
    items = (
        ItemContent("Wait", "not_yet", "So.", leads_to="Later"),
        ItemContent("Say no", "helps", "Good."),
        ItemContent("Wait again", "not_yet", "So.", scene="Later", leads_to="At last"),
        ItemContent("Tell Mum", "helps", "She listens.", scene="At last"),
    )
    assert said(dataclasses.replace(STORY, items=items)) == []


def test_scenes_of_any_depth_are_looked_at_in_a_moment():
    """Many ways lead to each scene: a walk along every path would not end."""
    deep = 10
    items = [ItemContent("Go", "not_yet", "So.", leads_to="Scene 0"), ItemContent("Tell", "helps", "Good.")]
    for n in range(deep):
        after = f"Scene {n + 1}" if n + 1 < deep else ""
        items += [ItemContent(f"{way} {n}", "helps", "So.", scene=f"Scene {n}", leads_to=after) for way in "ab"]
    assert said(dataclasses.replace(STORY, items=tuple(items))) == []


def test_what_pupils_read_of_every_kind_is_checked_for_words_and_reading_age():
    content = lesson_content(activities=ALL[:3])
    read = lesson_content(activities=(SPOT, STORY, MATCH)).pupil_text
    worded = change(SPOT, 0, speaker="Stranger danger")

    assert all(words in read for words in ("Kit", "The next day", "A trusted adult"))
    assert "not_yet" not in read
    assert "Later" in content.pupil_text
    assert any("stranger danger" in text for _, text in said(worded))
    assert worded.kind == ActivityKind.SPOT
