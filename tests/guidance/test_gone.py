"""No address of parents' pages leads nowhere: it suggests what is near, leads on, or says what happened."""

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from tests.factories import (
    CountryFactory,
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    TopicFactory,
    make_live,
    retire,
)

pytestmark = pytest.mark.django_db


def live_guide(slug: str, title: str = "A guide", **fields: object) -> Guide:
    return make_live(GuideVersionFactory(guide=GuideFactory(slug=slug, **fields), title=title)).guide


def retired_guide(slug: str, successor: Guide | None = None, **fields: object) -> Guide:
    guide = live_guide(slug, successor=successor, **fields)
    retire(guide.versions.get())
    return guide


def leads_to(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 301
    return response.headers["Location"]


def test_an_address_that_never_was_suggests_the_nearest_guides(client: Client) -> None:
    CountryFactory()
    live_guide("sextortion", "Online blackmail")
    live_guide("grooming", "Grooming: warning signs")
    response = client.get("/guidance/sextorsion/")
    html = response.content.decode()
    assert response.status_code == 404
    assert '<a class="choice" href="/guidance/sextortion/">' in html
    assert "/guidance/grooming/" not in html
    assert 'name="words"' in html
    assert 'href="tel:999"' in html
    assert "Leave this page now" in html


def test_suggestions_are_in_the_language_of_the_page(client: Client) -> None:
    source = live_guide("grooming", "Grooming")
    live_guide("grooming-cy", "Arwyddion", language="cy", translation_of=source, topic=source.topic)
    assert 'href="/cy/guidance/grooming-cy/"' in client.get("/cy/guidance/grooming-c/").content.decode()


def test_an_unknown_topic_suggests_the_nearest_topics(client: Client) -> None:
    TopicFactory(slug="live-video", name="Live video")
    response = client.get("/guidance/topics/livevideo/")
    assert response.status_code == 404
    assert 'href="/guidance/topics/live-video/"' in response.content.decode()


def test_an_unknown_lesson_suggests_the_nearest_lessons(client: Client) -> None:
    make_live(LessonVersionFactory(lesson=LessonFactory(slug="grooming-11-14"), title="Noticing"))
    response = client.get("/lessons/groming-11-14/")
    assert response.status_code == 404
    assert 'href="/lessons/grooming-11-14/"' in response.content.decode()


@pytest.mark.parametrize("slug", ["x" * 3000, "zzzz", "_-_", "0"])
def test_an_address_that_is_like_nothing_is_answered_politely(client: Client, slug: str) -> None:
    live_guide("grooming", "Grooming")
    for path in (f"/guidance/{slug}/", f"/guidance/topics/{slug}/", f"/lessons/{slug}/"):
        response = client.get(path)
        assert response.status_code == 404
        assert "There is no page here" in response.content.decode()


def test_an_address_that_never_was_takes_as_many_queries_for_many_guides(
    client: Client, django_assert_num_queries
) -> None:
    for guides in (1, 30):
        while Guide.objects.count() < guides:
            live_guide(f"guide-{Guide.objects.count()}")
        with django_assert_num_queries(4):
            client.get("/guidance/gide/")


def test_a_retired_guide_leads_to_its_successor_through_others_that_are_retired(client: Client) -> None:
    new = live_guide("new")
    middle = retired_guide("middle", new)
    retired_guide("old", middle)
    assert leads_to(client, "/guidance/old/") == "/guidance/new/"
    assert leads_to(client, "/nl/guidance/old/") == "/nl/guidance/new/"


def test_readers_are_led_to_the_successor_in_their_language(client: Client) -> None:
    new = live_guide("new")
    live_guide("new-cy", language="cy", translation_of=new, topic=new.topic)
    old = retired_guide("old", new)
    retired_guide("old-cy", language="cy", translation_of=old, topic=old.topic)
    assert leads_to(client, "/cy/guidance/old/") == "/cy/guidance/new-cy/"
    assert leads_to(client, "/cy/guidance/old-cy/") == "/cy/guidance/new-cy/"
    assert leads_to(client, "/guidance/old/") == "/guidance/new/"


def test_staff_are_led_to_guidance_for_staff(client: Client) -> None:
    new = live_guide("new", kind=GuideKind.STAFF, topic=None)
    retired_guide("old", new, kind=GuideKind.STAFF, topic=None)
    assert leads_to(client, "/guidance/old/") == "/guidance/new/"


def test_a_circle_or_a_successor_that_nobody_can_read_says_that_the_guide_is_gone(client: Client) -> None:
    topic = TopicFactory()
    live_guide("other", "Read this instead", topic=topic)
    first = retired_guide("first", topic=topic)
    second = retired_guide("second", first)
    Guide.objects.filter(pk=first.pk).update(successor=second)
    retired_guide("to-a-draft", GuideFactory(slug="draft"), topic=topic)
    for slug in ("first", "to-a-draft"):
        response = client.get(f"/guidance/{slug}/")
        assert response.status_code == 410
        assert "Read this instead" in response.content.decode()


def test_where_a_guide_is_gone_the_emergency_number_can_be_called_at_once(client: Client) -> None:
    CountryFactory()
    retired_guide("old")
    assert 'href="tel:999"' in client.get("/guidance/old/").content.decode()


def test_a_live_guide_leads_nowhere_else(client: Client) -> None:
    live_guide("old", successor=live_guide("new"))
    assert client.get("/guidance/old/").status_code == 200


def test_a_withdrawn_guide_keeps_its_page_with_help(client: Client) -> None:
    old = retired_guide("old", live_guide("new"))
    old.versions.update(withdrawn_at=timezone.now())
    response = client.get("/guidance/old/")
    assert response.status_code == 410
    assert "Who can help" in response.content.decode()
