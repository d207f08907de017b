"""Each kind of activity on a small screen and by keyboard. That none needs script, `tests.teaching` says."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons.library.store import write_content
from tests.editorial.builders import lesson_content
from tests.factories import AssignmentFactory, LessonVersionFactory, SchoolClassFactory, make_live
from tests.library.activities import MATCH, ORDER, POLL, SORT, SPOT, STORY

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_pupil_does_each_kind_of_activity_by_keyboard_on_a_small_screen(person, axe) -> None:
    version = LessonVersionFactory(parts=False)
    activities = (ORDER, MATCH, SPOT, POLL, STORY, SORT)
    write_content(version, lesson_content(questions=(), sections={}, activities=activities))
    assignment = AssignmentFactory(version=make_live(version), school_class=SchoolClassFactory())
    page = person(**PHONE)

    def next_step() -> None:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name=re.compile("^(Next|Let’s start)$")).click()

    page.goto("/join/")
    page.get_by_label("Class code").fill(assignment.school_class.code)
    press(page, "Next")
    page.get_by_role("link", name=re.compile("^Start")).click()
    next_step()

    for place, text in enumerate(("Stop", "Tell", "Keep it", "Rest"), start=1):
        page.get_by_label(text, exact=True).focus()
        page.keyboard.type(str(place))
    press(page, "Look at my answers")
    expect(page.get_by_text("All are in their places")).to_be_visible()
    next_step()

    for item in MATCH.items:
        found = page.get_by_role("listitem").filter(has_text=item.answer).inner_text()
        page.get_by_label(item.text, exact=True).focus()
        page.keyboard.type(found[0])
    press(page, "Look at my answers")
    expect(page.get_by_text("All have found their partners")).to_be_visible()
    next_step()

    page.get_by_label("Kit: You owe me.").focus()
    page.keyboard.press("Space")
    press(page, "Look at my answers")
    expect(page.get_by_text("You noticed 1 of 2 signs")).to_be_visible()
    expect(page.get_by_label("Kit: You owe me.")).to_be_checked()
    next_step()

    page.get_by_label("It is hard to ask").focus()
    page.keyboard.press("Space")
    press(page, "That is my choice")
    expect(page.get_by_text("Many feel so.")).to_be_visible()
    next_step()

    press(page, "Wait")
    press(page, "Hide")
    expect(page.get_by_role("heading", name="At home")).to_be_visible()
    press(page, "Tell Mum")
    expect(page.get_by_text("Mum listens.")).to_be_visible()
    expect(page.get_by_role("heading", name="At home")).to_be_visible()
    next_step()

    page.get_by_role("group", name="A sad friend").get_by_label("Later").focus()
    page.keyboard.press("Space")
    press(page, "Look at my answers")
    expect(page.get_by_text("Yes: Later. Now would be right too")).to_be_visible()
    next_step()
    expect(page.get_by_role("heading", name="You have done it")).to_be_visible()
