"""A class of a past year: it shows its numbers, and nothing about it can be changed."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.teaching.services import archive_class
from safeguarding.schools import services
from safeguarding.schools.errors import ClassArchived
from safeguarding.schools.models import Pupil, SchoolClass
from safeguarding.schools.names import read_lines
from tests.cast import Cast
from tests.factories import PupilGroupFactory, SchoolClassFactory

SignIn = Callable[..., Client]
PAST = "/teach/classes/past/"


@pytest.fixture
def past(cast: Cast) -> SchoolClass:
    archive_class(actor=cast.teacher, school_class=cast.named_class)
    cast.named_class.refresh_from_db()
    return cast.named_class


@pytest.mark.parametrize("page", ["settings", "code", "cards", "pupils", "groups", "archive"])
def test_each_page_says_that_it_is_of_a_past_year_and_refuses_a_change(
    past: SchoolClass, cast: Cast, signed_in: SignIn, page: str
) -> None:
    client = signed_in(cast.teacher)
    address = f"/teach/classes/{past.pk}/{page}/"
    kept = SchoolClass.objects.values_list().get(pk=past.pk)
    assert "It stays as it was" in client.get(address).content.decode()
    response = client.post(address, {"name": "9Z", "names": "Cy", "end": "year"})
    assert response.status_code == 409
    assert "It stays as it was" in response.content.decode()
    assert SchoolClass.objects.values_list().get(pk=past.pk) == kept
    assert not past.pupils.exists()


def test_each_service_refuses_it(past: SchoolClass, cast: Cast) -> None:
    of_class = {"actor": cast.teacher, "school_class": past}
    group = PupilGroupFactory(school_class=past)
    pupil = Pupil.objects.create(school_class=past, display_name="Cy")
    settings = {"name": "9Z", "year_group": "", "age_from": 9, "age_to": 9, "mode": "named"}
    for change in (
        lambda: services.update_class(**of_class, **settings),
        lambda: services.renew_code(**of_class),
        lambda: services.set_code_end(**of_class, end="today"),
        lambda: services.add_pupils(**of_class, lines=read_lines("Di")),
        lambda: services.make_group(**of_class, name="Red"),
        lambda: services.update_group(actor=cast.teacher, group=group, name="Red", pupil_pks=[]),
        lambda: services.reset_pupil(actor=cast.teacher, pupil=pupil),
        lambda: services.remove_pupil(actor=cast.teacher, pupil=pupil),
        lambda: archive_class(**of_class),
    ):
        with pytest.raises(ClassArchived):
            change()


def test_a_class_is_archived_after_asking_and_listed_without_a_name(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert "No class is of a past year yet" in client.get(PAST).content.decode()
    address = f"/teach/classes/{cast.named_class.pk}/archive/"
    assert "This cannot be undone" in client.get(address).content.decode()
    assert SchoolClass.objects.get(pk=cast.named_class.pk).archived_at is None
    page = client.post(address, follow=True).content.decode()
    assert "The class is archived" in page
    row = page.split("<tbody>")[1]
    assert "8B" in row
    assert "<td>2</td>" in row
    assert "Ada" not in page
    assert not Pupil.objects.filter(school_class=cast.named_class).exists()


def test_its_name_is_free_again_and_its_code_opens_nothing(past: SchoolClass, cast: Cast) -> None:
    assert not SchoolClass.objects.with_open_code(past.code).exists()
    services.create_class(actor=cast.teacher, name="8B", age_from=12, age_to=13)


def test_only_those_who_saw_the_class_see_it_in_the_list(past: SchoolClass, cast: Cast, signed_in: SignIn) -> None:
    for who, sees in ((cast.teacher, True), (cast.lead, True), (cast.colleague, False), (cast.outsider, False)):
        assert (f"/teach/classes/{past.pk}/" in signed_in(who).get(PAST).content.decode()) is sees
    for who, status in ((cast.colleague, 403), (cast.outsider, 404)):
        address = f"/teach/classes/{cast.anonymous_class.pk}/archive/"
        assert signed_in(who).post(address).status_code == status
    assert Client().get(PAST).status_code == 302
    assert signed_in(cast.editor).get(PAST).status_code == 403
    assert signed_in(cast.teacher).post(PAST).status_code == 405


def test_the_list_is_a_file_too_and_takes_as_many_queries_for_thirty_classes(
    past: SchoolClass, cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.teacher)
    with CaptureQueriesContext(connection) as one:
        client.get(PAST)
    for n in range(29):
        SchoolClassFactory(
            school=cast.northfield, name=f"P{n}", teachers=[cast.teacher], archived_at=timezone.now(), pupils_then=n
        )
    with CaptureQueriesContext(connection) as thirty:
        client.get(PAST)
    assert len(one) == len(thirty) <= 8
    data = b"".join(client.get(f"{PAST}?table=archived&as=csv").streaming_content).decode()
    assert data.count("\n") == 31
