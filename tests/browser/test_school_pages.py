"""A school's page, its poster and letter, and a lesson's card: in order on each screen, one sheet on paper."""

import re

import pytest
from django.utils import timezone

from lessons.editorial.services.starter import load_starter
from lessons.library.models import Lesson, Topic
from safeguarding.core.languages import INTERFACE, SOURCE
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import SchoolFactory
from tests.guidance.school_pages import open_page, set_for, year

SHEETS = ("/s/northfield/poster/", "/s/northfield/letter/", "/home/grooming-11-14/", "/home/online-blackmail-14-16/")
LONG_NAME = "Saint Bartholomew and All Saints Catholic and Church of England Primary School and Nursery of Northfield"


@pytest.fixture
def school(transactional_db):
    load_starter()
    school = open_page(SchoolFactory(slug="northfield", name=LONG_NAME), "cy,nl,fr,ur")
    # One lesson of each topic, so that the letter names them all.
    for number, topic in enumerate(Topic.objects.all()):
        lesson = Lesson.objects.listed().filter(topic=topic).first()
        set_for(year(school, f"Year {number}"), lesson.live_version, lead_told_at=timezone.now())


@pytest.mark.usefixtures("school")
def test_they_are_in_order_on_a_phone_in_the_dark_and_on_a_desk_in_the_light(person, axe):
    for size, dark in ((PHONE, True), (DESKTOP, False)):
        page = person(**size, dark=dark)
        page.set_default_timeout(30_000)
        for path in ("/s/?name=bart", "/s/?name=x", "/s/northfield/", *SHEETS[:3]):
            page.goto(path)
            assert axe(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert page.locator("svg.qr").evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.usefixtures("school")
def test_each_is_one_sheet_of_paper_in_every_language(person):
    page = person()
    page.set_default_timeout(30_000)
    for code in INTERFACE:
        for path in SHEETS:
            page.goto(path if code == SOURCE else f"/{code}{path}")
            sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
            assert len(sheets) == 1, (code, path)


@pytest.mark.usefixtures("school")
def test_on_paper_a_schools_page_has_the_notes_that_were_opened_and_no_doors_to_others(person):
    page = person()
    page.set_default_timeout(30_000)
    page.goto("/s/northfield/")
    page.locator(".home-note summary").first.click()
    page.emulate_media(media="print")
    notes = page.locator(".home-note")

    assert notes.count() > 1
    assert page.locator(".home-note:visible").count() == 1
    assert page.get_by_role("link", name="Card to print").count() == 0
