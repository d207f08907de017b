"""News by e-mail and “Was this clear?” as a parent meets them, and facts that the policy of scripts does not refuse."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lessons.guidance.models import Subscription
from lessons.library.models import GuideClarity
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import GuideFactory, GuideVersionFactory, TopicFactory, make_live

SUBSCRIBE = "/guidance/subscribe/"


@pytest.fixture
def _guide(transactional_db: None) -> None:
    guide = GuideFactory(slug="a-guide", topic=TopicFactory(slug="grooming", name="Grooming warning signs"))
    make_live(GuideVersionFactory(guide=guide, title="A </script> guide"))


@pytest.mark.usefixtures("_guide")
def test_a_parent_hears_of_news_and_leaves_again_without_javascript(
    person: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    looking = person(**PHONE, dark=True)
    page = person(javascript=False, **PHONE)
    page.goto(SUBSCRIBE)
    page.fill("input[name=email]", "parent@example.org")
    page.check("text=Grooming warning signs")
    page.press("main form button", "Enter")
    assert page.inner_text("h1") == "Please look at your mail"

    key = Subscription.objects.get().key
    pages = (SUBSCRIBE, "/guidance/subscribe/asked/", f"/guidance/subscribe/{key}/", f"/guidance/leave/{key}/")
    for path in (*pages, "/guidance/left/", "/guidance/a-guide/thanks/"):
        looking.goto(path)
        assert axe(looking) == [], path
        assert looking.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path

    page.goto(f"/guidance/subscribe/{key}/")
    page.click("text=Yes, write to me")
    assert page.inner_text("h1") == "You are on the list"
    page.click("text=Leave the list")
    page.click("text=Delete my address")
    assert page.inner_text("h1") == "You have left the list"
    assert not Subscription.objects.exists()


@pytest.mark.usefixtures("_guide")
def test_a_guide_is_answered_and_its_facts_are_data_that_nothing_refuses(person: Callable[..., Page]) -> None:
    page = person(**DESKTOP)
    page.goto("/guidance/a-guide/")
    (block,) = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert json.loads(block)["headline"] == "A </script> guide"
    page.click("text=Yes, it was clear")
    expect(page.locator("#clear")).to_contain_text("Thank you")
    assert GuideClarity.objects.get().clear == 1
