"""The main path of a frightened parent: to the steps of today in two taps, by keyboard, on a small phone."""

import pytest

from lessons.editorial.services.starter import load_starter
from tests.browser.conftest import PHONE


@pytest.fixture
def library(transactional_db):
    load_starter()


def follow(page, address):
    """Tab until the link is reached, then press it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{address}")
            return
    raise AssertionError(f"{address} cannot be reached by the keyboard.")


@pytest.mark.usefixtures("library")
def test_two_presses_lead_from_the_front_page_to_todays_steps(person, axe):
    page = person(**PHONE)
    page.goto("/")
    follow(page, "/guidance/#happened")
    assert page.get_by_role("link", name="If something has happened online").bounding_box()["y"] < PHONE["height"]
    follow(page, "/guidance/someone-is-threatening-my-child/#happened")
    assert page.locator("#happened h2").is_visible()
    assert page.url.endswith("/guidance/someone-is-threatening-my-child/#happened")


@pytest.mark.usefixtures("library")
def test_the_ways_in_are_in_order(person, axe):
    for dark in (False, True):
        page = person(**PHONE, dark=dark)
        for path, status in (
            ("/guidance/", 200),
            ("/guidance/topics/sextortion/", 200),
            ("/guidance/?words=zebra", 200),
            ("/guidance/?words=grommed+pictures", 200),
            ("/guidance/sextorsion/", 404),
            ("/lessons/grooming-10/", 404),
        ):
            assert page.goto(path).status == status
            assert axe(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
