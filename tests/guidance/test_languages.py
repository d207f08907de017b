"""Parents' pages in the reader's language, and guides that stand in another one."""

import datetime

import pytest
from django.utils import timezone

from lessons.library.enums import GuideKind, GuideSectionKind
from lessons.library.models import GuideSection
from tests.factories import (
    CountryFactory,
    GuideFactory,
    GuideVersionFactory,
    HelpServiceFactory,
    TopicFactory,
    make_live,
)

pytestmark = pytest.mark.django_db

DRAFT = "This translation of the page’s words is a draft: no fluent reader has approved it yet."


def live_guide(slug, title="A guide", source=None, language="en-gb", **fields):
    """Live, with one section; a translation is made from what is live of its source now."""
    guide = GuideFactory(
        slug=slug,
        language=language,
        translation_of=source.guide if source else None,
        **({"topic": source.guide.topic} if source else {}),
        **fields,
    )
    version = GuideVersionFactory(guide=guide, title=title, summary=f"Summary of {title}.", translates=source)
    GuideSection.objects.create(version=version, kind=GuideSectionKind.WHAT, body=f"<p>Text of {title}.</p>")
    GuideSection.objects.create(version=version, kind=GuideSectionKind.HAPPENED, body="<p>1</p>")
    return make_live(version)


@pytest.fixture
def source(db):
    CountryFactory()
    HelpServiceFactory(what_for="For children.")
    return live_guide("photos", "Photos", topic=TopicFactory(name="Helping a friend"))


def titles(client, address):
    return [guide.title for guide in client.get(f"{address}?age=12").context["ways"].for_age]


@pytest.mark.parametrize(
    ("code", "heading", "leave"),
    [
        ("cy", "Arweiniad i rieni a gofalwyr", "Gadael y dudalen hon nawr"),
        ("nl", "Hulp voor ouders en verzorgers", "Verlaat deze pagina nu"),
        ("fr", "Conseils pour les parents et les proches", "Quitter cette page maintenant"),
    ],
)
def test_the_page_speaks_the_readers_language_and_says_in_both_that_it_is_a_draft(client, source, code, heading, leave):
    html = client.get(f"/{code}/guidance/").text

    assert f"<h1>{heading}</h1>" in html
    assert leave in html
    assert f'<p lang="en-gb" dir="ltr">{DRAFT}</p>' in html
    assert html.count('id="draft-words"') == 1
    assert "Helping a friend" not in html  # the topic's name is in that language too
    assert f'href="/{code}/guidance/photos/#happened"' in html
    assert 'href="/lessons/" hreflang="en-gb"' in html


def test_english_pages_say_nothing_of_drafts_and_a_language_that_was_approved_does_not_either(
    client, source, monkeypatch
):
    assert DRAFT not in client.get("/guidance/").text
    monkeypatch.setattr("safeguarding.core.languages.APPROVED_BY", {"cy": "A fluent reader, 1 March 2027"})
    assert DRAFT not in client.get("/cy/guidance/").text
    assert DRAFT in client.get("/nl/guidance/").text


def test_each_language_is_one_link_away_without_an_account(client, source):
    for address in ("/guidance/", "/fr/guidance/"):
        links = client.get(address).context["languages"]
        assert [(link.language.name, link.url) for link in links] == [
            ("English", "/guidance/"),
            ("Cymraeg", "/cy/guidance/"),
            ("Nederlands", "/nl/guidance/"),
            ("Français", "/fr/guidance/"),
        ]
    html = client.get("/fr/guidance/").text
    assert '<a href="/fr/guidance/" lang="fr" hreflang="fr" aria-current="true">Français</a>' in html


def test_a_guide_that_is_not_translated_is_marked_as_english_with_a_sentence(client, source):
    html = client.get("/cy/guidance/photos/").text

    assert "Nid yw’r canllaw hwn ar gael yn Gymraeg eto." in html
    assert '<article class="stack" lang="en-gb" dir="ltr">\n<h1>Photos</h1>' in html
    assert '<div class="stack" lang="cy" dir="ltr">' in html  # the words of the page within it
    assert "What it is" in html  # a heading belongs to the guide
    assert "Pwy all helpu: Y Deyrnas Unedig" in html
    assert '<p lang="en-gb" dir="ltr">For children.</p>' in html
    assert '<link rel="canonical" href="http://testserver/guidance/photos/">' in html
    assert "not yet available" not in client.get("/guidance/photos/").text


def test_a_list_shows_each_guide_once_in_the_readers_language_or_as_it_was_written(client, source):
    live_guide("grooming", "Grooming")
    live_guide("photos-cy", "Lluniau", source, "cy")
    live_guide("photos-ur", "تصاویر", source, "ur")

    assert sorted(titles(client, "/guidance/")) == ["Grooming", "Photos"]
    assert sorted(titles(client, "/cy/guidance/")) == ["Grooming", "Lluniau"]
    assert sorted(titles(client, "/nl/guidance/")) == ["Grooming", "Photos"]
    html = client.get("/cy/guidance/?age=12").text
    assert '<a href="/cy/guidance/photos-cy/">Lluniau</a>' in html
    assert '<a href="/cy/guidance/grooming/" lang="en-gb" dir="ltr">Grooming</a>' in html
    found = client.get("/cy/guidance/?words=Lluniau").context["ways"].found.guides
    assert [guide.title for guide in found] == ["Lluniau"]


def test_a_translation_that_is_not_live_is_nowhere(client, source):
    guide = GuideFactory(slug="photos-cy", language="cy", translation_of=source.guide)
    GuideVersionFactory(guide=guide, title="Lluniau", translates=source)

    assert titles(client, "/cy/guidance/") == ["Photos"]
    assert client.get("/cy/guidance/photos-cy/").status_code == 404
    assert "photos-cy" not in client.get("/guidance/photos/").text


def test_a_translation_stands_in_its_language_and_says_what_it_was_made_from(client, source):
    live_guide("photos-cy", "Lluniau", source, "cy")
    html = client.get("/cy/guidance/photos-cy/").text

    assert '<article class="stack">\n<h1>Lluniau</h1>' in html  # that of the page
    assert "<h2>Beth ydyw</h2>" in html
    assert "Cyfieithiad yw hwn, wedi’i wneud o fersiwn 1 o:" in html
    assert '<a href="/guidance/photos/" lang="en-gb" dir="ltr" hreflang="en-gb">Photos</a>' in html
    assert "wedi’i newid ers hynny" not in html
    english = client.get("/guidance/photos/").text
    assert '<a href="/cy/guidance/photos-cy/" lang="cy" dir="ltr" hreflang="cy">Cymraeg</a>' in english


def test_it_says_so_where_the_source_has_been_changed_since(client, source):
    live_guide("photos-cy", "Lluniau", source, "cy")
    newer = GuideVersionFactory(guide=source.guide, number=2, title="Photos, again")
    make_live(newer)

    html = client.get("/cy/guidance/photos-cy/").text
    assert "wedi’i newid ers hynny" in html
    assert ">Photos</a>" in html


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/cy/guidance/photos/", "/cy/guidance/photos-cy/"),
        ("/guidance/photos-cy/", "/cy/guidance/photos-cy/"),
        ("/nl/guidance/photos-cy/", "/cy/guidance/photos-cy/"),
        ("/cy/guidance/photos-ur/", "/cy/guidance/photos-cy/"),
        ("/nl/guidance/photos-ur/", "/guidance/photos-ur/"),
        ("/cy/guidance/staff/", "/guidance/staff/"),
        ("/cy/guidance/for-staff/", "/guidance/for-staff/"),
    ],
)
def test_a_reader_is_led_to_the_guide_in_their_language_or_where_it_stands(client, source, asked, led_to):
    live_guide("photos-cy", "Lluniau", source, "cy")
    live_guide("photos-ur", "تصاویر", source, "ur")
    live_guide("staff", "For staff", kind=GuideKind.STAFF)
    response = client.get(asked)

    assert (response.status_code, response.headers["Location"]) == (302, led_to)
    assert client.get(led_to).status_code == 200


def test_a_guide_in_a_language_without_words_of_ours_runs_from_right_to_left_in_an_english_page(client, source):
    live_guide("photos-ur", "تصاویر", source, "ur")
    html = client.get("/guidance/photos-ur/").text

    assert '<html lang="en-gb" dir="ltr">' in html
    assert '<article class="stack" lang="ur" dir="rtl">\n<h1>تصاویر</h1>' in html
    assert '<h2 lang="en-gb" dir="ltr">What it is</h2>' in html
    assert "The words around this guide are in English" in html
    assert '<a href="/guidance/photos/" hreflang="en-gb">Photos</a>' in html
    index = client.get("/guidance/").text
    assert '<h2 id="in-ur" lang="ur" dir="rtl">اردو</h2>' in index
    assert '<a href="/guidance/photos-ur/" hreflang="ur">تصاویر</a>' in index


def test_dates_are_in_the_readers_language(client, source):
    source.review_by = datetime.date(2027, 11, 22)
    source.approved_at = timezone.now()
    source.save()

    assert "22 Tachwedd 2027" in client.get("/cy/guidance/photos/").text
    assert "22 novembre 2027" in client.get("/fr/guidance/photos/").text
    assert "22 november 2027" in client.get("/nl/guidance/photos/").text


def test_a_page_that_is_not_there_says_so_in_the_readers_language(client):
    response = client.get("/nl/guidance/nothing/")

    assert response.status_code == 404
    assert "Hier is geen pagina" in response.text
    assert 'href="/nl/guidance/"' in response.text


def test_an_age_that_cannot_be_read_is_refused_in_the_readers_language(client):
    response = client.get("/fr/guidance/?age=99")

    assert response.status_code == 400
    assert "Indiquez un âge de 4 à 18 ans, en années entières." in response.text


def test_the_number_of_queries_does_not_grow_with_languages(client, source, django_assert_num_queries):
    one = live_guide("photos-cy", "Lluniau", source, "cy")
    for codes in (["ur"], ["fr", "pl", "ar", "fa", "so", "uk", "ro", "nl"]):
        for code in codes:
            live_guide(f"photos-{code}", code, source, code)
        with django_assert_num_queries(3):
            client.get(f"/cy/guidance/{one.guide.slug}/")
        with django_assert_num_queries(2):
            client.get("/cy/guidance/")
