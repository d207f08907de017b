"""What parents meet on a slow telephone, without scripts, on paper, and when they have to leave."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories import GuideFactory, GuideVersionFactory, HelpServiceFactory, make_live

from .conftest import PHONE

LONGEST = ["image-sharing", "sextortion", "phones-apps-and-games-by-age"]


@pytest.fixture
def guide(transactional_db):
    HelpServiceFactory(name="A line")
    return make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A guide"))


@pytest.fixture
def away(settings, live_server):
    """Somewhere that is not a parents' page, as the neutral page is."""
    settings.EXIT_URL = f"{live_server.url}/healthz"
    return settings.EXIT_URL


def test_a_first_visit_asks_for_the_page_one_stylesheet_and_one_script(person, guide):
    page = person(**PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto("/guidance/a-guide/")
    expect(page.get_by_role("button", name="Print this guide")).to_be_visible()
    page.wait_for_timeout(500)

    assert sorted(kind for kind in asked if kind != "other") == ["document", "script", "stylesheet"]


def test_leaving_takes_the_page_out_of_the_back_buttons_list(person, guide, away):
    page = person()
    page.goto("/guidance/")
    page.goto("/guidance/a-guide/")
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url(away)
    page.go_back()

    expect(page).to_have_url(re.compile("/guidance/$"))


def test_leaving_does_so_after_jumps_to_the_steps_and_to_who_can_help(person, guide, away):
    page = person()
    page.goto("/guidance/")
    page.goto("/guidance/a-guide/")
    page.get_by_role("link", name="Who can help").click()
    expect(page).to_have_url(re.compile("#help$"))
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url(away)
    page.go_back()

    expect(page).to_have_url(re.compile("/guidance/$"))


def test_three_times_shift_leaves_from_within_a_field_and_twice_does_not(person, guide, away):
    page = person()
    page.goto("/guidance/")
    page.get_by_role("searchbox").or_(page.locator("input[name=words]")).first.focus()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.type("A")
    page.keyboard.press("Shift")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    page.wait_for_url(away)


def test_without_javascript_a_guide_can_be_read_enlarged_and_left(person, guide, away):
    page = person(javascript=False, **PHONE)
    page.goto("/guidance/")
    page.get_by_role("link", name="Image sharing").click()
    page.get_by_role("link", name="A guide").click()
    before = page.locator("h1").bounding_box()["height"]
    page.get_by_label("Larger text").check()

    assert page.locator("h1").bounding_box()["height"] > before
    expect(page.get_by_role("button", name="Print this guide")).to_be_hidden()
    expect(page.get_by_role("link", name="Send by e-mail")).to_be_visible()
    page.get_by_role("link", name="Leave this page now").click()
    page.wait_for_url(away)


def test_the_longest_guides_stand_on_two_sheets_of_paper(person, transactional_db):
    call_command("load_starter", skip_checks=True, verbosity=0)
    page = person()
    sheets = {}
    for slug in LONGEST:
        page.goto(f"/guidance/{slug}/")
        sheets[slug] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

    assert max(sheets.values()) <= 2, sheets


@pytest.mark.parametrize("address", ["/guidance/a-guide/", "/guidance/leaving/"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_guide_and_the_page_about_leaving_are_in_order(person, axe, guide, address, dark):
    page = person(dark=dark, **PHONE)
    page.goto(address)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
