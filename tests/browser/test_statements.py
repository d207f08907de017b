"""Accessibility, privacy and cookies: axe finds nothing, and nothing scrolls sideways, on a phone and on a desk."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import AgeBandFactory

PATHS = (
    "/accessibility/",
    "/privacy/",
    "/cy/privacy/parents/",
    "/privacy/staff/",
    "/privacy/pupils/",
    "/privacy/pupils/7-9/",
    "/cookies/",
)


@pytest.fixture
def band(transactional_db):
    AgeBandFactory(slug="7-9", name="7–9", age_from=7, age_to=9)


@pytest.mark.usefixtures("band")
def test_statements_are_in_order_and_leave_no_cookie(person, axe):
    for size, dark in ((PHONE, False), (PHONE, True), (DESKTOP, False), (DESKTOP, True)):
        page = person(**size, dark=dark)
        for path in PATHS:
            assert page.goto(path).status == 200
            assert (path, axe(page)) == (path, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert page.context.cookies() == []


@pytest.mark.usefixtures("band")
def test_a_pupil_goes_from_the_door_to_their_age_and_back(person):
    page = person(**PHONE, javascript=False)
    page.goto("/join/")
    page.get_by_role("link", name="What we keep about you").click()
    page.get_by_role("link", name="I am 7 to 9").click()
    assert "never keep your answers with your name" in page.locator("main").inner_text()
    page.get_by_role("link", name="Join your class").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Join your class"
