"""What public pages say to the caches in front, and what they spare the reader."""

import gzip

import pytest
from django.test import Client

from safeguarding.core.http import PUBLIC_SECONDS

pytestmark = pytest.mark.django_db

PAGES = ["/", "/lessons/", "/guidance/", "/cy/guidance/", "/evidence/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_cache_in_front_keeps_a_visitors_page_for_a_second_and_shows_it_while_the_product_is_away(client, address):
    said = client.get(address)["Cache-Control"]

    assert said == "public, max-age=1, stale-if-error=3600"
    # Each of these forbids a cache to show its copy while the product is away (RFC 9111, section 4.2.4).
    assert not {"no-cache", "must-revalidate", "proxy-revalidate", "s-maxage"} & {
        part.split("=")[0].strip() for part in said.split(",")
    }
    assert PUBLIC_SECONDS <= 1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(client, address):
    first = client.get(address, headers={"accept-encoding": "gzip"})
    again = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")
    assert again["Cache-Control"] == first["Cache-Control"]
    assert set(again["Vary"].split(", ")) == set(first["Vary"].split(", ")) >= {"Cookie", "Accept-Encoding"}
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_gets_it_compressed_where_the_browser_can_read_that(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert not plain.has_header("Content-Encoding")


def test_who_is_signed_in_gets_a_page_of_their_own_that_is_neither_compressed_nor_kept(cast, signed_in):
    page = signed_in(cast.teacher).get("/guidance/", headers={"accept-encoding": "gzip"})

    assert page["Cache-Control"] == "private, no-cache"
    assert "Cookie" in page["Vary"]
    assert not page.has_header("Content-Encoding")
    assert not page.has_header("ETag")


def test_asking_for_the_head_alone_says_the_same(client: Client) -> None:
    assert client.head("/guidance/")["Cache-Control"] == client.get("/guidance/")["Cache-Control"]


def test_an_answer_that_the_address_cannot_give_is_kept_as_briefly(client: Client) -> None:
    answer = client.get("/guidance/?age=99")

    assert answer.status_code == 400
    assert "max-age=1," in answer["Cache-Control"]
