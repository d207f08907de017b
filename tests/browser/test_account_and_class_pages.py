from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import PASSWORD, Cast

ACCOUNT = ["/account/", "/account/email/", "/account/password/change/", "/account/sessions/", "/account/2fa/"]
CLASSES = ["/teach/classes/new/", "/teach/classes/import/", "/teach/classes/past/", "/teach/new-year/"]
OF_A_CLASS = ["settings/", "code/", "pupils/", "groups/", "cards/", "archive/"]


def sign_in(page: Page, cast: Cast) -> None:
    cast.teacher.user.set_password(PASSWORD)
    cast.teacher.user.save()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(cast.teacher.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def look(page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_pages_of_accounts_and_classes_are_in_order(person, axe, transactional_db, cast, size) -> None:
    page = person(**size)
    page.goto("/account/login/")
    look(page, axe)
    sign_in(page, cast)
    own = f"/teach/classes/{cast.named_class.pk}/"
    for path in [*ACCOUNT, *CLASSES, *(own + path for path in OF_A_CLASS)]:
        page.goto(path)
        look(page, axe)
    page.goto("/account/2fa/totp/activate/")
    look(page, axe)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    look(page, axe)
    assert page.get_by_role("img", name="QR code").evaluate("image => image.naturalWidth > 0")
