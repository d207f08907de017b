import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/guidance/", "/teach/", "/join/", "/desk/", "/guidance/#happened"])
def test_everyone_finds_their_way_in(client: Client, address: str) -> None:
    assert f'href="{address}"' in client.get("/").content.decode()


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    response = client.get("/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_somebody_signed_in_gets_a_private_page(cast: Cast, signed_in) -> None:
    assert "private" in signed_in(cast.teacher).get("/")["Cache-Control"]


def test_the_page_needs_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/")


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/").status_code == 405
