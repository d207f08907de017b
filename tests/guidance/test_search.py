"""What parents type, and what they are given first: with the starter library, and with its rules alone."""

import pytest
from django.test import Client

from lessons.editorial.services.starter import load_starter
from lessons.guidance.queries.search import _index_of
from lessons.guidance.search import Entry, Found, Index
from lessons.library.enums import GuideKind
from lessons.library.models import Guide, GuideVersion
from tests.factories import GuideFactory, GuideVersionFactory, TopicFactory, make_live

pytestmark = pytest.mark.django_db

FIRST = [
    ("blackmail pictures", "someone-is-threatening-my-child"),
    ("black mail", "someone-is-threatening-my-child"),
    ("blakmale", "someone-is-threatening-my-child"),
    ("he wants money for photos", "someone-is-threatening-my-child"),
    ("pay money or they post it", "someone-is-threatening-my-child"),
    ("they will send it to her friends", "someone-is-threatening-my-child"),
    ("threatend", "someone-is-threatening-my-child"),
    ("snapchat blackmail", "someone-is-threatening-my-child"),
    ("chantage", "someone-is-threatening-my-child"),
    ("geld voor foto’s", "someone-is-threatening-my-child"),
    ("sextorsion", "sextortion"),
    ("someone is asking my daughter", "my-child-has-met-someone-online"),
    ("she met a boy online and wants to meet", "my-child-has-met-someone-online"),
    ("strangers on roblox", "my-child-has-met-someone-online"),
    ("catfish", "my-child-has-met-someone-online"),
    ("grommed", "grooming"),
    ("groming", "grooming"),
    ("older man messaging my son", "grooming"),
    ("gifts from a man online", "grooming"),
    ("nudes", "my-child-has-sent-an-image"),
    ("my daughter has sent a nude", "my-child-has-sent-an-image"),
    ("naked picture sent round school", "my-child-has-sent-an-image"),
    ("picutre leaked", "my-child-has-sent-an-image"),
    ("lluniau noeth", "my-child-has-sent-an-image"),
    ("photo nue", "my-child-has-sent-an-image"),
    ("naaktfoto", "my-child-has-sent-an-image"),
    ("hacked", "account-safety"),
    ("password stolen", "account-safety"),
    ("mot de passe", "account-safety"),
    ("my son wont talk to me", "my-child-will-not-talk-to-me"),
    ("hiding her phone", "my-child-will-not-talk-to-me"),
    ("deep fake", "image-removal"),
    ("take down photo", "image-removal"),
    ("ai fake nude", "image-removal"),
    ("gore video", "harmful-content"),
    ("county lines", "exploitation"),
    ("webcam", "live-video"),
    ("friend told her a secret", "my-childs-friend-told-them-something"),
    ("parental controls", "choosing-settings-together"),
    ("what age should she get a phone", "phones-apps-and-games-by-age"),
    ("screen time", "phones-apps-and-games-by-age"),
    ("something happened what do i do", "if-it-has-happened"),
    ("er is iets gebeurd", "if-it-has-happened"),
]
AMONG_THREE = [
    ("snap", "my-child-has-met-someone-online"),
    ("snap", "my-child-has-sent-an-image"),
    ("snap", "phones-apps-and-games-by-age"),
    ("instagram hacked", "account-safety"),
    ("my child is being bullied", "helping-a-friend"),
    ("how do I talk to my child about porn", "how-to-talk-about-it"),
    ("video call with stranger", "live-video"),
    ("blackmail", "sextortion"),
]


def found(client: Client, words: str) -> list[str]:
    response = client.get("/guidance/", {"words": words})
    assert response.status_code == 200
    return [guide.slug for guide in response.context["ways"].found.guides]


def test_parents_are_given_what_they_mean(client: Client) -> None:
    load_starter()
    wrong = [(words, slug, hits[:3]) for words, slug in FIRST if (hits := found(client, words))[:1] != [slug]]
    wrong += [(words, slug, hits[:3]) for words, slug in AMONG_THREE if slug not in (hits := found(client, words))[:3]]
    assert not wrong


def test_a_mended_mistake_says_what_was_looked_for(client: Client) -> None:
    make_live(GuideVersionFactory(guide=GuideFactory(topic=TopicFactory(name="Grooming")), title="Warning signs"))
    assert "We looked for “grooming” instead." in client.get("/guidance/?words=grooning").content.decode()
    assert "instead" not in client.get("/guidance/?words=grooming").content.decode()


def test_words_that_lead_nowhere_are_answered_with_what_has_happened_and_the_topics(client: Client) -> None:
    make_live(GuideVersionFactory(guide=GuideFactory(kind=GuideKind.SITUATION), title="Somebody threatens"))
    html = client.get("/guidance/?words=zebra").content.decode()
    assert "We found no guide with those words." in html
    assert "Somebody threatens" in html


@pytest.mark.parametrize(
    "words", ["?", "%", "_", "...", "🦓", "الابتزاز", "勒索", "\u202e\u0300", "x" * 10_000, "' OR 1=1 --"]
)
def test_signs_of_any_kind_find_nothing_and_break_nothing(client: Client, words: str) -> None:
    make_live(GuideVersionFactory(title="A guide"))
    assert found(client, words) == []


def test_a_translation_is_found_by_the_words_of_its_source(client: Client) -> None:
    source = make_live(GuideVersionFactory(guide=GuideFactory(slug="a", search_words="blackmail"), title="English"))
    guide = GuideFactory(slug="a-nl", language="nl", translation_of=source.guide, topic=source.guide.topic)
    make_live(GuideVersionFactory(guide=guide, title="Nederlands"))
    response = client.get("/nl/guidance/?words=blackmail")
    assert [guide.slug for guide in response.context["ways"].found.guides] == ["a-nl"]


def test_a_change_is_found_by_the_next_search_and_nothing_else_is_read_anew(client: Client) -> None:
    guide = make_live(GuideVersionFactory(guide=GuideFactory(slug="a"), title="A lantern"))
    assert found(client, "lantern") == ["a"]
    made = _index_of.cache_info().misses
    assert found(client, "lanterns") == ["a"]
    assert _index_of.cache_info().misses == made
    GuideVersion.objects.filter(pk=guide.pk).update(title="A windmill")
    assert found(client, "windmill") == ["a"]
    assert found(client, "lantern") == []


def test_everyday_words_are_on_no_page(client: Client) -> None:
    guide = GuideFactory(slug="a", search_words="quizzical", topic=TopicFactory(slug="t", search_words="zygote"))
    make_live(GuideVersionFactory(guide=guide))
    for address in ("/guidance/", "/guidance/a/", "/guidance/topics/t/"):
        html = client.get(address).content.decode()
        assert "quizzical" not in html
        assert "zygote" not in html


def test_the_starter_library_fits_the_columns() -> None:
    load_starter()
    for guide in Guide.objects.select_related("topic"):
        guide.clean_fields()
        if guide.topic:
            guide.topic.clean_fields()


LIBRARY = Index(
    [
        Entry(1, "Threats", own_words="blackmail, wont talk to me", body="<p>Pictures and money</p>"),
        Entry(2, "Pictures", topic="Private images", topic_words="nude photo"),
        Entry(3, "Money and games", summary="What games cost."),
    ]
)


@pytest.mark.parametrize(
    ("typed", "keys", "instead"),
    [
        ("picture", (2, 1), ""),  # a title counts more than a body
        ("PICTURES!", (2, 1), ""),
        ("nude pictures", (2,), ""),  # what counts far less than the best is not shown
        ("blackmailing", (1,), ""),
        ("blackm", (1,), ""),  # the beginning of a word
        ("blackmial", (1,), "blackmail"),
        ("black mail", (1,), ""),
        ("the money", (3, 1), ""),
        ("gmae", (), ""),  # two letters of four are too many to guess
        ("it is my", (), ""),
        ("", (), ""),
    ],
)
def test_words_are_read_kindly(typed: str, keys: tuple[int, ...], instead: str) -> None:
    assert LIBRARY.search(typed) == Found(keys, instead)
