from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.schools.enums import Role
from safeguarding.schools.models import Membership, SchoolClass
from tests.cast import Cast
from tests.factories import MembershipFactory, SchoolClassFactory, UserFactory

SignIn = Callable[..., Client]
URL = "/teach/classes/new/"
TYPED = {"name": " 7C ", "year_group": "Year 7", "age_from": "11", "age_to": "12", "mode": "anonymous"}


def test_a_teacher_makes_a_class_and_is_shown_its_code(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    page = client.get(URL).content.decode()
    assert "Make the class" in page
    assert 'name="school"' not in page
    assert 'name="teachers"' not in page
    response = client.post(URL, TYPED)
    made = SchoolClass.objects.get(name="7C")
    assert response.url == f"/teach/classes/{made.pk}/code/"
    assert list(made.teachers.all()) == [cast.teacher]
    assert made.code_is_open


def test_a_named_class_goes_on_to_its_names(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).post(URL, TYPED | {"mode": "named"})
    assert response.url == f"/teach/classes/{SchoolClass.objects.get(name='7C').pk}/pupils/"


def test_a_lead_chooses_teachers_of_the_own_school(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.lead)
    page = client.get(URL).content.decode()
    assert "Cal Colleague" in page
    assert "Otto Outsider" not in page
    assert client.post(URL, TYPED | {"teachers": [cast.outsider.pk]}).status_code == 400
    assert not SchoolClass.objects.filter(name="7C").exists()
    assert client.post(URL, TYPED | {"teachers": [cast.colleague.pk]}).status_code == 302
    assert list(SchoolClass.objects.get(name="7C").teachers.all()) == [cast.colleague]


def test_a_teacher_cannot_slip_in_teachers(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.teacher).post(URL, TYPED | {"teachers": [cast.colleague.pk]})
    assert list(SchoolClass.objects.get(name="7C").teachers.all()) == [cast.teacher]


def test_who_has_two_schools_chooses_one(cast: Cast, signed_in: SignIn) -> None:
    there = MembershipFactory(user=cast.lead.user, school=cast.southfield)
    client = signed_in(cast.lead)
    assert "Southfield" in client.get(URL).content.decode()
    response = client.post(URL, TYPED)
    assert response.status_code == 400
    assert "Choose the school." in response.content.decode()
    # As a teacher of Southfield they teach their own class; Northfield's teachers have no place in it.
    wrong = TYPED | {"school": cast.southfield.pk, "teachers": [cast.colleague.pk]}
    assert client.post(URL, wrong).status_code == 400
    assert client.post(URL, TYPED | {"school": cast.southfield.pk}).status_code == 302
    made = SchoolClass.objects.get(name="7C")
    assert made.school == cast.southfield
    assert list(made.teachers.all()) == [there]


def test_the_address_may_choose_the_school_first(cast: Cast, signed_in: SignIn) -> None:
    MembershipFactory(user=cast.lead.user, school=cast.southfield)
    client = signed_in(cast.lead)
    chosen = f'<option value="{cast.southfield.pk}" selected>'
    assert chosen in client.get(f"{URL}?school=southfield").content.decode()
    assert chosen not in client.get(URL).content.decode()
    assert client.get(f"{URL}?school=nowhere").status_code == 200


def test_somebody_elses_school_cannot_be_chosen(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.teacher).post(URL, TYPED | {"school": cast.southfield.pk})
    assert SchoolClass.objects.get(name="7C").school == cast.northfield


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Give the class a name"),
        ({"age_from": "2"}, "Give an age from 3 to 19"),
        ({"age_from": "x"}, "Give an age from 3 to 19"),
        ({"age_from": "14"}, "Put the two ages in order"),
        ({"mode": "secret"}, "Choose one of the two ways"),
    ],
)
def test_a_half_filled_form_says_what_to_do_and_keeps_what_was_typed(
    cast: Cast, signed_in: SignIn, typed: dict[str, str], sentence: str
) -> None:
    response = signed_in(cast.teacher).post(URL, TYPED | {"year_group": "Kestrels"} | typed)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert "Kestrels" in response.content.decode()
    assert not SchoolClass.objects.filter(year_group="Kestrels").exists()


def test_a_second_class_of_a_name_is_a_conflict_with_a_sentence(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).post(URL, TYPED | {"name": "8B"})
    assert response.status_code == 409
    assert "already has a class of this name" in response.content.decode()


def test_who_belongs_to_no_school_is_refused_and_a_visitor_signs_in(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert signed_in(UserFactory()).post(URL, TYPED).status_code == 403
    assert Client().get(URL).url == f"/account/login/?next={URL}"


def test_another_method_is_refused(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.teacher).put(URL).status_code == 405


def test_the_form_takes_as_many_queries_for_thirty_teachers_as_for_one(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.lead)
    Membership.objects.exclude(pk=cast.lead.pk).filter(school=cast.northfield).delete()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(URL)
    for _ in range(29):
        MembershipFactory(school=cast.northfield, role=Role.TEACHER)
    with CaptureQueriesContext(connection) as thirty:
        client.get(URL)
    assert len(one) == len(thirty) <= 15


@pytest.mark.parametrize("name", ["8A\u200b", "\u202e8A", "8A\x07"])
def test_a_name_with_characters_that_cannot_be_seen_is_refused(cast: Cast, signed_in: SignIn, name: str) -> None:
    response = signed_in(cast.teacher).post(URL, TYPED | {"name": name})
    assert response.status_code == 400
    assert "cannot be shown" in response.content.decode()
    assert not SchoolClass.objects.filter(school=cast.northfield, name__contains=name).exists()


def test_the_database_holds_one_class_of_a_name_whatever_its_capitals(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        SchoolClassFactory(school=cast.northfield, name=cast.anonymous_class.name.lower())


@pytest.mark.parametrize(("age", "kind"), [("7", "pictures"), ("10", "pictures"), ("11", "words")])
def test_the_kind_of_secret_suits_the_age_unless_another_is_chosen(
    cast: Cast, signed_in: SignIn, age: str, kind: str
) -> None:
    client = signed_in(cast.teacher)
    client.post(URL, TYPED | {"mode": "named", "age_from": age})
    client.post(URL, TYPED | {"mode": "named", "name": "7D", "secret_kind": "pin"})
    assert dict(SchoolClass.objects.filter(name__in=["7C", "7D"]).values_list("name", "secret_kind")) == {
        "7C": kind,
        "7D": "pin",
    }
