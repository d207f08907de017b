from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client

from safeguarding.schools.models import Pupil, School, SchoolClass
from tests.cast import Cast

SignIn = Callable[..., Client]


@pytest.mark.parametrize("noun", ["country", "school", "membership"])
def test_an_operator_looks_after_countries_schools_and_memberships(cast: Cast, signed_in: SignIn, noun: str) -> None:
    client = signed_in(cast.operator)
    assert client.get(f"/operator/schools/{noun}/").status_code == 200
    assert client.get(f"/operator/schools/{noun}/?q=north").status_code == 200
    assert client.get(f"/operator/schools/{noun}/add/").status_code == 200


def test_classes_and_pupils_are_not_there() -> None:
    assert not admin.site.is_registered(SchoolClass)
    assert not admin.site.is_registered(Pupil)


def test_a_school_cannot_be_deleted_there(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.operator).post(f"/operator/schools/school/{cast.northfield.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    assert School.objects.filter(pk=cast.northfield.pk).exists()


def test_a_lead_and_an_editor_are_turned_away(cast: Cast, signed_in: SignIn) -> None:
    for who in (cast.lead, cast.editor):
        assert signed_in(who).get("/operator/schools/school/", follow=True).status_code == 403
