"""The privacy notices and the cookies page say what the code does."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Field

from lessons.guidance.cookies import COOKIES
from lessons.guidance.models import Subscription
from lessons.guidance.personal_data import ABOUT_PUPILS, ABOUT_STAFF, columns
from lessons.library.models import AgeBand
from lessons.teaching import pupil_session
from lessons.teaching.models import Attempt
from safeguarding.schools.models import Invitation, Membership, Pupil, PupilGroup
from tests.factories import UserFactory

# Of a person themselves: each of their columns must be in a notice.
WHOLE = {
    get_user_model(),
    Membership,
    Invitation,
    Pupil,
    Attempt,
    Subscription,
    apps.get_model("sessions.Session"),
    apps.get_model("usersessions.UserSession"),
}
# Whatever points at one of these is about a person.
PEOPLE = {*WHOLE, PupilGroup, apps.get_model("account.EmailAddress")}
TELLING = re.compile(
    r"(^|_)(e?mail|phone|contact|address|ip|user_agent|session|birth\w*|display_name|first_name|last_name|full_name"
    r"|actor|author|person|external_id|secret|device)(_|$)|_by_name|lead_name|name_before"
)
KINDS = {"EmailField", "GenericIPAddressField", "IPAddressField"}
HOUR = 60 * 60
# They look so and are about nobody: a helpline's number, and how the pupils of a class show who they are.
NOBODY = {"library.HelpService.phone", "schools.SchoolClass.secret_kind"}


def about_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if _is_about_somebody(model, field)
    }


def _is_about_somebody(model: type, field: Field) -> bool:
    return not field.auto_created and (
        model in WHOLE
        or field.related_model in PEOPLE
        or field.get_internal_type() in KINDS
        or bool(TELLING.search(field.name))
    )


def test_every_column_about_a_person_stands_in_a_notice():
    missing = about_people() - columns() - NOBODY

    assert sorted(missing) == [], "Say in lessons/guidance/personal_data.py, and to those it is about, what is kept."


def test_no_notice_names_a_column_that_is_gone():
    there = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }

    assert sorted((columns() | NOBODY) - there) == []


def test_a_birthday_an_answer_tied_to_a_pupil_or_an_address_would_be_noticed():
    """The rule itself: it must not let through what the product must never keep unsaid."""
    assert {
        "schools.Pupil.display_name",
        "guidance.Subscription.email",
        "usersessions.UserSession.ip",
    } <= about_people()
    assert "teaching.Assignment.pupils" in about_people()
    assert TELLING.search("birthday")
    assert not TELLING.search("emergency")


def test_staff_read_every_line_about_them_and_about_their_pupils(client):
    response = client.get("/privacy/staff/")
    html = response.text

    assert response.status_code == 200
    assert html.count('<section class="card stack">') == len(ABOUT_STAFF) + len(ABOUT_PUPILS)
    for kept in (*ABOUT_STAFF, *ABOUT_PUPILS):
        assert kept.what in html
        assert kept.seen_by in html


def test_sign_ins_last_as_long_as_the_pages_say(client):
    html = client.get("/cookies/").text

    assert settings.SESSION_COOKIE_AGE == 12 * HOUR
    assert settings.ACCOUNT_SESSION_REMEMBER is False  # the cookie goes with the browser
    assert (pupil_session.LASTS + pupil_session.REMEMBERED).total_seconds() == 3 * HOUR
    assert pupil_session.LASTS.total_seconds() == 2 * HOUR  # as long as the mark of an answer
    assert round(settings.CSRF_COOKIE_AGE / (24 * HOUR * 365), 1) == 1.0
    for words in ("three hours", "twelve hours", "two hours", "One year"):
        assert words in html


def test_each_cookie_has_a_name_a_purpose_and_an_end(client):
    html = client.get("/cookies/").text

    assert {cookie.name for cookie in COOKIES} == {"sessionid", "csrftoken", "messages", pupil_session.ANSWER}
    for cookie in COOKIES:
        assert f'<code translate="no">{cookie.name}</code>' in html


@pytest.mark.django_db
def test_no_page_for_visitors_sets_a_cookie(client):
    call_command("load_starter", skip_checks=True, verbosity=0)
    paths = ["/", "/lessons/", "/lessons/online-blackmail-11-14/", "/coverage/", "/evidence/", "/glossary/"]
    paths += ["/guidance/", "/guidance/for-staff/", "/guidance/?words=blackmail", "/guidance/?age=12", "/no/such/page/"]
    paths += ["/guidance/sextortion/", "/accessibility/", "/privacy/", "/privacy/parents/", "/privacy/staff/"]
    paths += ["/privacy/pupils/", "/cookies/", *(f"/privacy/pupils/{band.slug}/" for band in AgeBand.objects.all())]
    for path in paths:
        response = client.get(path)
        assert "Set-Cookie" not in response.headers, path
        assert dict(response.cookies) == {}, path
    assert dict(client.cookies) == {}


@pytest.mark.django_db
def test_what_staff_and_pupils_are_given_are_the_cookies_of_the_page(cast, client):
    """Signing in, joining a class, being told that something was saved."""
    known = {cookie.name for cookie in COOKIES}
    user = UserFactory(email="tess2@northfield.example")
    user.set_password("a long enough password")
    user.save()
    client.get("/account/login/")
    client.post("/account/login/", {"login": user.email, "password": "a long enough password"})
    client.get("/account/")
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    assert not client.cookies["sessionid"]["max-age"]  # until the browser is closed
    assert set(client.cookies) <= known

    client.logout()
    client.cookies.clear()
    client.get("/join/")
    client.post("/join/", {"code": cast.anonymous_class.code})
    assert client.cookies["sessionid"]["max-age"] == 3 * HOUR
    assert set(client.cookies) <= known
