"""Accessibility, privacy and cookies: for each reader, in the language of parents' pages or in English."""

import re
from html import unescape

import pytest
from django.core.management import call_command

from lessons.guidance.pupil_words import WORDS
from lessons.library.models import AgeBand
from lessons.library.reading_age import reading_age
from tests.factories import AgeBandFactory

pytestmark = pytest.mark.django_db

OF_PARENTS = ["/accessibility/", "/privacy/", "/privacy/parents/", "/cookies/"]
IN_ENGLISH = ["/privacy/staff/", "/privacy/pupils/"]


@pytest.mark.parametrize("path", OF_PARENTS)
@pytest.mark.parametrize("prefix", ["", "/cy", "/nl", "/fr"])
def test_parents_read_each_statement_in_their_language_without_a_query_or_a_cookie(
    client, django_assert_num_queries, path, prefix
):
    with django_assert_num_queries(0):
        response = client.get(prefix + path)

    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert [link.url for link in response.context["languages"]] == [path, f"/cy{path}", f"/nl{path}", f"/fr{path}"]
    assert "Leave this page now" in response.text or prefix


@pytest.mark.parametrize("path", [*IN_ENGLISH, "/privacy/pupils/5-7/"])
def test_what_is_for_pupils_and_staff_is_in_english_alone(client, path):
    response = client.get(f"/cy{path}")

    assert (response.status_code, response.headers["Location"]) == (302, path)


def test_every_page_leads_to_the_statements_in_its_own_language(client):
    for prefix in ("", "/fr"):
        html = client.get(f"{prefix}/privacy/").text
        for path in ("/accessibility/", "/privacy/", "/cookies/"):
            assert f'<li><a href="{prefix}{path}">' in html


def test_the_short_answers_lead_to_the_whole_ones(client):
    html = client.get("/privacy/").text

    for path in ("/privacy/parents/", "/privacy/pupils/", "/privacy/staff/", "/cookies/"):
        assert f'href="{path}"' in html
    assert 'href="/privacy/pupils/" hreflang="en-gb"' in client.get("/cy/privacy/").text


def test_pupils_find_their_page_where_they_join_and_choose_their_age(client, django_assert_num_queries):
    call_command("load_starter", skip_checks=True, verbosity=0)
    assert '<a href="/privacy/pupils/">What we keep about you</a>' in client.get("/join/").text
    with django_assert_num_queries(1):
        ages = client.get("/privacy/pupils/").text

    seen = set()
    for band in AgeBand.objects.all():
        assert f'href="/privacy/pupils/{band.slug}/"' in ages
        with django_assert_num_queries(1):
            response = client.get(f"/privacy/pupils/{band.slug}/")
        assert response.status_code == 200
        assert "data-read" in response.text  # by the device's voice
        assert "/join/help/" in response.text
        assert not response.cookies
        seen.add(response.context["words"])
    assert seen == set(WORDS)


def test_each_band_can_read_what_it_is_told(db):
    call_command("load_starter", skip_checks=True, verbosity=0)
    ages = {band.age_from: band.reading_age_max for band in AgeBand.objects.all()}
    for words in WORDS:
        text = "\n".join([words.in_short, *(line for part in words.parts for line in (part.heading, part.text))])
        measured = reading_age(text)
        assert measured is not None
        assert measured <= ages[words.least_age], words.in_short


def test_pages_for_the_youngest_ask_a_grown_up_to_read_them(client):
    AgeBandFactory(slug="5-7", name="5–7", age_from=5, age_to=7)
    AgeBandFactory(slug="7-9", name="7–9", age_from=7, age_to=9)

    assert "please read this page to the child" in client.get("/privacy/pupils/5-7/").text
    assert "please read this page to the child" not in client.get("/privacy/pupils/7-9/").text


@pytest.mark.parametrize("path", OF_PARENTS)
def test_parents_can_read_what_they_are_told(client, path):
    main = client.get(path).text.partition("<main")[2].partition("</main>")[0]
    lines = re.sub(r"</(p|li|dt|dd|h\d)>", "\n", main.partition(">")[2])
    measured = reading_age(unescape(re.sub(r"<[^>]+>", " ", lines)))

    assert measured is not None
    assert measured <= 11


def test_the_statement_speaks_of_drafts_only_while_there_are_some(client, monkeypatch):
    assert "wait for a fluent reader" in client.get("/accessibility/").text
    monkeypatch.setattr("safeguarding.core.languages.APPROVED_BY", dict.fromkeys(("cy", "nl", "fr"), "A reader"))
    assert "wait for a fluent reader" not in client.get("/accessibility/").text


def test_a_band_of_another_country_is_told_in_words_for_its_youngest(client):
    AgeBandFactory(slug="10-12", name="10–12", age_from=10, age_to=12)
    AgeBandFactory(slug="3-5", name="3–5", age_from=3, age_to=5)

    assert client.get("/privacy/pupils/10-12/").context["words"].least_age == 9
    assert client.get("/privacy/pupils/3-5/").context["words"].least_age == 5


def test_ages_that_there_are_not_are_answered_with_those_that_there_are(client):
    AgeBandFactory(slug="7-9", name="7–9", age_from=7, age_to=9)
    response = client.get("/privacy/pupils/8-80/")

    assert response.status_code == 404
    assert "Choose yours here." in response.text
    assert 'href="/privacy/pupils/7-9/"' in response.text


def test_without_ages_pupils_are_told_whom_to_ask(client):
    assert "Ask your teacher what is kept about you." in client.get("/privacy/pupils/").text


def test_who_runs_the_site_is_named_where_the_settings_name_them(client, settings):
    for path in ("/privacy/", "/privacy/parents/", "/accessibility/"):
        assert "Ask your child’s school." in client.get(path).text
        assert "mailto:" not in client.get(path).text
    settings.OPERATOR_NAME, settings.CONTACT_EMAIL = "Northfield <Trust>", "help@northfield.example"
    for path in ("/privacy/", "/privacy/parents/", "/privacy/staff/", "/accessibility/"):
        html = client.get(path).text
        assert "This site is run by Northfield &lt;Trust&gt;." in html
        assert '<a href="mailto:help@northfield.example">' in html
        assert "Ask your child’s school." not in html


def test_the_accessibility_statement_says_what_was_not_tested_and_when_it_was_written(client):
    html = client.get("/accessibility/").text

    for words in (
        "Nobody has listened",
        "not tried Firefox, Safari",
        "Nobody from outside has checked it",
        "CKEditor 4",
    ):
        assert words in html
    assert "Written on 23 November 2026." in html
    assert "23 novembre 2026" in client.get("/fr/accessibility/").text
    assert "complian" not in html.lower()


def test_somebody_who_is_signed_in_reads_the_same_pages(cast, signed_in):
    for path in [*OF_PARENTS, *IN_ENGLISH]:
        response = signed_in(cast.teacher).get(path)
        assert response.status_code == 200
        assert "private" in response.headers["Cache-Control"]
