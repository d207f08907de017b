"""What pupils' pages do with a script: they read themselves out, and hold on while the connection is away."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons.teaching.models import AnswerCount, Assignment
from safeguarding.schools.enums import SecretKind
from tests.browser.conftest import PHONE
from tests.factories import AssignmentFactory

# One voice of the device, and one that would send the words away.
VOICES = """
const said = (window.said = []);
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "far", lang: "en-GB", localService: false, default: true }, ...LOCAL],
  cancel() { said.push("stopped") },
  speak(part) { said.push(`${part.voice.name}: ${part.text}`); setTimeout(part.onend, 0) },
} });
"""
HERE = VOICES.replace("LOCAL", '[{ name: "here", lang: "en-US", localService: true }]')
FAR_ONLY = VOICES.replace("LOCAL", "[]")


@pytest.fixture
def assignment(transactional_db: None, cast) -> Assignment:
    cast.named_class.secret_kind = SecretKind.WORDS
    cast.named_class.save()
    return AssignmentFactory(school_class=cast.named_class)


def enter(page: Page, assignment: Assignment) -> list[str]:
    page.goto("/join/")
    page.get_by_label("Class code").fill(assignment.school_class.code)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Ada").check()
    page.get_by_role("button", name="Next").click()
    words = page.locator(".secret-words li").all_inner_texts()
    page.get_by_role("button", name="Read this to me").click()
    expect(page.get_by_role("button", name="Read this to me")).to_be_visible()
    said = [line.removeprefix("here: ") for line in page.evaluate("said")]
    assert not set(words) & set(said), "A secret is not said aloud."
    page.get_by_role("link", name="I have them").click()
    page.get_by_label("Your four words").fill(" ".join(words))
    page.get_by_role("button", name="Next").click()
    return words


def test_a_pupil_joins_with_four_words_has_a_page_read_out_and_loses_nothing_offline(person, axe, assignment) -> None:
    page = person(**PHONE)
    page.add_init_script(HERE)
    enter(page, assignment)
    page.get_by_role("link", name=re.compile("^Start")).click()
    page.get_by_role("button", name="Let’s start").click()

    page.get_by_role("button", name="Read this to me").click()
    expect(page.get_by_role("button", name="Read this to me")).to_be_visible()  # it has come to the end
    said = [line for line in page.evaluate("said") if line != "stopped"]
    assert said[0] == "here: What should Ama do first?"
    assert [line.removeprefix("here: ") for line in said[-3:]] == ["Ask first", "Share it", "Wait and see"]

    page.get_by_label("Share it").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("The connection is away")).to_be_visible()
    expect(page.get_by_label("Share it")).to_be_checked()
    assert axe(page) == []
    page.context.set_offline(False)
    expect(page.get_by_text("The connection is back. You can go on.")).to_be_visible()
    page.get_by_role("button", name="Next").dblclick()
    expect(page.get_by_text("Step 3 of")).to_be_visible()
    assert AnswerCount.objects.get(count__gt=0).count == 1


def test_a_voice_that_would_send_the_words_away_is_not_used(person, assignment) -> None:
    page = person(**PHONE)
    page.add_init_script(FAR_ONLY)
    page.goto("/join/")
    expect(page.get_by_role("heading", name="Join your class")).to_be_visible()
    expect(page.get_by_text("Read this to me")).to_be_hidden()
