"""Every main page with the demo's data: axe finds nothing and nothing scrolls sideways, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lessons.demo.seed import seed_demo
from lessons.editorial.services.starter import load_starter
from lessons.teaching.models import Assignment
from safeguarding.schools.models import SchoolClass
from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import PASSWORD

VISITOR = [
    "/",
    "/guidance/",
    "/guidance/?age=12",
    "/guidance/?words=blackmail+pictures",
    "/guidance/sextortion/",
    "/guidance/if-it-has-happened/?country=IE",
    "/lessons/",
    "/lessons/online-blackmail-11-14/",
    "/units/grooming-11-14/",
    "/coverage/",
    "/coverage/efacw-2020/",
    "/evidence/",
    "/evidence/WPGA-2018/",
    "/evidence/findings/F52/",
    "/glossary/",
    "/guidance/for-staff/",
    "/guidance/handling-a-disclosure/",
    "/join/",
    "/join/help/",
    "/no/such/page/",
]
LOOKS = [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)]


@pytest.fixture
def demo(transactional_db: None) -> None:
    load_starter()
    seed_demo(password=PASSWORD, set_for_all=True)


@pytest.fixture
def look(axe: Callable[[Page], list[str]]) -> Callable[[Page, str], None]:
    def check(page: Page, path: str) -> None:
        page.goto(path)
        assert (path, axe(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) <= (path, page.evaluate("innerWidth"))

    return check


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.usefixtures("demo")
def test_what_a_visitor_reads_is_in_order(person, look) -> None:
    for size, dark in LOOKS:
        page = person(**size, dark=dark)
        for path in VISITOR:
            look(page, path)
        # Of these only the form of the class code needs one.
        assert {cookie["name"] for cookie in page.context.cookies()} == {"csrftoken"}


@pytest.mark.usefixtures("demo")
def test_what_a_teacher_and_a_lead_work_with_is_in_order(person, look) -> None:
    named = SchoolClass.objects.get(name="8B")
    anonymous = SchoolClass.objects.get(name="8A")
    shown = Assignment.objects.filter(school_class=anonymous).order_by("pk")
    for size, dark in LOOKS:
        page = person(**size, dark=dark)
        sign_in(page, "teacher@northfield.example")
        for path in [
            "/teach/",
            *(f"/teach/{own}" for own in (f"find/?class={named.pk}", "find/?minutes=soon", "shelf/", "notices/")),
            "/lessons/online-blackmail-11-14/",
            "/teach/set/online-blackmail-14-16/",
            "/teach/set/units/grooming-11-14/",
            "/teach/plan/",
            f"/teach/plan/copy/?source={anonymous.pk}&target={named.pk}",
            "/teach/calendar/",
            *(f"/teach/classes/{school_class.pk}/" for school_class in (named, anonymous)),
            f"/teach/pupils/{named.pupils.all()[0].pk}/",
            *(f"/teach/assignments/{assignment.pk}/" for assignment in shown),
            f"/teach/assignments/{shown[0].pk}/edit/",
            f"/teach/assignments/{shown[0].pk}/delivery/",
        ]:
            look(page, path)
        page.context.clear_cookies()
        sign_in(page, "lead@northfield.example")
        look(page, "/school/")
