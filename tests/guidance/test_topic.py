import pytest
from django.test import Client

from tests.factories import (
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    TopicFactory,
    make_live,
)

pytestmark = pytest.mark.django_db


def test_a_topic_says_what_it_is_and_names_its_guides_and_lessons(client: Client) -> None:
    topic = TopicFactory(slug="t", name="Helping a friend", summary="How to listen.")
    make_live(GuideVersionFactory(guide=GuideFactory(slug="g", topic=topic), title="When a friend tells"))
    make_live(GuideVersionFactory(guide=GuideFactory(topic=TopicFactory(slug="u")), title="Of another topic"))
    make_live(LessonVersionFactory(lesson=LessonFactory(topic=topic), title="Being a good friend"))
    html = client.get("/guidance/topics/t/").content.decode()
    assert "How to listen." in html
    assert '<a href="/guidance/g/">When a friend tells</a>' in html
    assert "Being a good friend" in html
    assert "Of another topic" not in html
    assert "Leave this page now" in html


def test_a_topic_without_a_guide_says_where_the_guides_are(client: Client) -> None:
    TopicFactory(slug="t")
    assert "There is no guide on this topic yet." in client.get("/guidance/topics/t/").content.decode()


def test_a_visitor_gets_no_cookie_and_posting_is_refused(client: Client) -> None:
    TopicFactory(slug="t")
    assert not client.get("/guidance/topics/t/").cookies
    assert client.post("/guidance/topics/t/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    topic = TopicFactory(slug="t")
    for number in (1, 30):
        while topic.guides.count() < number:
            make_live(GuideVersionFactory(guide=GuideFactory(topic=topic)))
            make_live(LessonVersionFactory(lesson=LessonFactory(topic=topic)))
        with django_assert_num_queries(3):
            client.get("/guidance/topics/t/")
