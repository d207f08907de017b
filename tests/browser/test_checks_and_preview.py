"""The checks beside the text, and the preview of what is not saved, in a browser."""

import pytest
from playwright.sync_api import expect

from lessons.library.store import content_of
from tests.browser.conftest import PHONE
from tests.browser.test_desk import DRAFT, look, sign_in
from tests.editorial.builders import a_draft
from tests.factories import UserFactory

# What the page's own script says when somebody stops typing for a moment.
PAUSE = "document.querySelector('form.draft').dispatchEvent(new CustomEvent('draft:changed', { bubbles: true }))"


@pytest.fixture
def writer(transactional_db):
    return UserFactory(name="Wanda Writer", is_editor=True)


def test_the_checks_follow_what_is_typed_and_disturb_nobody(person, axe, writer):
    draft = a_draft(writer, summary="")
    page = sign_in(person(), writer)
    page.goto(f"{DRAFT}text/")
    panel = page.get_by_role("region", name="Checks", exact=True)
    said = panel.get_by_role("status")
    expect(said).to_have_text("1 thing must be mended.")

    box = page.get_by_role("textbox", name="Starter")
    box.wait_for()
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.evaluate(PAUSE)
    expect(said).to_have_text("2 things must be mended.")
    expect(box).to_be_focused()
    expect(panel.get_by_role("link", name="Starter: This section is empty.")).to_be_visible()
    look(page, axe)

    page.get_by_role("textbox", name="Note for home").focus()
    panel.get_by_role("link", name="Starter: This section is empty.").click()
    expect(box).to_be_focused()
    page.keyboard.type("Kind words.")
    page.get_by_role("button", name="Check without saving").click()
    expect(said).to_have_text("1 thing must be mended.")
    assert "Kind" not in content_of(draft).sections["starter"].body


def test_what_is_not_saved_is_shown_as_each_reader_sees_it(person, axe, writer):
    draft = a_draft(writer)
    page = sign_in(person(), writer)
    page.goto(f"{DRAFT}text/")
    box = page.get_by_role("textbox", name="Starter")
    box.wait_for()
    box.fill("Kind words.")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview without saving").click()
    preview = opened.value
    frame = preview.frame_locator("iframe")
    expect(frame.get_by_text("Kind words.")).to_be_visible()
    preview.get_by_role("button", name="Teacher").click()
    expect(frame.get_by_role("heading", name="Who may need care")).to_be_visible()
    preview.get_by_label("320", exact=True).check()
    expect(preview.locator("iframe")).to_have_css("width", "320px")
    frame.get_by_role("link", name="Ground rules").click()
    expect(frame.get_by_role("heading", name="Who may need care")).to_be_visible()
    assert len(page.context.pages) == 2
    look(preview, axe)
    preview.set_viewport_size(PHONE)
    look(preview, axe)
    expect(box).to_have_text("Kind words.")
    assert "Kind" not in content_of(draft).sections["starter"].body


def test_both_work_without_javascript(person, writer):
    draft = a_draft(writer)
    page = sign_in(person(javascript=False), writer)
    page.goto(f"{DRAFT}text/")
    page.get_by_role("textbox", name="Starter").fill("Kind words.")
    page.get_by_label("Note for home").fill("")
    page.get_by_role("button", name="Check without saving").click()
    expect(page.get_by_role("status").filter(has_text="Checked, and not saved")).to_be_visible()
    expect(page.get_by_role("link", name="Note for home: This section is empty.")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview without saving").click()
    opened.value.get_by_role("button", name="Pupil").click()
    expect(opened.value.frame_locator("iframe").get_by_text("Kind words.")).to_be_visible()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: text.")).to_be_visible()
    assert content_of(draft).sections["starter"].text == "Kind words."
