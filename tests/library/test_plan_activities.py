"""The teacher's plan shows an activity of each kind with its answers."""

import dataclasses

import pytest

from lessons.library.store import write_content
from tests.cast import Cast
from tests.editorial.builders import lesson_content
from tests.factories import LessonFactory, LessonVersionFactory, make_live

from .activities import MATCH, ORDER, POLL, SORT, SPOT, STORY

SHOWN = {
    STORY: ["<h4>The next day</h4>", "Leads to:</span> At home", "Helps", "Not yet"],
    SORT: ["Cards and their groups", "Later"],
    ORDER: ["This is the right order", '<td class="number">4</td><th scope="row">Rest</th>'],
    MATCH: ["These are the pairs", "Goes with", "<td>The nurse</td>"],
    SPOT: ["Lines, and which are signs", '<th scope="row">Kit: You owe me.</th>', "A sign", "Fine"],
    POLL: ["No option is right or wrong", "Options"],
}


def plan(signed_in, cast: Cast, activity) -> str:
    version = LessonVersionFactory(lesson=LessonFactory(slug="ask-first"), parts=False)
    write_content(version, lesson_content(activities=(activity,)))
    make_live(version)
    response = signed_in(cast.teacher).get("/lessons/ask-first/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("activity", SHOWN, ids=lambda one: one.kind.value)
def test_the_plan_shows_items_answers_and_what_pupils_are_told(signed_in, cast, activity):
    page = plan(signed_in, cast, activity)

    for words in SHOWN[activity]:
        assert words in page
    for item in activity.items:
        assert item.text in page
        assert item.feedback in page


def test_a_scenario_without_scenes_is_one_table_as_ever(signed_in, cast):
    page = plan(signed_in, cast, dataclasses.replace(STORY, items=STORY.items[1:2]))

    assert page.count("Choices and what they do") == 1
    assert "The story goes on" not in page
    assert "Leads to:" not in page
