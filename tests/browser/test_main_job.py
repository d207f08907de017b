"""The main job, done by five people: from a finding to a taught lesson and a parent who knows what to do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lessons.editorial.services.starter import load_starter
from safeguarding.accounts.models import User
from tests.browser.conftest import PHONE
from tests.cast import PASSWORD, Cast

SLUG = "image-sharing-11-14"
DRAFT = f"/desk/lessons/{SLUG}/2/"
NEW_WORDS = "Look at the board. What would you ask first?"


pytestmark = pytest.mark.main_path


@pytest.fixture
def library(transactional_db: None, cast: Cast) -> Cast:
    load_starter()
    return cast


def sign_in(page: Page, user: User) -> Page:
    user.set_password(PASSWORD)
    user.save()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    return page


def write_a_version(page: Page) -> None:
    """A new version of a live lesson, in CKEditor. Without its findings it is stopped; with one of them it goes on."""
    page.goto(f"/desk/lessons/{SLUG}/1/")
    page.get_by_role("button", name="Start a new version").click()
    page.goto(f"{DRAFT}text/")
    box = page.get_by_role("textbox", name="Starter")
    box.wait_for()
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(NEW_WORDS)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: text.")).to_be_visible()

    page.goto(f"{DRAFT}evidence/")
    findings = page.locator("input[name=findings]")
    for box in findings.all():
        box.uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(DRAFT)
    expect(page.get_by_text("It names no finding that it rests on.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit for review")).to_be_disabled()

    page.goto(f"{DRAFT}evidence/")
    page.get_by_label(re.compile("^F06")).check()
    page.get_by_role("button", name="Save").click()
    page.goto(DRAFT)
    page.get_by_label("What is new").fill("A new starter.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It is submitted.")).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_be_disabled()


def approve(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Private images").first.click()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Version 2 is live.")).to_be_visible()


def set_the_lesson(page: Page, *classes: str) -> None:
    page.goto("/lessons/")
    page.get_by_role("combobox", name="Age").select_option(label="Ages 11–14 (Years 7 to 9)")
    page.get_by_role("combobox", name="Topic").select_option(label="Image-sharing risks")
    page.get_by_role("button", name="Show lessons").click()
    page.get_by_role("link", name="Private images: ").click()
    expect(page.get_by_text(NEW_WORDS)).to_be_visible()
    page.get_by_role("link", name="Set for a class").click()
    for name in classes:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Set the lesson").click()
    expect(page.get_by_role("status")).to_be_visible()


def code_of(page: Page, class_name: str) -> str:
    page.goto("/teach/")
    page.get_by_role("link", name=class_name, exact=True).first.click()
    page.get_by_role("link", name="Show it to the class").click()
    found = re.search(r"[a-z]+(?:[\s-]+[a-z]+){2}[\s-]+\d\d\b", page.locator("main").inner_text())
    if not found:
        raise AssertionError("The page shows no class code.")
    return "-".join(re.findall(r"\w+", found[0]))


def join(page: Page, code: str, name: str | None = None) -> None:
    page.goto("/join/")
    page.get_by_label("Class code").fill(code.upper().replace("-", " "))
    page.get_by_role("button", name="Next").click()
    if name:
        page.get_by_label(name).check()
        page.get_by_role("button", name="Next").click()
        for _ in ("choose", "and once more"):
            for place, picture in zip(("First", "Second", "Third"), ("Cat", "Boat", "Tree"), strict=True):
                page.get_by_role("group", name=f"{place} picture").get_by_label(picture).check()
            page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name=re.compile("^Start")).click()


def do_the_lesson(page: Page, *, last_option: bool = False, look: Callable[[Page], None] | None = None) -> None:
    """Every step to the end; each question is answered with its first option, or its last."""
    for _ in range(60):
        if look:
            look(page)
        if page.get_by_role("heading", name="You have done it").count():
            return
        options = page.locator("input[name=choice][type=radio]")
        if options.count():
            (options.last if last_option else options.first).check()
        page.get_by_role("button", name=re.compile("^(Next|Let’s start)$")).click()
    raise AssertionError("The lesson does not come to an end.")


def test_five_people_do_the_main_job(person, axe, library) -> None:
    def look(page: Page) -> None:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    write_a_version(sign_in(person(), library.editor))
    approve(sign_in(person(), library.reviewer))

    teacher = sign_in(person(), library.teacher.user)
    set_the_lesson(teacher, "8A", "8B")
    code, named_code = code_of(teacher, "8A"), code_of(teacher, "8B")
    look(teacher)

    # Five pupils of the anonymous class on small devices; the first is looked at on every page.
    for number in range(5):
        pupil = person(**PHONE, javascript=number == 0)
        join(pupil, code)
        do_the_lesson(pupil, last_option=number == 4, look=look if number == 0 else None)
    ada = person(javascript=False)
    join(ada, named_code, "Ada")
    do_the_lesson(ada)

    teacher.goto("/teach/")
    teacher.get_by_role("link", name="8A", exact=True).first.click()
    counts = teacher.get_by_role("row", name=re.compile("^Private images")).get_by_role("cell", name="5", exact=True)
    expect(counts).to_have_count(2)  # started and finished
    look(teacher)
    teacher.get_by_role("link", name="Private images").first.click()
    expect(teacher.get_by_role("heading", name="Before and after")).to_be_visible()
    expect(teacher.get_by_text("Hardest after the lesson")).to_be_visible()
    expect(teacher.get_by_text("These answers are shown once the lesson is closed").first).to_be_visible()
    look(teacher)
    teacher.get_by_text("Close it for the class").click()
    teacher.get_by_role("button", name="Close the lesson").click()
    expect(teacher.get_by_text("These answers are shown once the lesson is closed")).to_have_count(0)

    teacher.goto("/teach/")
    teacher.get_by_role("link", name="8B", exact=True).first.click()
    expect(teacher.get_by_role("row", name=re.compile("^Ada"))).to_contain_text("Done")
    expect(teacher.get_by_role("row", name=re.compile("^Bo"))).to_contain_text("Not started")

    parent = person(**PHONE, javascript=False)
    parent.goto("/")
    parent.get_by_role("link", name="Parent or carer").click()
    parent.get_by_label("How old is your child").fill("12")
    parent.get_by_role("button", name="Show guides for this age").click()
    parent.get_by_role("link", name="When young people share nudes or intimate images").first.click()
    for heading in ("Signs to notice", "Three ways to open the talk", "If it has happened"):
        expect(parent.get_by_role("heading", name=heading)).to_be_visible()
    expect(parent.locator("a[href='tel:08001111']").first).to_be_visible()
    assert parent.context.cookies() == []


def test_a_younger_class_is_taught_as_a_whole_and_the_teacher_records_it(person, axe, library) -> None:
    teacher = sign_in(person(javascript=False), library.teacher.user)
    teacher.goto("/teach/classes/new/")
    teacher.get_by_label("Name of the class").fill("3 Maple")
    teacher.get_by_label("Youngest").fill("7")
    teacher.get_by_label("Oldest").fill("8")
    teacher.get_by_role("button", name="Make the class").click()
    teacher.goto("/teach/set/asking-before-a-photo-7-9/")
    teacher.get_by_role("checkbox", name=re.compile("3 Maple")).check()
    teacher.get_by_role("radio", name=re.compile("Together")).check()
    teacher.get_by_role("button", name="Set the lesson").click()
    teacher.get_by_role("link", name="Record teaching").click()
    teacher.get_by_label("Pupils present").fill("27")
    teacher.get_by_role("button", name=re.compile("Record")).click()

    expect(teacher.get_by_text("27").first).to_be_visible()
