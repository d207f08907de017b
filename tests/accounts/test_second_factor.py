from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast

SignIn = Callable[..., Client]
SET_UP = "/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def editor(cast: Cast) -> Client:
    """An editor who has just shown again who they are, so that nothing asks for it."""
    cast.editor.set_password(PASSWORD)
    cast.editor.save()
    client = Client()
    client.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def switch_on(client: Client) -> str:
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code_of(secret)}).status_code == 302
    return secret


def test_the_page_shows_a_picture_and_a_key_and_may_load_the_picture(editor: Client) -> None:
    response = editor.get(SET_UP)
    page = response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert response.context["form"].secret in page
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert "data:" not in editor.get("/account/2fa/")["Content-Security-Policy"]


def test_a_wrong_code_switches_nothing_on(editor: Client, cast: Cast) -> None:
    editor.get(SET_UP)
    assert "Incorrect code" in editor.post(SET_UP, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_signing_in_then_asks_for_a_code_and_takes_a_recovery_code_too(editor: Client, cast: Cast) -> None:
    switch_on(editor)
    assert "Look after the second step" in editor.get("/account/").content.decode()
    codes = editor.get("/account/2fa/recovery-codes/").context["unused_codes"]
    client = Client()
    response = client.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    assert response.url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert "recovery codes" in client.get(response.url).content.decode()
    assert "Incorrect code" in client.post(response.url, {"code": "1"}).content.decode()
    assert client.post(response.url, {"code": codes[0]}).url == "/desk/"
    assert "_auth_user_id" in client.session


def test_the_operators_pages_have_no_way_in_past_the_second_step(cast: Cast) -> None:
    response = Client().get("/operator/login/?next=/operator/")
    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_who_it_is_is_asked_again_first(cast: Cast, signed_in: SignIn) -> None:
    cast.editor.set_password(PASSWORD)
    cast.editor.save()
    client = signed_in(cast.editor)
    response = client.get(SET_UP, follow=True)
    address = response.redirect_chain[-1][0]
    assert address.startswith("/account/reauthenticate/")
    assert "Is it you?" in response.content.decode()
    assert "This is not your password" in client.post(address, {"password": "wrong"}).content.decode()
    assert client.post(address, {"password": PASSWORD}).url == SET_UP


def test_it_is_switched_off_after_asking(editor: Client) -> None:
    switch_on(editor)
    assert "Switch off the second step?" in editor.get("/account/2fa/totp/deactivate/").content.decode()
    assert Authenticator.objects.exists()
    editor.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
