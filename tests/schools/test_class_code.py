import datetime
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from safeguarding.schools.models import SchoolClass
from tests.cast import Cast
from tests.factories import TermFactory

SignIn = Callable[..., Client]


def url(school_class: SchoolClass) -> str:
    return f"/teach/classes/{school_class.pk}/code/"


def test_the_code_is_shown_with_spaces_the_address_and_the_last_day(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.teacher).get(url(cast.anonymous_class)).content.decode()
    assert cast.anonymous_class.code.replace("-", " ") in page
    assert "testserver/join/" in page
    last = timezone.localtime(cast.anonymous_class.code_expires_at)
    assert f"{last.day} {last:%B %Y}" in page


def test_a_code_that_has_run_out_is_said_to(cast: Cast, signed_in: SignIn) -> None:
    cast.anonymous_class.code_expires_at = timezone.now() - datetime.timedelta(days=1)
    cast.anonymous_class.save()
    page = signed_in(cast.lead).get(url(cast.anonymous_class)).content.decode()
    assert "This code has run out" in page
    assert "The code works until" not in page


def test_a_new_code_stops_the_old_one_at_once(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    old = cast.named_class.code
    response = client.post(url(cast.named_class), follow=True)
    assert "The old one has stopped working" in response.content.decode()
    cast.named_class.refresh_from_db()
    assert cast.named_class.code != old
    assert not SchoolClass.objects.with_open_code(old).exists()


def test_looking_at_the_code_does_not_change_it(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.teacher).get(url(cast.named_class))
    assert SchoolClass.objects.get(pk=cast.named_class.pk).code == cast.named_class.code


def test_colleague_outsider_visitor_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    for method in ("get", "post"):
        assert getattr(signed_in(cast.colleague), method)(url(cast.named_class)).status_code == 403
        assert getattr(signed_in(cast.outsider), method)(url(cast.named_class)).status_code == 404
        assert getattr(Client(), method)(url(cast.named_class)).status_code == 302
    assert signed_in(cast.teacher).put(url(cast.named_class)).status_code == 405
    assert SchoolClass.objects.get(pk=cast.named_class.pk).code == cast.named_class.code


def test_the_teacher_says_when_the_code_stops_working(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    today = timezone.localdate()
    old = cast.named_class.code
    TermFactory(
        school=cast.northfield,
        starts_on=today - datetime.timedelta(days=3),
        ends_on=today + datetime.timedelta(days=20),
    )
    for end, day in (("today", today), ("term", today + datetime.timedelta(days=20))):
        assert client.post(url(cast.named_class), {"end": end}).status_code == 302
        cast.named_class.refresh_from_db()
        assert timezone.localdate(cast.named_class.code_expires_at) == day
    client.post(url(cast.named_class), {"end": "year"})
    cast.named_class.refresh_from_db()
    assert cast.named_class.code_expires_at > timezone.now() + datetime.timedelta(days=59)
    assert cast.named_class.code == old


def test_without_a_term_or_a_choice_the_end_stays(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    response = client.post(url(cast.named_class), {"end": "term"})
    assert response.status_code == 409
    assert "Today is in no term" in response.content.decode()
    assert client.post(url(cast.named_class), {"end": "never"}).status_code == 400
    assert SchoolClass.objects.get(pk=cast.named_class.pk).code_expires_at == cast.named_class.code_expires_at
