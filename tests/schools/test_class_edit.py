from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.schools.models import SchoolClass
from tests.cast import Cast
from tests.factories import MembershipFactory, PupilFactory

SignIn = Callable[..., Client]
TYPED = {"name": "8B blue", "year_group": "Year 8", "age_from": "12", "age_to": "13", "mode": "named"}


def url(school_class: SchoolClass) -> str:
    return f"/teach/classes/{school_class.pk}/settings/"


def test_a_teacher_changes_the_settings_and_the_teachers_stay(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert 'value="8B"' in client.get(url(cast.named_class)).content.decode()
    response = client.post(url(cast.named_class), TYPED)
    assert response.url == f"/teach/classes/{cast.named_class.pk}/"
    cast.named_class.refresh_from_db()
    assert (cast.named_class.name, cast.named_class.age_to) == ("8B blue", 13)
    assert list(cast.named_class.teachers.all()) == [cast.teacher]


def test_a_lead_changes_the_teachers(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.lead)
    assert f'value="{cast.teacher.pk}"' in client.get(url(cast.named_class)).content.decode()
    client.post(url(cast.named_class), TYPED | {"teachers": [cast.colleague.pk]})
    assert list(cast.named_class.teachers.all()) == [cast.colleague]


def test_the_mode_of_a_class_with_pupils_is_fixed_with_a_sentence(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "so it stays named" in client.get(url(cast.named_class)).content.decode()
    response = client.post(url(cast.named_class), TYPED | {"mode": "anonymous"})
    assert response.status_code == 409
    assert "Remove every pupil first" in response.content.decode()
    assert "8B blue" in response.content.decode()
    cast.named_class.refresh_from_db()
    assert cast.named_class.is_named
    assert cast.named_class.name == "8B"


def test_an_anonymous_class_may_become_named(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "so it stays named" not in client.get(url(cast.anonymous_class)).content.decode()
    assert client.post(url(cast.anonymous_class), TYPED).status_code == 302


def test_a_name_of_another_class_is_a_conflict_and_a_bad_form_is_not_saved(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert client.post(url(cast.named_class), TYPED | {"name": "8a"}).status_code == 409
    assert client.post(url(cast.named_class), TYPED | {"name": ""}).status_code == 400
    cast.named_class.refresh_from_db()
    assert cast.named_class.name == "8B"


def test_colleague_outsider_visitor_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    address = url(cast.named_class)
    for method in ("get", "post"):
        assert getattr(signed_in(cast.colleague), method)(address, TYPED).status_code == 403
        assert getattr(signed_in(cast.outsider), method)(address, TYPED).status_code == 404
        assert getattr(Client(), method)(address, TYPED).status_code == 302
    assert signed_in(cast.teacher).delete(address).status_code == 405
    cast.named_class.refresh_from_db()
    assert cast.named_class.name == "8B"


def test_the_form_takes_as_many_queries_for_thirty_pupils_and_teachers(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.lead)
    with CaptureQueriesContext(connection) as few:
        client.get(url(cast.named_class))
    for _ in range(30):
        PupilFactory(school_class=cast.named_class)
        cast.named_class.teachers.add(MembershipFactory(school=cast.northfield))
    with CaptureQueriesContext(connection) as many:
        client.get(url(cast.named_class))
    assert len(few) == len(many) <= 15


def test_the_kind_of_secret_is_chosen_and_whoever_has_one_keeps_it(cast: Cast, signed_in: SignIn) -> None:
    cast.ada.secret, cast.ada.secret_kind = "a hash", "pictures"
    cast.ada.save()
    assert signed_in(cast.teacher).post(url(cast.named_class), TYPED | {"secret_kind": "pin"}).status_code == 302
    cast.named_class.refresh_from_db()
    cast.ada.refresh_from_db()
    assert cast.named_class.secret_kind == "pin"
    assert (cast.ada.secret, cast.ada.secret_kind) == ("a hash", "pictures")
    assert signed_in(cast.teacher).post(url(cast.named_class), TYPED | {"secret_kind": "eyes"}).status_code == 400
