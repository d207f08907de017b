import re
from collections.abc import Callable

import pytest
from django.test import Client

from safeguarding.schools.models import Pupil, SchoolClass
from tests.cast import Cast
from tests.factories import MembershipFactory, PupilFactory, SchoolClassFactory

from .conftest import count_queries

SignIn = Callable[..., Client]


@pytest.fixture
def url(cast: Cast) -> str:
    """To the year after that of the classes."""
    return f"/teach/new-year/?year={cast.named_class.school_year + 1}"


def filled(page: str) -> dict[str, list[str]]:
    """What a browser would send of the last form but for its buttons."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.split("<form")[-1]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        is_choice = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and (not is_choice or " checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_classes_are_read_once_more_before_they_move(cast: Cast, signed_in: SignIn, url: str) -> None:
    client = signed_in(cast.teacher)
    page = client.get(url).content.decode()
    assert 'value="9B"' in page
    sent = filled(page) | {f"class-{cast.named_class.pk}-leavers": [str(cast.ada.pk)], "step": ["look"]}
    page = client.post(url, sent).content.decode()
    assert "This cannot be undone" in page
    assert "8B becomes 9B" in page
    assert "Ada" in page
    assert not SchoolClass.objects.archived().exists()
    back = client.post(url, filled(page) | {"step": ["change"]}).content.decode()
    assert filled(back)[f"class-{cast.named_class.pk}-leavers"] == [str(cast.ada.pk)]
    page = client.post(url, filled(page) | {"step": ["do"]}, follow=True).content.decode()
    assert "moved up 2, left 0, stayed 0" in page
    assert list(Pupil.objects.values_list("display_name", "school_class__name")) == [("Bo", "9B")]


def test_what_is_missing_or_taken_is_said_beside_the_class(cast: Cast, signed_in: SignIn, url: str) -> None:
    client = signed_in(cast.teacher)
    sent = filled(client.get(url).content.decode())
    named = f"class-{cast.named_class.pk}"
    for change, status, sentence in (
        ({f"{named}-name": [""]}, 400, "Give the class its new name"),
        ({f"{named}-age_from": [""]}, 400, "Give an age from 3 to 19"),
        ({f"{named}-age_from": ["19"]}, 400, "Put the two ages in order"),
        ({f"{named}-action": ["away"]}, 400, "Choose what becomes of the class"),
        ({f"{named}-name": ["9A"]}, 409, "Two classes would be called 9A"),
        ({f"{named}-leavers": ["0"]}, 400, "pupils of this class only"),
    ):
        response = client.post(url, sent | change)
        assert response.status_code == status
        assert sentence in response.content.decode()
    response = client.post(url, sent | {f"{named}-action": ["leave"], f"{named}-name": [""]})
    assert response.status_code == 200
    assert not SchoolClass.objects.archived().exists()


def test_a_page_that_is_out_of_date_is_shown_anew(cast: Cast, signed_in: SignIn, url: str) -> None:
    client = signed_in(cast.teacher)
    sent = filled(client.get(url).content.decode()) | {"step": ["do"]}
    PupilFactory(school_class=cast.named_class, display_name="Cy")
    response = client.post(url, sent)
    assert response.status_code == 409
    assert "changed since you opened this page" in response.content.decode()
    assert not SchoolClass.objects.archived().exists()


def test_this_years_classes_are_listed_only_when_asked_for(cast: Cast, signed_in: SignIn) -> None:
    SchoolClass.objects.update(school_year=2999)
    page = signed_in(cast.teacher).get("/teach/new-year/").content.decode()
    assert "There is nothing to move up" in page
    assert signed_in(cast.teacher).get("/teach/new-year/?year=1").status_code == 200


def test_nobody_sees_or_moves_what_is_not_theirs(cast: Cast, signed_in: SignIn, url: str) -> None:
    assert ">8B</h2>" in signed_in(cast.lead).get(url).content.decode()
    for who in (cast.colleague, cast.outsider):
        assert ">8B</h2>" not in signed_in(who).get(url).content.decode()
    assert signed_in(cast.outsider).get(f"{url}&school=northfield").status_code == 404
    assert signed_in(cast.editor).get(url).status_code == 403
    assert Client().post(url).status_code == 302
    assert signed_in(cast.teacher).put(url).status_code == 405


def test_who_has_two_schools_chooses_one(cast: Cast, signed_in: SignIn, url: str) -> None:
    MembershipFactory(user=cast.teacher.user, school=cast.southfield)
    client = signed_in(cast.teacher)
    assert "?school=southfield" in client.get(url).content.decode()
    assert ">8B</h2>" not in client.get(f"{url}&school=southfield").content.decode()


def test_the_page_takes_as_many_queries_for_thirty_classes(cast: Cast, signed_in: SignIn, url: str) -> None:
    client = signed_in(cast.teacher)
    few = count_queries(client, url)
    for n in range(28):
        made = SchoolClassFactory(school=cast.northfield, name=f"C{n}", mode="named", teachers=[cast.teacher])
        PupilFactory(school_class=made)
    assert count_queries(client, url) == few <= 8
