import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.teaching.enums import ForWhom
from safeguarding.schools.models import PupilGroup, SchoolClass
from tests.cast import Cast
from tests.factories import AssignmentFactory, PupilFactory, PupilGroupFactory, SchoolClassFactory

SignIn = Callable[..., Client]


def url(school_class: SchoolClass) -> str:
    return f"/teach/classes/{school_class.pk}/groups/"


@pytest.fixture
def group(cast: Cast) -> PupilGroup:
    return PupilGroupFactory(school_class=cast.named_class, name="Blue", pupils=[cast.ada])


def test_a_group_is_made_and_filled_by_ticking(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "No groups yet" in client.get(url(cast.named_class)).content.decode()
    response = client.post(url(cast.named_class), {"name": " Red ", "pupils": [cast.bo.pk]}, follow=True)
    assert "The group was made." in response.content.decode()
    made = PupilGroup.objects.get()
    assert (made.name, list(made.pupils.all())) == ("Red", [cast.bo])


def test_a_group_is_renamed_and_filled_anew(cast: Cast, signed_in: SignIn, group: PupilGroup) -> None:
    client = signed_in(cast.teacher)
    address = f"/teach/groups/{group.pk}/"
    assert 'value="Blue"' in client.get(address).content.decode()
    assert client.post(address, {"name": "Green", "pupils": [cast.bo.pk]}).url == url(cast.named_class)
    group.refresh_from_db()
    assert (group.name, list(group.pupils.all())) == ("Green", [cast.bo])


def test_a_name_that_is_taken_and_somebody_elses_pupil_are_refused(
    cast: Cast, signed_in: SignIn, group: PupilGroup
) -> None:
    client = signed_in(cast.teacher)
    response = client.post(url(cast.named_class), {"name": "blue"})
    assert response.status_code == 409
    assert "already has a group of this name" in response.content.decode()
    stranger = PupilFactory(school_class=SchoolClassFactory(school=cast.southfield, mode="named"))
    response = client.post(url(cast.named_class), {"name": "Red", "pupils": [stranger.pk]})
    assert response.status_code == 400
    assert client.post(url(cast.named_class), {"name": ""}).status_code == 400
    assert PupilGroup.objects.count() == 1


def test_an_anonymous_class_has_no_groups(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "it keeps no names" in client.get(url(cast.anonymous_class)).content.decode()
    assert client.post(url(cast.anonymous_class), {"name": "Red"}).status_code == 409


def test_a_group_with_an_open_lesson_stays_and_one_with_closed_ones_goes_and_leaves_the_number(
    cast: Cast, signed_in: SignIn, group: PupilGroup
) -> None:
    assignment = AssignmentFactory(school_class=cast.named_class, for_whom=ForWhom.GROUPS)
    assignment.groups.add(group)
    client = signed_in(cast.teacher)
    address = f"/teach/groups/{group.pk}/delete/"
    response = client.post(address)
    assert response.status_code == 409
    assert "Close the lesson first" in response.content.decode()
    assignment.closed_at = timezone.now()
    assignment.save()
    assert "The group was deleted." in client.post(address, follow=True).content.decode()
    assignment.refresh_from_db()
    assert assignment.size_then == 1
    assert cast.named_class.pupils.count() == 2


def test_when_all_groups_of_a_closed_lesson_go_it_keeps_the_number_of_all(
    cast: Cast, signed_in: SignIn, group: PupilGroup
) -> None:
    red = PupilGroupFactory(school_class=cast.named_class, name="Red", pupils=[cast.bo])
    assignment = AssignmentFactory(
        school_class=cast.named_class, for_whom=ForWhom.GROUPS, closed_at=timezone.now() - datetime.timedelta(days=1)
    )
    assignment.groups.set([group, red])
    for each in (group, red):
        signed_in(cast.teacher).post(f"/teach/groups/{each.pk}/delete/")
    assignment.refresh_from_db()
    assert assignment.size_then == 2


def test_colleague_outsider_visitor_and_other_methods_are_refused(
    cast: Cast, signed_in: SignIn, group: PupilGroup
) -> None:
    for address in (url(cast.named_class), f"/teach/groups/{group.pk}/", f"/teach/groups/{group.pk}/delete/"):
        for method in ("get", "post"):
            assert getattr(signed_in(cast.colleague), method)(address, {"name": "X"}).status_code == 403
            assert getattr(signed_in(cast.outsider), method)(address, {"name": "X"}).status_code == 404
            assert getattr(Client(), method)(address).status_code == 302
        assert signed_in(cast.teacher).delete(address).status_code == 405
    assert PupilGroup.objects.get().name == "Blue"


def test_the_page_takes_as_many_queries_for_thirty_groups(cast: Cast, signed_in: SignIn, group: PupilGroup) -> None:
    client = signed_in(cast.teacher)
    with CaptureQueriesContext(connection) as one:
        client.get(url(cast.named_class))
    for _ in range(29):
        PupilGroupFactory(school_class=cast.named_class, pupils=[PupilFactory(school_class=cast.named_class)])
    with CaptureQueriesContext(connection) as thirty:
        client.get(url(cast.named_class))
    assert len(one) == len(thirty) <= 12
