import pytest
from django.test import Client

from lessons.library.content import LessonContent
from lessons.library.enums import LessonSectionKind
from lessons.library.models import Edition, Framework, Lesson, LessonSection, LessonVersion, Objective, Strand
from lessons.library.store import content_of
from safeguarding.schools.models import School
from tests.cast import Cast
from tests.factories import (
    AgeBandFactory,
    CountryFactory,
    LessonFactory,
    LessonVersionFactory,
    TopicFactory,
    make_live,
)

pytestmark = pytest.mark.django_db


def live_lesson(title: str, *, band: str = "11-14", topic: str = "image-sharing", **fields: object) -> LessonVersion:
    lesson = LessonFactory(band=AgeBandFactory(slug=band), topic=TopicFactory(slug=topic))
    return make_live(LessonVersionFactory(lesson=lesson, title=title, **fields))


def shown(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/lessons/{query}")
    assert response.status_code == 200
    return [card.title for group in response.context["groups"] for card in group.lessons]


def test_lessons_stand_by_age_and_show_their_minutes(client: Client) -> None:
    live_lesson("Older", band="14-16")
    version = live_lesson("Younger", band="7-9")
    LessonSection.objects.create(version=version, kind=LessonSectionKind.STARTER, body="<p>Look.</p>", minutes=6)
    assert shown(client) == ["Younger", "Older"]
    content = content_of(version)
    assert isinstance(content, LessonContent)
    assert content.minutes == 2 * 4 + 6 + 3 * 10
    assert "44 minutes" in client.get("/lessons/").content.decode()


def test_drafts_are_not_shown(client: Client) -> None:
    LessonVersionFactory(title="Not yet")
    assert shown(client) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?band=7-9", ["Young"]),
        ("?topic=grooming", ["Signs"]),
        ("?minutes=40", ["Young", "Signs"]),
        ("?minutes=30", []),
        ("?words=SIGNS", ["Signs"]),
        ("?words=zebra", []),
        ("?words=gentle", ["Young"]),
        ("?band=7-9&topic=grooming", []),
        ("?band=&topic=&minutes=&strand=&words=", ["Young", "Signs"]),
    ],
)
def test_each_filter_narrows_the_list(client: Client, query: str, expected: list[str]) -> None:
    young = live_lesson("Young", band="7-9")
    Objective.objects.create(version=young, learn="Be gentle with photos.", can="I can be gentle.")
    live_lesson("Signs", topic="grooming")
    assert shown(client, query) == expected


def test_a_strand_is_named_by_its_edition(client: Client) -> None:
    framework = Framework.objects.create(slug="f", name="Connected", publisher="P")
    edition = Edition.objects.create(framework=framework, slug="f-2020", name="2020 edition")
    strand = Strand.objects.create(edition=edition, slug="privacy", name="Privacy")
    live_lesson("With").strands.add(strand)
    live_lesson("Without")
    assert shown(client, "?strand=f-2020/privacy") == ["With"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?band=100-200", "Choose one from the list."),
        ("?topic=%00", "Null characters are not allowed."),
        ("?minutes=soon", "Write a number of minutes from 5 to 300, such as 45."),
        ("?minutes=-1", "Write a number of minutes from 5 to 300, such as 45."),
        ("?minutes=" + "9" * 40, "Write a number of minutes from 5 to 300, such as 45."),
        ("?strand=nothing", "Choose one from the list."),
    ],
)
def test_a_filter_that_cannot_be_read_gets_a_sentence_and_the_full_list(
    client: Client, query: str, sentence: str
) -> None:
    live_lesson("Still here")
    response = client.get(f"/lessons/{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert sentence in html
    assert "Still here" in html


def test_long_or_odd_words_are_answered_politely(client: Client) -> None:
    assert client.get("/lessons/", {"words": "a\x00b\x07" + "ж%_'\"<" * 2_000}).status_code == 200


def test_no_result_says_what_to_do(client: Client) -> None:
    live_lesson("One")
    html = client.get("/lessons/?words=zebra").content.decode()
    assert "No lesson fits all of that" in html
    assert "Show all lessons" in html


def test_an_empty_library_says_so(client: Client) -> None:
    assert "No lesson has been published yet" in client.get("/lessons/").content.decode()


def test_pages_keep_the_filters(client: Client) -> None:
    for number in range(25):
        live_lesson(f"Lesson {number:02}")
    first = client.get("/lessons/?words=lesson")
    assert "?words=lesson&amp;page=2" in first.content.decode()
    second = client.get("/lessons/?words=lesson&page=2")
    assert sum(len(group.lessons) for group in second.context["groups"]) == 1
    assert 'rel="canonical" href="http://testserver/lessons/?page=2"' in second.content.decode()


def test_a_page_number_that_does_not_exist_shows_a_page(client: Client) -> None:
    assert client.get("/lessons/?page=lots").status_code == 200
    assert client.get("/lessons/?page=99").status_code == 200


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    response = client.get("/lessons/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_somebody_signed_in_gets_a_private_page(cast: Cast, signed_in) -> None:
    assert "private" in signed_in(cast.teacher).get("/lessons/")["Cache-Control"]


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/lessons/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for lessons in (1, 30):
        while Lesson.objects.count() < lessons:
            live_lesson("Lesson", band="7-9" if Lesson.objects.count() % 2 else "11-14")
        with django_assert_num_queries(7):
            client.get("/lessons/")


def test_the_years_of_the_readers_own_schools_stand_beside_each_age(client: Client, cast: Cast, signed_in) -> None:
    band = AgeBandFactory(slug="11-14")
    band.names.create(country=cast.northfield.country, name="Key stage 3", years="Years 7 to 9")
    band.names.create(country=CountryFactory(code="IE", name="Ireland"), years="1st to 3rd year")
    School.objects.filter(pk=cast.southfield.pk).update(country="IE")
    assert ">Ages 11–14 (Years 7 to 9)</option>" in client.get("/lessons/").content.decode()
    assert ">Ages 11–14 (1st to 3rd year)</option>" in signed_in(cast.outsider).get("/lessons/").content.decode()


def test_a_teacher_is_led_to_lessons_for_a_class_and_a_visitor_is_not(cast: Cast, signed_in, client: Client) -> None:
    assert "/teach/find/" in signed_in(cast.teacher).get("/lessons/").content.decode()
    assert "/teach/find/" not in client.get("/lessons/").content.decode()
