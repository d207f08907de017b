import datetime
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding.schools.models import Pupil, SchoolClass
from tests.cast import Cast
from tests.factories import PupilFactory, SchoolClassFactory

SignIn = Callable[..., Client]


def url(school_class: SchoolClass) -> str:
    return f"/teach/classes/{school_class.pk}/pupils/"


def test_the_list_says_who_has_chosen_pictures_and_who_is_locked(cast: Cast, signed_in: SignIn) -> None:
    cast.ada.secret = "a hash"
    cast.ada.save()
    cast.bo.locked_until_at = timezone.now() + datetime.timedelta(minutes=5)
    cast.bo.save()
    page = signed_in(cast.teacher).get(url(cast.named_class)).content.decode()
    ada, bo = (row.split("</tr>")[0] for row in page.split("<tr>")[2:4])
    assert "Ada" in ada
    assert "Chosen" in ada
    assert "Not yet" in bo
    assert "Locked until" in bo
    assert "a hash" not in page


def test_an_empty_list_says_what_to_do_first(cast: Cast, signed_in: SignIn) -> None:
    Pupil.objects.all().delete()
    page = signed_in(cast.teacher).get(url(cast.named_class)).content.decode()
    assert "Nobody is on the list yet" in page
    assert "Add these pupils" in page


def test_an_anonymous_class_says_why_there_is_no_list(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    response = client.get(url(cast.anonymous_class))
    assert response.status_code == 200
    assert "it keeps no names" in response.content.decode()
    response = client.post(url(cast.anonymous_class), {"names": "Cy"})
    assert response.status_code == 409
    assert "it keeps no names" in response.content.decode()
    assert not cast.anonymous_class.pupils.exists()


def test_names_are_pasted_one_a_line(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).post(url(cast.named_class), {"names": "Cy\r\n\r\n  Di   E \r\n"}, follow=True)
    assert "2 pupils were added." in response.content.decode()
    assert set(cast.named_class.pupils.values_list("display_name", flat=True)) == {"Ada", "Bo", "Cy", "Di E"}


def test_a_bad_paste_adds_nothing_and_stays_as_it_was_typed(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    typed = "\nCy\ncy\ndi@home.example\nEve 01/02/2014"
    response = client.post(url(cast.named_class), {"names": typed})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Lines 2 and 3 are the same name" in page
    assert "Line 4 has an @" in page
    assert "Line 5 has more than 4 digits" in page
    assert typed in page.replace("\r\n", "\n")
    assert cast.named_class.pupils.count() == 2


def test_a_name_that_is_in_the_class_is_a_conflict_and_adds_nothing(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).post(url(cast.named_class), {"names": "Cy\nADA"})
    assert response.status_code == 409
    assert "Line 2 is already in the class" in response.content.decode()
    assert "Cy\nADA" in response.content.decode()
    assert cast.named_class.pupils.count() == 2


def test_names_that_a_database_takes_for_one_are_a_conflict_on_each(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    assert client.post(url(cast.named_class), {"names": "Ilkay"}).status_code == 302
    assert client.post(url(cast.named_class), {"names": "İlkay"}).status_code == 409
    groups = f"/teach/classes/{cast.named_class.pk}/groups/"
    assert client.post(groups, {"name": "Ilk"}).status_code == 302
    assert client.post(groups, {"name": "İlk"}).status_code == 409
    new = {"age_from": 12, "age_to": 13, "mode": "named"}
    assert client.post("/teach/classes/new/", {**new, "name": "Ilk"}).status_code == 302
    assert client.post("/teach/classes/new/", {**new, "name": "İlk"}).status_code == 409


def test_nothing_typed_is_a_sentence(cast: Cast, signed_in: SignIn) -> None:
    for names in ("", " \n "):
        response = signed_in(cast.teacher).post(url(cast.named_class), {"names": names})
        assert response.status_code == 400
        assert "at least one name" in response.content.decode()


def test_the_same_name_may_be_in_two_classes(cast: Cast, signed_in: SignIn) -> None:
    other = SchoolClassFactory(school=cast.northfield, mode="named", teachers=[cast.teacher])
    assert signed_in(cast.teacher).post(url(other), {"names": "Ada"}).status_code == 302


def test_names_are_not_in_the_title_and_not_kept_by_the_browser(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).get(url(cast.named_class))
    assert "Ada" not in response.content.decode().split("</title>")[0]
    assert "no-store" in response["Cache-Control"]


def test_a_name_is_shown_as_text(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    client.post(url(cast.named_class), {"names": "<b>Cy</b>"})
    assert "<b>Cy" not in client.get(url(cast.named_class)).content.decode()


def test_colleague_outsider_visitor_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    for method in ("get", "post"):
        assert getattr(signed_in(cast.colleague), method)(url(cast.named_class), {"names": "Cy"}).status_code == 403
        assert getattr(signed_in(cast.outsider), method)(url(cast.named_class), {"names": "Cy"}).status_code == 404
        assert getattr(Client(), method)(url(cast.named_class), {"names": "Cy"}).status_code == 302
    assert signed_in(cast.teacher).put(url(cast.named_class)).status_code == 405
    assert cast.named_class.pupils.count() == 2


def test_the_list_takes_as_many_queries_for_thirty_pupils_as_for_one(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    cast.bo.delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url(cast.named_class))
    for _ in range(29):
        PupilFactory(school_class=cast.named_class, secret="a hash")
    with CaptureQueriesContext(connection) as thirty:
        client.get(url(cast.named_class))
    assert len(one) == len(thirty) <= 15


def test_sixty_names_take_as_many_queries_as_one(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    with CaptureQueriesContext(connection) as one:
        client.post(url(cast.named_class), {"names": "Cy"})
    with CaptureQueriesContext(connection) as sixty:
        client.post(url(cast.named_class), {"names": "\n".join(f"Pupil {number}" for number in range(60))})
    assert len(one) == len(sixty)
    assert cast.named_class.pupils.count() == 63
