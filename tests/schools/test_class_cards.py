from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.schools.models import SchoolClass
from tests.cast import Cast
from tests.factories import PupilFactory

SignIn = Callable[..., Client]


def url(school_class: SchoolClass) -> str:
    return f"/teach/classes/{school_class.pk}/cards/"


def test_each_pupil_has_a_card_with_name_code_and_address_and_no_secret(cast: Cast, signed_in: SignIn) -> None:
    cast.ada.secret = "a hash"
    cast.ada.save()
    page = signed_in(cast.teacher).get(url(cast.named_class)).content.decode()
    cards = page.split('<ul class="plain login-cards">')[1].split("</ul>")[0]
    assert cards.count("login-name") == 2
    ada = cards.split("<li>\n")[1]
    assert all(
        word in ada for word in ("Ada", "8B", cast.named_class.code.replace("-", " "), "/join/", "three pictures")
    )
    assert "a hash" not in page
    assert "Ada" not in page.split("<title>")[1].split("</title>")[0]
    SchoolClass.objects.filter(pk=cast.named_class.pk).update(secret_kind="words")
    assert "four words" in signed_in(cast.teacher).get(url(cast.named_class)).content.decode()


def test_a_class_without_names_says_what_to_do_instead(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "needs no cards" in client.get(url(cast.anonymous_class)).content.decode()
    cast.named_class.pupils.all().delete()
    assert "Add your pupils first" in client.get(url(cast.named_class)).content.decode()


def test_colleague_outsider_and_visitor_are_refused(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.colleague).get(url(cast.named_class)).status_code == 403
    assert signed_in(cast.outsider).get(url(cast.named_class)).status_code == 404
    assert Client().get(url(cast.named_class)).status_code == 302


def test_the_page_takes_as_many_queries_for_thirty_pupils(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    with CaptureQueriesContext(connection) as few:
        client.get(url(cast.named_class))
    for _ in range(30):
        PupilFactory(school_class=cast.named_class)
    with CaptureQueriesContext(connection) as many:
        client.get(url(cast.named_class))
    assert len(few) == len(many) <= 8
