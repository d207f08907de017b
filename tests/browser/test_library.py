"""From a report to what is taught because of it, and from a lesson to its unit: without JavaScript, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lessons.editorial.services.starter import load_starter
from tests.browser.conftest import PHONE


@pytest.fixture
def page(transactional_db: None, person: Callable[..., Page]) -> Page:
    load_starter()
    return person(**PHONE, javascript=False)


def test_a_visitor_goes_from_a_report_to_the_lessons_that_rest_on_it_and_back(page: Page) -> None:
    page.goto("/evidence/")
    page.get_by_role("link", name="Global Threat Assessment 2018").click()
    page.get_by_role("link", name="F49", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Finding F49")
    page.get_by_role("link", name="Online blackmail: stop, keep, tell").click()
    expect(page.get_by_text("Lesson 1 of 2")).to_be_visible()
    page.get_by_text("For adults: the findings and their sources").click()
    page.get_by_role("link", name="F49", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Global Threat Assessment 2018").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Global Threat Assessment 2018")


def test_a_visitor_goes_through_a_unit(page: Page) -> None:
    page.goto("/lessons/?topic=grooming&band=9-11")
    page.get_by_role("region", name="Lessons that belong together").get_by_role("link").first.click()
    expect(page.get_by_text("2 short lessons")).to_be_visible()
    page.get_by_role("link", name="Stop, leave, tell: practice").click()
    expect(page.get_by_role("heading", name="Lesson 2 of 2")).to_be_visible()


def test_a_visitor_finds_lessons_by_topic_and_age_and_by_strand(page: Page) -> None:
    page.goto("/coverage/")
    page.get_by_role("link", name="on Grooming warning signs, ages 11–14").click()
    expect(page.get_by_text("2 lessons that fit")).to_be_visible()
    page.goto("/coverage/")
    page.get_by_role("link", name="Education for a Connected World: 2020 edition").click()
    page.get_by_role("link", name="Lessons on this strand (Privacy and security)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lessons")
    expect(page.get_by_text("that fit")).to_be_visible()


def test_a_cover_teacher_without_an_account_finds_what_to_do_when_a_child_tells(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="For school staff").click()
    page.get_by_role("link", name="Handling a disclosure").click()
    for heading in ("In short", "What to do", "What to say", "What to avoid"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
