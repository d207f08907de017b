import pytest
from django.test import Client

from lessons.library.enums import GuideKind, GuideSectionKind
from lessons.library.models import Guide, GuideSection, GuideVersion
from tests.cast import Cast
from tests.factories import CountryFactory, GuideFactory, GuideVersionFactory, TopicFactory, make_live

pytestmark = pytest.mark.django_db

AGES = "Write an age from 4 to 18, in whole years."


def live_guide(title: str, **fields: object) -> GuideVersion:
    return make_live(GuideVersionFactory(guide=GuideFactory(**fields), title=title))


def shown(client: Client, query: str, part: str) -> list[str]:
    response = client.get(f"/guidance/{query}")
    assert response.status_code == 200
    ways = response.context["ways"]
    return [guide.title for guide in (ways.found.guides if part == "found" else ways.for_age)]


def test_what_has_happened_comes_first(client: Client) -> None:
    live_guide("Every day", kind=GuideKind.GENERAL, topic=None)
    live_guide("About images", slug="images", topic=TopicFactory(slug="pictures", name="Private pictures"))
    live_guide("It happened", slug="it-happened", kind=GuideKind.SITUATION, topic=None)
    html = client.get("/guidance/").content.decode()
    places = [
        "/guidance/it-happened/#happened",
        "/guidance/images/#happened",
        "/guidance/topics/pictures/",
        "Every day",
    ]
    assert [html.index(place) for place in places] == sorted(html.index(place) for place in places)
    assert "Leave this page now" in html


def test_drafts_are_not_shown_and_an_empty_page_says_what_to_do(client: Client) -> None:
    GuideVersionFactory(title="A draft")
    html = client.get("/guidance/").content.decode()
    assert "A draft" not in html
    assert "If a child is in danger now, call the emergency number." in html


def test_an_age_shows_the_guides_that_fit(client: Client) -> None:
    live_guide("Small", age_from=5, age_to=9, kind=GuideKind.GENERAL)
    live_guide("Middle", age_from=8, age_to=12)
    live_guide("Old", age_from=13, age_to=18)
    assert shown(client, "?age=9", "for_age") == ["Middle", "Small"]
    assert "There is no guide for this age yet" in client.get("/guidance/?age=4").content.decode()


@pytest.mark.parametrize("age", ["3", "19", "x", "-5", "9" * 5000, "12.5", "\x00"])
def test_an_age_that_cannot_be_read_gets_a_sentence_and_every_guide(client: Client, age: str) -> None:
    live_guide("Still here", kind=GuideKind.SITUATION)
    response = client.get("/guidance/", {"age": age})
    html = response.content.decode()
    assert response.status_code == 400
    assert "Still here" in html
    assert "Please put this right" in html


def test_an_age_out_of_range_says_which_ages_there_are(client: Client) -> None:
    html = client.get("/guidance/?age=30").content.decode()
    assert AGES in html
    assert "<title>Please put this right: Guidance for parents" in html


def test_an_empty_age_asks_for_nothing(client: Client) -> None:
    assert client.get("/guidance/?age=").status_code == 200


def test_words_find_a_guide_by_everyday_words_and_whole_sentences(client: Client) -> None:
    topic = TopicFactory(slug="sextortion", search_words="blackmail, threats to post pictures")
    live_guide("Online threats", topic=topic)
    live_guide("Gifts from somebody online", topic=TopicFactory(slug="grooming"))
    assert shown(client, "?words=blackmail pictures", "found") == ["Online threats"]
    assert shown(client, "?words=someone is asking my daughter for pictures", "found") == ["Online threats"]


def test_words_in_the_body_count_less_than_words_in_the_title(client: Client) -> None:
    in_body = live_guide("Every day", kind=GuideKind.GENERAL, topic=None)
    GuideSection.objects.create(version=in_body, kind=GuideSectionKind.WHAT, body="<p>About snapchat.</p>")
    live_guide("Snapchat and friends", topic=None, kind=GuideKind.GENERAL)
    assert shown(client, "?words=snapchat", "found") == ["Snapchat and friends", "Every day"]


@pytest.mark.parametrize(
    "words", ["a\x00\x1b\x07", "ж" * 10_000, "' OR 1=1 --", "%", "<script>alert(1)</script>", "🦓 zebra"]
)
def test_odd_words_are_answered_politely(client: Client, words: str) -> None:
    live_guide("Here")
    response = client.get("/guidance/", {"words": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.context["words"]) <= 200


def test_words_without_a_guide_say_what_to_do(client: Client) -> None:
    assert "Try one plain word" in client.get("/guidance/?words=zebra").content.decode()


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    for address in ("/guidance/", "/guidance/?age=12", "/guidance/?words=help"):
        response = client.get(address)
        assert not response.cookies
        assert "public" in response["Cache-Control"]


def test_somebody_signed_in_gets_a_private_page(cast: Cast, signed_in) -> None:
    assert "private" in signed_in(cast.teacher).get("/guidance/")["Cache-Control"]


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/guidance/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for guides in (1, 30):
        while Guide.objects.count() < guides:
            live_guide("A guide")
        for query, queries in (("", 2), ("?age=12", 2), ("?words=guide", 3)):
            with django_assert_num_queries(queries):
                client.get(f"/guidance/{query}")


def test_the_number_to_call_stands_before_everything_else(client: Client) -> None:
    CountryFactory()
    live_guide("It happened", kind=GuideKind.SITUATION, topic=None)
    html = client.get("/guidance/").content.decode()
    assert html.index("<h1>") < html.index('href="tel:999"') < html.index("It happened")


def test_a_topic_leads_to_the_steps_of_its_own_guide_before_those_of_a_situation(client: Client) -> None:
    topic = TopicFactory(slug="images")
    live_guide("A situation", slug="a-situation", kind=GuideKind.SITUATION, topic=topic)
    assert client.get("/guidance/").context["ways"].shelves.topics[0].steps == "/guidance/a-situation/#happened"
    live_guide("Of the topic", slug="of-the-topic", topic=topic)
    assert client.get("/guidance/").context["ways"].shelves.topics[0].steps == "/guidance/of-the-topic/#happened"


def test_what_was_asked_for_comes_before_the_other_ways_in(client: Client) -> None:
    live_guide("It happened", kind=GuideKind.SITUATION, topic=None)
    live_guide("Games", kind=GuideKind.GENERAL, topic=None)
    html = client.get("/guidance/?words=games").content.decode()
    assert html.index('id="found"') < html.index('id="happened"')


def test_a_school_is_looked_for_by_its_name_in_the_language_of_the_page(client: Client) -> None:
    assert 'action="/s/"' in client.get("/guidance/").content.decode()
    assert 'action="/nl/s/"' in client.get("/nl/guidance/").content.decode()


def test_a_guide_stands_once_in_the_language_of_the_page_and_apart_in_one_without_pages(client: Client) -> None:
    source = live_guide("In English", slug="a", kind=GuideKind.SITUATION, topic=None).guide
    tied = {"kind": GuideKind.SITUATION, "topic": None, "translation_of": source}
    live_guide("Yn Gymraeg", slug="a-cy", language="cy", **tied)
    live_guide("In Urdu", slug="a-ur", language="ur", **tied)
    for address, title in (("/guidance/", "In English"), ("/cy/guidance/", "Yn Gymraeg")):
        ways = client.get(address).context["ways"]
        assert [guide.title for guide in ways.shelves.situations] == [title]
        assert [guide.title for other in ways.others for guide in other.guides] == ["In Urdu"]
