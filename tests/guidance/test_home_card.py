import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.library.models import LessonVersion, Objective
from tests.cast import Cast
from tests.factories import CountryFactory, HelpServiceFactory, LessonVersionFactory, retire

from .school_pages import lesson, set_for, topic_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> LessonVersion:
    version = lesson("Asking first", note="Ask about Ama.")
    for number in (2, 1):
        Objective.objects.create(version=version, position=number, learn="learn", can=f"I can do {number}.")
    HelpServiceFactory(name="A line for children", serves="child", phone="0800 1111")
    return version


def url_of(version: LessonVersion) -> str:
    return f"/home/{version.lesson.slug}/"


def html_of(client: Client, version: LessonVersion, prefix: str = "") -> str:
    response = client.get(prefix + url_of(version))
    assert response.status_code == 200
    return response.content.decode()


def test_a_card_has_the_outcomes_the_note_three_ways_to_talk_and_whom_to_call(
    client: Client, version: LessonVersion
) -> None:
    guide = topic_guide("About photos")
    html = html_of(client, version)
    places = [
        html.index(text)
        for text in (
            "Asking first</h1>",
            "I can do 1.",
            "I can do 2.",
            "Ask about Ama.",
            "Through a story. “What would you do?”",
            "Third way.",
            "If a child is in danger now, call 999.",
            "A line for children",
            'href="tel:08001111"',
            f"testserver/<wbr>guidance/<wbr>{guide.guide.slug}</a>",
        )
    ]
    assert places == sorted(places)
    assert "Fourth way." not in html
    assert "Leave this page now" in html


def test_without_a_guide_for_this_age_it_leads_to_all_guides(client: Client, version: LessonVersion) -> None:
    assert '<a href="http://testserver/guidance/">' in html_of(client, version)
    topic_guide("For older children", age_from=15)
    html = html_of(client, version)
    assert '<a href="http://testserver/guidance/">' in html
    assert "Through a story" not in html
    assert '<a href="http://testserver/cy/guidance/">' in html_of(client, version, "/cy")


def test_the_lesson_says_that_it_is_english_on_a_page_that_is_not(client: Client, version: LessonVersion) -> None:
    assert '<h1 lang="en-gb" dir="ltr">Asking first</h1>' in html_of(client, version, "/fr")


def test_a_teacher_prints_the_numbers_of_their_own_country(
    client: Client, cast: Cast, signed_in, version: LessonVersion
) -> None:
    cast.northfield.country = CountryFactory(code="IE", name="Ireland", emergency="112 or 999")
    cast.northfield.save()
    assert "call 112 or 999." in html_of(signed_in(cast.teacher), version)
    assert "call 999." in html_of(client, version)


def test_a_draft_has_no_card_and_one_of_a_lesson_that_is_gone_says_so(client: Client, version: LessonVersion) -> None:
    draft = LessonVersionFactory(title="A draft")
    assert client.get(url_of(draft)).status_code == 404
    assert client.get("/home/no-such-lesson/").status_code == 404
    retire(version)
    response = client.get(url_of(version))
    assert response.status_code == 410
    assert "This card has been taken down" in response.content.decode()
    type(version).objects.filter(pk=version.pk).update(withdrawn_at=timezone.now())
    response = client.get(url_of(version))
    assert response.status_code == 410
    assert "Ask about Ama." not in response.content.decode()


def test_a_card_takes_the_same_queries_however_many_outcomes_and_services(
    client: Client, version: LessonVersion
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            html_of(client, version)
        return len(queries)

    few = count()
    for number in range(30):
        Objective.objects.create(version=version, position=number, learn="learn", can="I can.")
        HelpServiceFactory()
        topic_guide()
    assert count() == few <= 4


def test_a_teacher_finds_the_card_on_the_pages_of_the_lesson_and_a_visitor_too(
    client: Client, cast: Cast, signed_in, version: LessonVersion
) -> None:
    link = f'href="{url_of(version)}"'
    assignment = set_for(cast.named_class, version)
    teacher = signed_in(cast.teacher)
    plan = f"/lessons/{version.lesson.slug}/"
    assert link in client.get(plan).content.decode()
    assert link in teacher.get(plan).content.decode()
    results = f"/teach/assignments/{assignment.pk}/"
    assert link in teacher.get(results).content.decode()
    retire(version)
    assert link not in teacher.get(results).content.decode()
