from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from safeguarding.accounts.models import User
from tests.cast import PASSWORD, Cast
from tests.factories import UserFactory

SignIn = Callable[..., Client]
URL = "/account/login/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user: User, password: str = PASSWORD, **more: str):
    with_password(user)
    return Client().post(URL, {"login": user.email, "password": password, **more})


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("editor", "/desk/"),
        ("reviewer", "/desk/"),
        ("teacher", "/teach/"),
        ("lead", "/teach/"),
        ("operator", "/desk/settings/"),
    ],
)
def test_each_begins_at_their_own_page(cast: Cast, who: str, where: str) -> None:
    person = getattr(cast, who)
    response = sign_in(person if isinstance(person, User) else person.user)
    assert (response.status_code, response.url) == (302, where)


def test_the_page_that_was_asked_for_comes_first_and_another_host_never(cast: Cast) -> None:
    assert sign_in(cast.teacher.user, next="/school/").url == "/school/"
    assert sign_in(cast.teacher.user, next="https://elsewhere.example/").url == "/teach/"


def test_the_address_may_be_typed_in_capitals(cast: Cast) -> None:
    with_password(cast.editor)
    response = Client().post(URL, {"login": cast.editor.email.upper(), "password": PASSWORD})
    assert response.status_code == 302


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(cast: Cast) -> None:
    response = sign_in(cast.editor, password="something else")
    page = response.content.decode()
    assert response.status_code == 400
    assert "do not belong together" in page
    assert "Forgot your password?" in page
    assert cast.editor.email in page


def test_an_unknown_address_is_answered_like_a_wrong_password(db: None) -> None:
    response = Client().post(URL, {"login": "nobody@school.example", "password": "something else"})
    assert response.status_code == 400
    assert "do not belong together" in response.content.decode()


def test_a_half_filled_form_is_answered_in_words(db: None) -> None:
    page = Client().post(URL, {"login": "nobody", "password": ""}).content.decode()
    assert "Type a whole e-mail address" in page
    assert "Type your password." in page


def test_after_five_wrong_tries_even_the_right_password_waits_and_another_account_does_not(cast: Cast) -> None:
    for _ in range(5):
        assert sign_in(cast.editor, password="something else").status_code == 400
    response = sign_in(cast.editor)
    assert response.status_code == 429
    assert "Wait five minutes" in response.content.decode()
    assert sign_in(cast.reviewer).status_code == 302


def test_a_whole_school_signs_in_from_one_address(cast: Cast) -> None:
    for number in range(40):
        assert sign_in(UserFactory(email=f"t{number}@school.example")).status_code == 302


def test_an_account_that_is_switched_off_says_whom_to_ask(cast: Cast) -> None:
    cast.editor.is_active = False
    response = sign_in(cast.editor)
    assert response.url == "/account/inactive/"
    page = Client().get(response.url).content.decode()
    assert "This account is switched off" in page
    assert "Ask your school’s lead" in page


def test_the_trial_is_named_where_it_is_one(db: None) -> None:
    assert "This is a trial" not in Client().get(URL).content.decode()
    with override_settings(DEMO=True):
        assert "This is a trial" in Client().get(URL).content.decode()


def test_the_page_sets_the_cookie_of_its_form_and_no_other(db: None) -> None:
    assert list(Client().get(URL).cookies) == ["csrftoken"]


def test_who_is_signed_in_already_goes_on(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.teacher).get(URL).url == "/teach/"


def test_nobody_signs_up_by_themselves(db: None) -> None:
    typed = {"email": "new@school.example", "password1": PASSWORD, "password2": PASSWORD}
    for response in (Client().get("/account/signup/"), Client().post("/account/signup/", typed)):
        assert "Accounts are made for you" in response.content.decode()
    assert not User.objects.filter(email="new@school.example").exists()


def test_a_form_without_its_token_is_refused_in_words(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(URL, {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
    assert "Your form was not sent" in response.content.decode()


def test_signing_out_asks_first_and_leaves_no_message_for_the_next_reader(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert "_auth_user_id" in client.session
    response = client.post("/account/logout/")
    assert response.url == "/"
    assert "_auth_user_id" not in client.session
    assert "messages" not in response.cookies
