from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client

from safeguarding.accounts.models import User
from tests.cast import PASSWORD, Cast

SignIn = Callable[..., Client]
URL = "/operator/accounts/user/"
SECRET = "JBSWY3DPEHPK3PXP"


def test_an_operator_makes_an_account_with_a_password(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.operator)
    assert client.get(URL).status_code == 200
    typed = {"email": "New@School.example", "name": "New", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(f"{URL}add/", typed)
    made = User.objects.get(email="new@school.example")
    assert response.url == f"{URL}{made.pk}/change/"
    assert made.check_password(PASSWORD)
    assert not made.is_staff


def test_a_second_account_of_an_address_is_refused_in_words(cast: Cast, signed_in: SignIn) -> None:
    typed = {"email": cast.editor.email.upper(), "name": "New", "password1": PASSWORD, "password2": PASSWORD}
    response = signed_in(cast.operator).post(f"{URL}add/", typed)
    assert "Somebody signs in with this address already" in response.content.decode()


def test_a_new_address_ends_the_old_one(cast: Cast, signed_in: SignIn) -> None:
    EmailAddress.objects.create(user=cast.editor, email=cast.editor.email, primary=True)
    client = signed_in(cast.operator)
    typed = {"email": "edie@new.example", "name": "Edie", "is_editor": "on", "is_active": "on"}
    assert client.post(f"{URL}{cast.editor.pk}/change/", typed).status_code == 302
    cast.editor.refresh_from_db()
    assert (cast.editor.email, cast.editor.is_editor) == ("edie@new.example", True)
    assert not EmailAddress.objects.filter(user=cast.editor).exists()


def test_rights_are_changed_on_the_desk_alone_and_no_account_is_deleted(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.operator)
    page = f"{URL}{cast.editor.pk}/change/"
    assert 'name="is_editor"' not in client.get(page).content.decode()
    client.post(page, {"email": cast.editor.email, "name": "Edie", "is_superuser": "on", "is_reviewer": "on"})
    cast.editor.refresh_from_db()
    assert (cast.editor.is_editor, cast.editor.is_reviewer, cast.editor.is_superuser) == (True, False, False)
    assert cast.editor.is_active
    assert client.post(f"{URL}{cast.operator.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_operator_gives_a_new_password(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.operator)
    typed = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    client.post(f"{URL}{cast.editor.pk}/password/", typed)
    cast.editor.refresh_from_db()
    assert cast.editor.check_password(PASSWORD)


def test_an_operator_takes_a_lost_second_factor_away_and_never_sees_its_secret(cast: Cast, signed_in: SignIn) -> None:
    kept = Authenticator.objects.create(user=cast.editor, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    client = signed_in(cast.operator)
    address = f"/operator/mfa/authenticator/{kept.pk}/"
    page = client.get(f"{address}change/").content.decode()
    assert cast.editor.name in page
    assert SECRET not in page
    client.post(f"{address}delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("model", [EmailAddress, UserSession])
def test_addresses_and_sessions_are_not_there(model: type) -> None:
    assert not admin.site.is_registered(model)


@pytest.mark.parametrize("who", ["teacher", "lead", "editor", "reviewer"])
def test_nobody_but_a_superuser_looks_after_accounts(cast: Cast, signed_in: SignIn, who: str) -> None:
    assert signed_in(getattr(cast, who)).get(URL, follow=True).status_code == 403


def test_permissions_do_not_make_a_superuser(cast: Cast, signed_in: SignIn) -> None:
    cast.editor.is_staff = True
    cast.editor.save()
    cast.editor.user_permissions.set(Permission.objects.filter(codename__endswith="user"))
    client = signed_in(cast.editor)
    assert client.get(URL, follow=True).status_code == 403
    assert client.get(f"{URL}{cast.operator.pk}/change/", follow=True).status_code == 403
