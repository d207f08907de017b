import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast

SignIn = Callable[..., Client]
NEW = "a staple that no horse eats"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def test_a_password_is_changed_with_the_old_one(cast: Cast) -> None:
    user = cast.editor
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    typed = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert "This is not your password of now" in client.post("/account/password/change/", typed).content.decode()
    assert client.post("/account/password/change/", typed | {"oldpassword": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_short_password_is_refused(cast: Cast) -> None:
    user = cast.editor
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    typed = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "at least 12" in client.post("/account/password/change/", typed).content.decode()


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(cast: Cast) -> None:
    client = Client()
    response = client.post("/account/password/reset/", {"email": cast.editor.email}, follow=True)
    assert "Look at your e-mail" in response.content.decode()
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is new" in done.content.decode()
    cast.editor.refresh_from_db()
    assert cast.editor.check_password(NEW)
    again = Client().get(link[1], follow=True).content.decode()
    assert "This link does not work any more" in again
    assert "Send me a new link" in again


def test_an_unknown_address_is_answered_alike_and_its_message_offers_no_account(db: None) -> None:
    response = Client().post("/account/password/reset/", {"email": "nobody@school.example"}, follow=True)
    assert "Look at your e-mail" in response.content.decode()
    assert "There is no account with it" in mail.outbox[0].body
    assert "sign up" not in mail.outbox[0].body


def test_the_address_is_not_changed_by_oneself(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.editor)
    assert "only an operator can change it" in client.get("/account/email/").content.decode()
    assert client.post("/account/email/", {"email": "x@y.example", "action_add": ""}).status_code == 405


@pytest.mark.parametrize("path", ["password/change/", "password/reset/", "reauthenticate/"])
def test_what_is_refused_has_the_status_of_a_refusal(cast: Cast, signed_in: SignIn, path: str) -> None:
    assert signed_in(cast.editor).post(f"/account/{path}", {"email": "no address"}).status_code == 400
