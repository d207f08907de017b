"""What holds on every page of accounts, whoever wrote its template."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client

from tests.cast import PASSWORD, Cast

FOR_VISITORS = ["login/", "signup/", "inactive/", "password/reset/", "password/reset/done/", "password/reset/key/done/"]
FOR_PEOPLE = ["", "email/", "logout/", "password/change/", "2fa/", "2fa/totp/activate/", "sessions/"]
AFTER_SETTING_UP = ["2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.fixture
def person(cast: Cast) -> Client:
    cache.clear()
    cast.editor.set_password(PASSWORD)
    cast.editor.save()
    client = Client()
    client.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def check(client: Client, path: str) -> None:
    response = client.get(f"/account/{path}")
    page = response.content.decode()
    assert response.status_code == 200
    assert not INLINE.findall(page)
    assert page.count("<h1") == 1
    assert 'href="#main"' in page


@pytest.mark.parametrize("path", FOR_VISITORS)
def test_a_page_for_visitors_looks_like_ours_and_has_nothing_inline(db: None, path: str) -> None:
    check(Client(), path)


@pytest.mark.parametrize("path", FOR_PEOPLE)
def test_a_page_for_people_looks_like_ours_and_has_nothing_inline(person: Client, path: str) -> None:
    check(person, path)


def test_so_have_the_pages_of_a_second_factor(person: Client, cast: Cast) -> None:
    TOTP.activate(cast.editor, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(cast.editor)
    for path in AFTER_SETTING_UP:
        check(person, path)
    visitor = Client()
    visitor.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    check(visitor, "2fa/authenticate/")


@pytest.mark.parametrize("name", ["account/email_confirm.html", "account/verification_sent.html"])
def test_a_page_that_is_allauths_own_stands_in_our_layout(name: str) -> None:
    page = get_template(name).render({"user": None})
    assert 'href="#main"' in page
    assert not INLINE.findall(page)
