"""A parent who comes from outside is led to the page in the language that their browser asks for."""

import pytest

from lessons.library.enums import GuideKind
from tests.factories import GuideFactory, GuideVersionFactory, make_live

pytestmark = pytest.mark.django_db


def live_guide(slug, source=None, **fields):
    guide = GuideFactory(slug=slug, translation_of=source.guide if source else None, **fields)
    return make_live(GuideVersionFactory(guide=guide, translates=source))


def asked(client, address, languages, site="none", **extra):
    return client.get(address, headers={"accept-language": languages, "sec-fetch-site": site}, **extra)


@pytest.mark.parametrize(
    ("languages", "code"),
    [
        ("cy", "cy"),
        ("cy-GB,cy;q=0.9,en;q=0.8", "cy"),
        ("en;q=0.1, fr", "fr"),
        ("pl, nl;q=0.5", "nl"),
        ("NL-be", "nl"),
    ],
)
@pytest.mark.parametrize("site", ["none", "cross-site"])
def test_who_would_rather_read_another_language_is_led_there_with_the_query(client, languages, code, site):
    answer = asked(client, "/guidance/?age=12&words=a%20b", languages, site)

    assert (answer.status_code, answer["Location"]) == (302, f"/{code}/guidance/?age=12&words=a%20b")
    assert {"Accept-Language", "Sec-Fetch-Site"} <= set(answer["Vary"].split(", "))
    assert "max-age=1," in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "languages",
    [
        "en",
        "en-US,cy;q=0.9",
        "pl",
        "de, *;q=0.5, cy;q=0.1",
        "cy;q=0",
        "",
        "q=x",
        "cy;q=x",
        ";;,,",
        "c\x00y",
        "x" * 10_000,
    ],
)
def test_english_is_shown_where_it_is_wanted_or_nothing_can_be_told(client, languages):
    answer = asked(client, "/guidance/", languages)

    assert answer.status_code == 200
    assert {"Accept-Language", "Sec-Fetch-Site"} <= set(answer["Vary"].split(", "))


def test_of_a_header_without_end_only_the_beginning_is_read(client):
    assert asked(client, "/guidance/", "cy," * 4_000 + "\x7f")["Location"] == "/cy/guidance/"


def test_an_address_without_end_is_answered_where_it_is(client):
    live_guide("photos")
    for address in ("/guidance/?words=", "/s/?name=", "/guidance/photos/?country="):
        assert asked(client, f"{address}{'%F0%9F%98%80' * 10_000}", "cy").status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "same-site", "nonsense", ""])
def test_who_comes_from_our_own_pages_has_chosen(client, site):
    assert asked(client, "/guidance/", "cy", site).status_code == 200


def test_a_crawler_and_a_program_get_the_page_that_they_ask_for(client):
    assert client.get("/guidance/", headers={"accept-language": "cy"}).status_code == 200
    assert client.get("/guidance/").status_code == 200


def test_a_page_with_a_language_in_its_address_is_in_that_language_for_everybody(client):
    answer = asked(client, "/nl/guidance/", "cy")

    assert answer.status_code == 200
    assert '<html lang="nl"' in answer.text
    assert "Accept-Language" not in answer["Vary"]


def test_pages_that_are_in_english_alone_lead_nowhere(client):
    for address in ("/", "/lessons/", "/guidance/for-staff/"):
        assert asked(client, address, "cy").status_code == 200


def test_a_guide_leads_to_its_translation_or_to_the_page_around_it(client):
    source = live_guide("photos")
    live_guide("photos-cy", source, language="cy")

    assert asked(client, "/guidance/photos/?country=IE", "cy")["Location"] == "/cy/guidance/photos-cy/?country=IE"
    assert asked(client, "/guidance/photos/", "fr")["Location"] == "/fr/guidance/photos/"
    assert client.get("/fr/guidance/photos/").status_code == 200


def test_nobody_is_led_in_a_circle(client):
    source = live_guide("photos")
    live_guide("photos-ur", source, language="ur")
    live_guide("staff", kind=GuideKind.STAFF)

    for slug in ("photos-ur", "staff", "for-staff"):
        answer = asked(client, f"/guidance/{slug}/", "nl", follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain == []


def test_somebody_signed_in_is_led_too(cast, signed_in):
    assert asked(signed_in(cast.teacher), "/guidance/", "cy")["Location"] == "/cy/guidance/"


def test_a_parents_page_tells_no_other_page_where_its_reader_was(client):
    live_guide("photos")
    for address in ("/guidance/", "/cy/guidance/", "/guidance/photos/", "/guidance/for-staff/"):
        assert client.get(address)["Referrer-Policy"] == "no-referrer"
    assert client.get("/lessons/")["Referrer-Policy"] == "same-origin"


def test_a_parents_page_that_has_not_changed_still_tells_nobody(client):
    live_guide("photos")
    for address in ("/guidance/", "/cy/guidance/", "/guidance/photos/"):
        answer = client.get(address, headers={"if-none-match": client.get(address)["ETag"]})
        assert (answer.status_code, answer["Referrer-Policy"]) == (304, "no-referrer")
