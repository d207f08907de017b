from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.schools.enums import Role
from tests.cast import Cast
from tests.factories import MembershipFactory

SignIn = Callable[..., Client]
URL = "/account/"


def test_it_says_who_one_is_and_what_one_may(cast: Cast, signed_in: SignIn) -> None:
    MembershipFactory(user=cast.teacher.user, school=cast.southfield, role=Role.LEAD)
    page = signed_in(cast.teacher).get(URL).content.decode()
    assert "Tess Teacher" in page
    assert "tess@northfield.example" in page
    assert "Northfield: Teacher" in page
    assert "Southfield: Safeguarding or PSHE lead" in page
    assert "Set up the second step" in page
    assert "Sign out" in page


def test_a_school_that_one_has_left_is_not_shown(cast: Cast, signed_in: SignIn) -> None:
    cast.teacher.is_active = False
    cast.teacher.save()
    page = signed_in(cast.teacher).get(URL).content.decode()
    assert "Northfield" not in page
    assert "None. If you teach, ask" in page


def test_the_roles_of_the_desk_are_shown(cast: Cast, signed_in: SignIn) -> None:
    assert "Reviewer: approves" in signed_in(cast.reviewer).get(URL).content.decode()


def test_a_visitor_signs_in_and_another_method_is_refused(cast: Cast, signed_in: SignIn) -> None:
    assert Client().get(URL).url == f"/account/login/?next={URL}"
    assert signed_in(cast.teacher).post(URL).status_code == 405


def test_thirty_schools_take_as_many_queries_as_one(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    MembershipFactory.create_batch(29, user=cast.teacher.user)
    with CaptureQueriesContext(connection) as thirty:
        client.get(URL)
    assert len(one) == len(thirty) <= 15
