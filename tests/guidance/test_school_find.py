import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.factories import SchoolFactory

from .school_pages import open_page

pytestmark = pytest.mark.django_db
URL = "/s/"


def html_of(client: Client, name: str, status: int = 200) -> str:
    response = client.get(URL, {"name": name})
    assert response.status_code == status
    return response.content.decode()


def test_a_school_is_found_by_words_of_its_name_if_it_wants_to_be(client: Client, cast: Cast) -> None:
    open_page(cast.northfield)
    assert '<a href="/s/northfield/">Northfield</a>' in html_of(client, "  NORTH field ")
    assert "Southfield</a>" not in html_of(client, "field")
    assert "We found no school of that name" in html_of(client, "Southfield")


def test_without_a_name_no_school_is_listed(client: Client, cast: Cast) -> None:
    open_page(cast.northfield)
    for url in (URL, f"{URL}?name=", f"{URL}?name=%20%00"):
        response = client.get(url)
        assert response.status_code == 200
        assert "Northfield" not in response.content.decode()
    for little in ("no", "n o r", "th el"):
        html = html_of(client, little, 400)
        assert "Type at least three letters of the school’s name." in html
        assert "Northfield" not in html


def test_at_most_twenty_are_shown_with_a_sentence_in_the_same_queries(client: Client, db: None) -> None:
    open_page(SchoolFactory(name="Hill school"))
    with CaptureQueriesContext(connection) as few:
        assert "There are more schools" not in html_of(client, "school")
    for number in range(29):
        open_page(SchoolFactory(name=f"School {number}"))
    with CaptureQueriesContext(connection) as many:
        html = html_of(client, "school")
    assert len(many) == len(few) == 1
    assert html.count('<li><a href="/s/school-') == 20
    assert "There are more schools than fit here." in html


@pytest.mark.parametrize("name", ["x" * 10_000, "<script>alert(1)</script>", "\x00\x1b[2J\u202eabc", "%_%", "🙂🙂🙂"])
def test_odd_input_is_answered_with_a_sentence(client: Client, cast: Cast, name: str) -> None:
    open_page(cast.northfield)
    html = html_of(client, name)
    assert "We found no school of that name" in html
    assert "<script>alert" not in html
