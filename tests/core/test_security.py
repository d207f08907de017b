"""What every response carries, errors too."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from lessons.library.models import AgeBand

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy_of(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if part.strip())


def break_down(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [path("broken/", break_down)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/no/such/page/", 404),
        ("/account/login/", 200),
        ("/join/", 200),
        ("/desk/", 302),
    ],
)
def test_every_response_carries_the_strict_policy(client, url, status):
    response = client.get(url)

    assert response.status_code == status
    policy = policy_of(response)
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]


@override_settings(ROOT_URLCONF="tests.core.test_security")
@pytest.mark.django_db
def test_an_error_page_carries_it_too_and_says_what_to_do():
    response = Client(raise_request_exception=False).get("/broken/")

    assert response.status_code == 500
    assert policy_of(response)["script-src"] == "'self'"
    assert "load the page again" in response.content.decode()


@pytest.mark.django_db
def test_a_form_from_another_site_is_refused_with_a_sentence():
    response = Client(enforce_csrf_checks=True).post("/join/", {"code": "maple-otter-lamp-42"})

    assert response.status_code == 403
    assert "again" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [("/teach/notices/read/", "This address only takes what a form sends."), ("/join/leave/", "Go to your lessons")],
)
def test_an_address_that_only_takes_forms_says_so_on_a_page(cast, signed_in, address, sentence):
    answer = signed_in(cast.teacher).get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert sentence in answer.text


@pytest.mark.django_db
def test_healthz_needs_the_database_and_nothing_else(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert response.content == b"ok\n"
    assert not AgeBand.objects.exists()


@pytest.mark.django_db
def test_the_page_of_components_is_for_operators(cast, signed_in):
    assert signed_in(cast.operator).get("/operator/components/").status_code == 200
    assert signed_in(cast.editor).get("/operator/components/").status_code == 404
    assert Client().get("/operator/components/").status_code == 404


PAGES_OF_PEOPLE = [
    "/teach/",
    "/school/",
    "/account/",
    "/account/2fa/",
    "/account/password/change/",
    "/teach/classes/0/",
]


@pytest.mark.parametrize("url", PAGES_OF_PEOPLE)
def test_no_cache_keeps_what_is_for_one_person(cast, signed_in, url):
    assert "no-store" in signed_in(cast.lead).get(url).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["sessionid=" + "a" * 32, "csrftoken=abc"])
def test_a_public_page_that_must_set_a_cookie_is_not_public_any_more(client, cookie):
    client.cookies.load(cookie)
    response = client.get("/lessons/")

    assert not (response.cookies and "public" in response.headers["Cache-Control"])


@pytest.mark.django_db
def test_a_session_key_that_cannot_be_ours_counts_as_none(client):
    client.cookies.load('sessionid="\\000aaaaaaaaaaaa"')

    assert client.get("/lessons/").status_code == 200
