"""The words around the guides: every one of them in each language of the parents' pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from lessons.guidance.words import words
from safeguarding.core.catalogues import compiled, read_po
from safeguarding.core.languages import INTERFACE, SOURCE

OTHERS = [code for code in INTERFACE if code != SOURCE]
NAMED = re.compile(r"%\(\w+\)s")


def catalogue(code):
    return Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def needed():
    return words()


def test_the_words_are_those_of_pages_parts_forms_sections_countries_and_topics(needed):
    for text in (
        "Guidance for parents and carers",
        "Leave this page now",  # of a part that a page includes
        "Get help now",  # of the page that all extend
        "Ages %(first)s to %(last)s",
        "How old is your child, in years?",
        "There is no page here",
        "Something went wrong on our side",
        "If it has happened",
        "Wales",
        "Online blackmail with images",
    ):
        assert text in needed
    assert "Find a lesson" not in needed


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_a_parents_page_has_a_translation(needed, code):
    held = read_po(catalogue(code))

    assert [text for text in needed if not held.get(text)] == [], "Run: make catalogues, then translate these."


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_names_what_the_english_names(code):
    wrong = {
        english: other
        for english, other in read_po(catalogue(code)).items()
        if sorted(NAMED.findall(english)) != sorted(NAMED.findall(other))
    }

    assert wrong == {}


@pytest.mark.parametrize("code", OTHERS)
def test_what_django_loads_is_what_translators_wrote(code):
    path = catalogue(code)

    assert path.with_suffix(".mo").read_bytes() == compiled(read_po(path)), "Run: make catalogues."


def test_writing_the_catalogues_keeps_what_is_translated_and_names_what_is_not(settings, tmp_path, capsys):
    for code in OTHERS:
        path = tmp_path / code / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(catalogue(code).read_text().replace('msgstr "Chwilio"', 'msgstr ""'))
    settings.LOCALE_PATHS = [tmp_path]
    call_command("write_catalogues")

    said = capsys.readouterr().out
    assert "1 without a translation\n  Search\n" in said
    assert said.count("0 without a translation") == 2
    assert (tmp_path / "fr/LC_MESSAGES/django.mo").read_bytes() == catalogue("fr").with_suffix(".mo").read_bytes()
    assert (tmp_path / "cy/LC_MESSAGES/django.po").read_text().count("msgid") == catalogue("cy").read_text().count(
        "msgid"
    )
