"""The address says in which language a page is; `guidance/test_readers_language.py` has who is led to another one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from safeguarding.core.languages import LANGUAGES, is_draft


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/lessons/", "/guidance/"])
def test_a_page_without_a_language_in_its_address_is_english_for_whoever_does_not_come_from_outside(client, address):
    response = client.get(address, headers={"accept-language": "cy"})

    assert '<html lang="en-gb" dir="ltr">' in response.text
    assert response.headers["Content-Language"] == "en-gb"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["cy", "nl", "fr"])
def test_a_parents_page_in_another_language_may_be_kept_by_a_cache(client, code):
    response = client.get(f"/{code}/guidance/")

    assert f'<html lang="{code}" dir="ltr">' in response.text
    assert response.headers["Content-Language"] == code
    assert {"Cookie", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/cy/", "/nl/lessons/", "/fr/desk/", "/cy/teach/", "/en-gb/guidance/", "/ar/guidance/"]
)
def test_what_is_for_schools_has_no_address_in_another_language(client, address):
    assert client.get(address).status_code == 404


def test_languages_that_run_from_right_to_left_say_so():
    rtl = {code for code, language in LANGUAGES.items() if language.direction == "rtl"}

    assert rtl == {"ar", "fa", "he", "ps", "ur"}


def test_the_look_names_no_side_so_that_it_turns_with_the_language():
    css = (Path(settings.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
    sided = re.findall(r"[\w-]*\b(?:left|right)\s*:|:\s*(?:left|right)\b", css)
    uneven = [
        rule
        for rule, right, left in re.findall(r"((?:margin|padding): ?[^\s;]+ ([^\s;]+) [^\s;]+ ([^\s;}]+))", css)
        if right != left
    ]

    assert sided == uneven == []


def test_a_part_in_another_language_says_so_and_one_in_the_pages_own_does_not():
    def rendered(source):
        return engines["django"].from_string("{% load languages %}" + source).render()

    assert rendered("<p{% in_language 'ur' %}>") == '<p lang="ur" dir="rtl">'
    assert rendered("<p{% in_language 'en-gb' %}>") == "<p>"
    assert rendered("<p{% in_language 'ur' 'ur' %}>") == "<p>"
    assert rendered("<p{% in_words_of_page 'ur' %}>") == '<p lang="en-gb" dir="ltr">'
    assert rendered("<p{% in_language nothing %}>") == "<p>"


def test_a_language_is_a_draft_until_somebody_has_approved_its_words(monkeypatch):
    assert is_draft("cy")
    assert not is_draft("en-gb")
    monkeypatch.setattr("safeguarding.core.languages.APPROVED_BY", {"cy": "A fluent reader, 1 March 2027"})
    assert not is_draft("cy")
    assert is_draft("fr")
