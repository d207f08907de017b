"""Atom feeds, as RFC 4287 has them: a feed reader is told of what is new without an account or an address."""

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.models import GuideVersion
from tests.factories import GuideFactory, GuideVersionFactory, TopicFactory, make_live, retire

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED = "/guidance/feed/"


def live(slug: str, days_ago: int = 0, **fields: Any) -> GuideVersion:
    guide = GuideFactory(
        slug=slug, **{name: fields.pop(name) for name in ("language", "topic", "kind") if name in fields}
    )
    version = make_live(GuideVersionFactory(guide=guide, **fields))
    GuideVersion.objects.filter(pk=version.pk).update(live_from=timezone.now() - datetime.timedelta(days=days_ago))
    return version


def feed(client: Client, url: str = FEED) -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  # our own


def one(element: ElementTree.Element, name: str) -> str:
    """The text of a part that must be there exactly once."""
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def titles(root: ElementTree.Element) -> list[str]:
    return [one(entry, "title") for entry in root.findall(f"{ATOM}entry")]


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def test_a_feed_has_all_that_the_standard_asks_for(client: Client) -> None:
    version = live("ask-answer", title="Ask & <answer>", summary="Say “no” & <b>tell</b>.")
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    assert root.attrib[LANG] == "en-gb"
    assert one(root, "title") == "Guidance for parents and carers"
    assert one(root, "id") == links(root)["self"] == "http://testserver/guidance/feed/"
    assert links(root)["alternate"] == "http://testserver/guidance/"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None

    (entry,) = root.findall(f"{ATOM}entry")
    assert one(entry, "id") == links(entry)["alternate"] == "http://testserver/guidance/ask-answer/"
    assert one(entry, "title") == "Ask & <answer>"
    assert one(entry, "summary") == "Say “no” &amp; &lt;b&gt;tell&lt;/b&gt;."
    went_live = GuideVersion.objects.get(pk=version.pk).live_from
    assert went_live is not None
    said = datetime.datetime.fromisoformat(one(entry, "updated"))
    assert said == went_live
    assert datetime.datetime.fromisoformat(one(root, "updated")) == said


def test_the_newest_change_comes_first_and_its_note_for_reviewers_never(client: Client) -> None:
    live("older", days_ago=3, title="Older")
    live("newer", days_ago=1, title="Newer", change_note="The reviewer asked for it")
    assert titles(feed(client)) == ["Newer", "Older"]
    assert b"reviewer" not in client.get(FEED).content


def test_a_new_version_keeps_the_entry_and_renews_its_date(client: Client) -> None:
    first = live("a-guide", days_ago=9)
    before = feed(client).find(f"{ATOM}entry")
    make_live(GuideVersionFactory(guide=first.guide, number=2, title="Anew"))
    (after,) = feed(client).findall(f"{ATOM}entry")
    assert before is not None
    assert one(before, "id") == one(after, "id")
    assert one(before, "updated") < one(after, "updated")


def test_what_parents_do_not_read_in_lists_is_in_no_feed(client: Client) -> None:
    live("staff", kind="staff", topic=None)
    retire(live("retired"))
    archived = live("archived").guide
    archived.archived_at = timezone.now()
    archived.save()
    GuideVersionFactory(guide=GuideFactory(slug="draft"))
    assert titles(feed(client)) == []


def test_a_topic_has_a_feed_of_its_own(client: Client) -> None:
    grooming = TopicFactory(slug="grooming", name="Grooming warning signs")
    live("here", topic=grooming, title="Here")
    live("elsewhere", title="Elsewhere")
    root = feed(client, "/guidance/topics/grooming/feed/")
    assert titles(root) == ["Here"]
    assert one(root, "title") == "Guidance for parents on: Grooming warning signs"
    assert one(root, "id") == "http://testserver/guidance/topics/grooming/feed/"
    assert client.get("/guidance/topics/nothing/feed/").status_code == 404


def test_a_feed_in_another_language_has_the_translations_and_says_what_is_english(client: Client) -> None:
    source = live("a-guide", title="English words").guide
    translated = GuideFactory(
        slug="canllaw", language="cy", translation_of=source, kind=source.kind, topic=source.topic
    )
    make_live(GuideVersionFactory(guide=translated, title="Geiriau Cymraeg"))
    live("not-yet", days_ago=1, title="Not yet")
    root = feed(client, f"/cy{FEED}")
    assert root.attrib[LANG] == "cy"
    said = {one(entry, "title"): (entry.attrib[LANG], links(entry)["alternate"]) for entry in root.iter(f"{ATOM}entry")}
    assert said == {
        "Geiriau Cymraeg": ("cy", "http://testserver/cy/guidance/canllaw/"),
        "Not yet": ("en-gb", "http://testserver/cy/guidance/not-yet/"),
    }


def test_a_character_that_no_xml_may_hold_does_not_break_the_feed(client: Client) -> None:
    live("a-guide", title="One\x0btwo")
    assert titles(feed(client)) == ["Onetwo"]


def test_it_holds_fifty_at_most_and_needs_one_query(client: Client, django_assert_num_queries) -> None:
    topic = TopicFactory()
    for number in range(1, 52):
        live(f"guide-{number}", topic=topic)
        if number in (1, 51):
            with django_assert_num_queries(1):
                assert len(titles(feed(client))) == min(number, 50)
    with django_assert_num_queries(2):
        feed(client, f"/guidance/topics/{topic.slug}/feed/")


def test_any_cache_may_keep_it_and_no_cookie_comes_with_it(client: Client) -> None:
    response = client.get(FEED)
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert client.post(FEED).status_code == 405
