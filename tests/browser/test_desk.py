"""The editors' desk in a browser: the editor under its policy, the keyboard, and everything without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lessons.library.store import content_of
from safeguarding.accounts.models import User
from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import PASSWORD
from tests.editorial.builders import a_draft, in_review, item_of
from tests.factories import UserFactory

DRAFT = "/desk/lessons/the-funny-photo/1/"
PAGES = [
    "basics",
    "text",
    "objectives",
    "activities",
    "activities/1",
    "questions",
    "questions/1",
    "evidence",
    "preview",
]


@pytest.fixture
def writer(transactional_db: None) -> User:
    return UserFactory(name="Wanda Writer", is_editor=True)


def sign_in(page: Page, user: User) -> Page:
    user.set_password(PASSWORD)
    user.save()
    page.goto("/account/login/?next=/desk/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The editors’ desk")
    return page


def look(page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_pages_of_the_desk_are_in_order(person, axe, writer, size, dark) -> None:
    a_draft(writer, summary="")
    page = sign_in(person(**size, dark=dark), writer)
    look(page, axe)
    paths = [
        "/desk/audit/",
        "/desk/audit/?words=nobody&since=never",
        "/desk/images/",
        "/desk/images/new/",
        "/desk/settings/",
        "/desk/settings/services/",
        "/desk/packages/",
        "/desk/packages/import/",
        "/desk/lessons/new/",
        "/desk/guides/new/",
        DRAFT,
    ]
    for path in [*paths, *(f"{DRAFT}{part}/" for part in PAGES)]:
        page.goto(path)
        if "/text/" in path or "/activities/1/" in path:
            page.locator(".cke_wysiwyg_div").first.wait_for()
        look(page, axe)
    page.goto(f"{DRAFT}basics/")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Give it a title")
    look(page, axe)


def test_a_text_is_written_by_keyboard_in_the_editor_and_stored_clean(person, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(f"{DRAFT}text/")
    box = page.get_by_role("textbox", name="Note for home")
    box.wait_for()
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Today we talked about photos.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Ask first.")
    page.get_by_role("button", name="Save").press("Enter")

    expect(page.get_by_text("Saved: text.")).to_be_visible()
    body = content_of(draft).sections["home_note"].body
    assert "".join(body.split("\n")) == "<p>Today we talked about photos.</p><p><strong>Ask first.</strong></p>"


def test_a_row_is_added_and_moved_by_keyboard(person, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(f"{DRAFT}objectives/")
    page.get_by_role("button", name="Add an objective").press("Enter")
    page.keyboard.type("Say no kindly.")
    page.keyboard.press("Tab")
    page.keyboard.type("I can say no.")
    row = page.locator("[data-row]:focus-within")
    for _ in range(4):
        row.get_by_role("button", name="Move up").press("Enter")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved: objectives and vocabulary.")).to_be_visible()

    assert [o.learn for o in content_of(draft).objectives] == ["Say no kindly.", "Ask before sharing a photo."]


def test_the_second_of_two_editors_loses_nothing(person, axe, writer) -> None:
    a_draft(writer)
    second = UserFactory(name="Sven Second", is_editor=True)
    ours, theirs = sign_in(person(), writer), sign_in(person(), second)
    for page in (ours, theirs):
        page.goto(f"{DRAFT}basics/")
    ours.get_by_label("Title").fill("What Wanda calls it")
    ours.get_by_role("button", name="Save").click()
    expect(ours.get_by_text("Saved: basics.")).to_be_visible()
    theirs.get_by_label("Title").fill("What Sven calls it")
    theirs.get_by_role("button", name="Save").click()

    expect(theirs.get_by_text("What Wanda calls it", exact=True)).to_be_visible()
    expect(theirs.get_by_label("Title")).to_have_value("What Sven calls it")
    look(theirs, axe)
    theirs.get_by_role("button", name="Save mine in place of what is saved").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("What Sven calls it")


def test_a_lesson_goes_live_without_javascript(person, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(javascript=False), writer)
    page.goto(f"{DRAFT}text/")
    page.get_by_label("Note for home").fill("Today we talked about photos.\n\nAsk first.")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{DRAFT}questions/1/")
    page.get_by_role("group", name="Option 3").get_by_label("Option", exact=True).fill("Wait and see")
    page.get_by_role("group", name="Option 3").get_by_label("Feedback").fill("Asking is better.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Move down question 1").click()
    page.goto(DRAFT)
    page.get_by_label("What is new").fill("The first version.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It is submitted.")).to_be_visible()
    content = content_of(draft)
    assert content.sections["home_note"].text == "Today we talked about photos.\nAsk first."
    assert [option.text for option in content.questions[1].options][-1] == "Wait and see"

    reviewer = sign_in(person(javascript=False), UserFactory(is_reviewer=True))
    reviewer.get_by_role("link", name="The funny photo").first.click()
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_text("Version 1 is live.")).to_be_visible()
    assert item_of(draft).live_version == draft


def test_the_author_meets_a_closed_button_that_says_why(person, axe, transactional_db) -> None:
    both = UserFactory(is_editor=True, is_reviewer=True)
    in_review(both)
    page = sign_in(person(), both)
    page.goto(DRAFT)

    button = page.get_by_role("button", name="Approve and publish")
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description(
        "You have written part of this version, so somebody else must approve it."
    )
    look(page, axe)
