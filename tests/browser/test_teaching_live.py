"""A lesson on the board: by keyboard, with the script in a second window, without JavaScript, and a poll."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lessons.library.enums import LessonSectionKind
from lessons.library.models import LessonSection
from lessons.teaching.models import Assignment
from tests.browser.conftest import PHONE
from tests.cast import Cast
from tests.factories import AssignmentFactory

from .test_main_job import sign_in


@pytest.fixture
def assignment(transactional_db: None, cast: Cast) -> Assignment:
    made = AssignmentFactory(school_class=cast.anonymous_class)
    for kind, body in (
        (LessonSectionKind.STARTER, "<p>Look.</p>"),
        (LessonSectionKind.SCRIPT, "<h3>Starter</h3><p>Wait.</p>"),
    ):
        LessonSection.objects.create(version=made.version, kind=kind, body=body, minutes=5)
    return made


def test_the_board_moves_by_keyboard_and_takes_the_script_with_it(
    person: Callable[..., Page], axe: Callable[[Page], list[str]], cast: Cast, assignment: Assignment
):
    board = sign_in(person(width=1280, height=720), cast.teacher.user)
    board.goto(f"/teach/assignments/{assignment.pk}/present/")
    assert axe(board) == []
    with board.context.expect_page() as opened:
        board.get_by_role("link", name="Script in a second window").click()
    script = opened.value
    expect(script.locator("[data-count]")).to_have_text(re.compile(r"^1 of"))
    board.bring_to_front()
    for key, place in (("ArrowRight", "2 of"), (" ", "3 of"), ("PageUp", "2 of"), ("Home", "1 of")):
        board.keyboard.press(key)
        expect(board.locator("[data-count]")).to_have_text(re.compile(f"^{place}"))
        expect(script.locator("[data-count]")).to_have_text(re.compile(f"^{place}"))
    script.locator("[data-go=after]").click()
    expect(board.locator("[data-count]")).to_have_text(re.compile(r"^2 of"))
    expect(script.locator("[data-time]")).to_have_text("4:00")
    board.keyboard.press("t")
    expect(board.locator("[data-time]")).to_have_text("3:58")
    expect(script.locator("[data-time]")).to_have_text(re.compile(r"^3:5\d$"))
    board.keyboard.press("b")
    expect(board.locator("[data-blank]")).to_be_visible()
    board.keyboard.press("b")
    expect(board.locator("[data-blank]")).to_be_hidden()


def test_without_javascript_each_slide_is_a_page(person: Callable[..., Page], cast: Cast, assignment: Assignment):
    board = sign_in(person(javascript=False, **PHONE), cast.teacher.user)
    board.goto(f"/teach/assignments/{assignment.pk}/present/")
    board.get_by_role("link", name="Next slide").click()
    expect(board.get_by_role("heading", name="Check before")).to_be_visible()
    expect(board.locator("[data-does=full]")).to_be_hidden()
    assert board.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_class_votes_and_the_board_shows_it_when_the_poll_is_closed(
    person: Callable[..., Page], axe: Callable[[Page], list[str]], cast: Cast
):
    board = sign_in(person(), cast.teacher.user)
    board.goto(f"/teach/classes/{cast.anonymous_class.pk}/polls/")
    board.get_by_label("Question").fill("Is it kind?")
    board.get_by_role("button", name="Open the poll").click()
    for number in range(5):
        pupil = person(**PHONE)
        pupil.goto("/join/")
        pupil.get_by_label("Class code").fill(cast.anonymous_class.code)
        pupil.get_by_role("button", name="Next").click()
        pupil.goto("/join/poll/")
        pupil.get_by_label("Agree", exact=True).check()
        if number == 0:
            assert axe(pupil) == []
        pupil.get_by_role("button", name="Send").click()
        expect(pupil.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(board.locator("[data-votes]")).to_have_text("5")
    expect(board.get_by_text("100%")).to_be_hidden()
    board.get_by_role("button", name="Close the poll").click()
    expect(board.get_by_text("100%")).to_be_visible()
    assert axe(board) == []
