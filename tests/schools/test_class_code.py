import datetime
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from safeguarding.schools.models import SchoolClass
from tests.cast import Cast

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
