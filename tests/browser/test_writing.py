"""Writing on one page: nothing typed is lost, two editors meet, rows are moved by hand and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from lessons.editorial.models import UnsavedCopy
from lessons.library.store import content_of
from safeguarding.accounts.models import User
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk import DRAFT, look, sign_in
from tests.editorial.builders import a_draft
from tests.factories import UserFactory

WRITE = f"{DRAFT}write/"
KEPT = "Kept on the server, not saved yet"


@pytest.fixture
def writer(transactional_db: None) -> User:
    return UserFactory(name="Wanda Writer", is_editor=True)


def part(page: Page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def open_part(page: Page, name: str) -> None:
    """And wait until the others know: SQLite in memory has one connection, which takes one request after the other."""
    with page.expect_response("**/open/"):
        page.get_by_role("link", name=f"Write {name}").click()


@pytest.mark.main_path
def test_what_was_typed_outlives_a_crash_and_is_saved(person, axe, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(WRITE)
    open_part(page, "Text")
    box = page.get_by_role("textbox", name="Note for home")
    box.wait_for()
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Today we talked about photos.")
    expect(page.get_by_text(KEPT)).to_be_attached()
    other = page.context.new_page()
    page.close()

    other.goto(WRITE)
    expect(other.get_by_text("You have words here that were not saved")).to_be_visible()
    other.get_by_role("link", name="Go on with them, or throw them away").click()
    with other.expect_response("**/check/"), other.expect_response("**/keep/"):
        other.get_by_role("link", name="Go on with them", exact=True).click()
    expect(other.get_by_role("textbox", name="Note for home")).to_have_text("Today we talked about photos.")
    look(other, axe)
    part(other, "Text").get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Saved: text.")).to_be_visible()
    expect(part(other, "Text").get_by_text("Today we talked about photos.")).to_be_visible()

    assert content_of(draft).sections["home_note"].text == "Today we talked about photos."
    assert not UnsavedCopy.objects.exists()
    assert other.evaluate("Object.keys(CKEDITOR.instances)") == []


@pytest.mark.main_path
def test_two_editors_see_each_other_and_both_texts_in_place(person, axe, writer) -> None:
    a_draft(writer)
    second = UserFactory(name="Sven Second", is_editor=True)
    ours, theirs = sign_in(person(), writer), sign_in(person(), second)
    for page in (ours, theirs):
        page.goto(WRITE)
        open_part(page, "Basics")
    expect(part(theirs, "Basics").get_by_text("Wanda Writer has had Basics open since")).to_be_visible()
    ours.get_by_label("Title").fill("")
    part(ours, "Basics").get_by_role("button", name="Save", exact=True).click()
    expect(part(ours, "Basics").get_by_role("alert")).to_contain_text("Give it a title")
    ours.get_by_label("Title").fill("What Wanda calls it")
    part(ours, "Basics").get_by_role("button", name="Save", exact=True).click()
    expect(ours.get_by_role("heading", level=1)).to_have_text("What Wanda calls it")

    theirs.get_by_label("Title").fill("What Sven calls it")
    part(theirs, "Basics").get_by_role("button", name="Save", exact=True).click()
    expect(part(theirs, "Basics").get_by_text("What Wanda calls it", exact=True)).to_be_visible()
    expect(theirs.get_by_label("Title")).to_have_value("What Sven calls it")
    look(theirs, axe)
    theirs.get_by_role("button", name="Save mine in place of what is saved").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("What Sven calls it")


def test_rows_are_moved_by_keyboard_and_by_hand(person, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(height=3_000), writer)
    page.goto(WRITE)
    page.get_by_role("button", name="Move down activity 1").press("Enter")
    expect(page.get_by_text("Activity 1 is now 2.")).to_be_attached()
    expect(page.get_by_role("button", name="Move up activity 2")).to_be_focused()
    assert [activity.title for activity in content_of(draft).activities] == ["Ask or no need", "The funny photo"]

    drag(page, "#question-3", "#question-1")
    expect(page.get_by_text("Question 3 is now 1.")).to_be_attached()
    assert [question.kind for question in content_of(draft).questions] == ["help_seeking", "knowledge", "confidence"]

    open_part(page, "activity 1")
    page.locator("#activity-1 .cke_wysiwyg_div").wait_for()
    with page.expect_response("**/check/"), page.expect_response("**/keep/"):
        drag(page, "#activity-1 [data-row]:nth-child(2)", "#activity-1 [data-row]:nth-child(1)")
    expect(page.get_by_text("Card 2 is now 1.")).to_be_attached()
    page.locator("#activity-1").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: activity 1.")).to_be_visible()
    assert [item.text for item in content_of(draft).activities[0].items] == ["A photo of a tree", "A photo of Ben"]


def drag(page: Page, what: str, to: str) -> None:
    handle = page.locator(f"{what} [data-handle]").first
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), page.locator(f"{to} [data-handle]").first.bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    for step in range(1, 31):
        page.mouse.move(start["x"] + 10, start["y"] + (end["y"] - start["y"]) * step / 30)
    page.mouse.up()


def test_a_row_is_added_written_and_removed_in_place(person, writer) -> None:
    draft = a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(WRITE)
    page.get_by_label("Add a question of the kind").select_option("worry")
    with page.expect_response("**/open/"):
        part(page, "Questions").get_by_role("button", name="Add").click()
    page.get_by_label("Question", exact=True).fill("How do you feel now?")
    page.locator("#question-4").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Question 4: How do you feel now?")).to_be_visible()
    page.get_by_role("link", name="Remove question 1").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The question was removed from this draft.")).to_be_visible()

    assert [q.kind for q in content_of(draft).questions] == ["confidence", "help_seeking", "worry"]
    assert page.url.endswith("/write/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_page_is_in_order(person, axe, writer, size) -> None:
    a_draft(writer, summary="")
    page = sign_in(person(**size, dark=size is PHONE), writer)
    page.goto(WRITE)
    for name in ("Basics", "Text", "Objectives and vocabulary", "activity 2", "question 1", "Evidence and curriculum"):
        open_part(page, name)
    page.locator("#part-text .cke_wysiwyg_div").first.wait_for()
    expect(page.locator("form.draft")).to_have_count(6)
    look(page, axe)


def test_words_that_cannot_be_kept_are_told_of_and_leaving_asks(person, writer) -> None:
    a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(f"{DRAFT}basics/")
    page.route("**/keep/", lambda route: route.abort())
    page.get_by_label("Summary").fill("These words stay.")
    expect(page.get_by_text("Could not be kept: there is no connection.")).to_be_visible()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Desk", exact=True).first.click(no_wait_after=True)
    expect(page.get_by_label("Summary")).to_have_value("These words stay.")
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
