import pytest
from django.test import Client

from lessons.library.models import Lesson, LessonVersion, Unit
from tests.cast import Cast
from tests.factories import LessonFactory, LessonVersionFactory, UnitFactory, make_live, retire

pytestmark = pytest.mark.django_db


def part(title: str) -> LessonVersion:
    return make_live(LessonVersionFactory(lesson=LessonFactory(slug=title.lower()), title=title, check_minutes=5))


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory(slug="photos", of=[part("First").lesson, part("Second").lesson])


def test_a_unit_shows_its_lessons_in_order_and_the_minutes_of_all(client: Client, unit: Unit) -> None:
    html = client.get("/units/photos/").content.decode()
    assert html.index('href="/lessons/first/"') < html.index('href="/lessons/second/"')
    assert "2 short lessons, 80 minutes in all" in html
    assert unit.summary in html


def test_lessons_of_a_unit_are_listed_in_their_order(client: Client, unit: Unit) -> None:
    part("Alone")
    unit.places.filter(lesson__slug="first").update(position=9)
    (group,) = client.get("/lessons/").context["groups"]
    assert [card.title for card in group.lessons] == ["Second", "First", "Alone"]


def test_a_lesson_says_where_it_stands_in_its_unit(client: Client, unit: Unit) -> None:
    html = client.get("/lessons/second/").content.decode()
    assert "Lesson 2 of 2" in html
    assert '<a href="/units/photos/">Photos of us</a>' in html
    assert '<a href="/lessons/first/">First</a>' in html


def test_a_teacher_sees_it_in_the_plan_too(cast: Cast, signed_in, unit: Unit) -> None:
    assert "Lesson 1 of 2" in signed_in(cast.teacher.user).get("/lessons/first/").content.decode()


def test_a_teacher_sets_it_from_here_and_a_visitor_is_not_asked_to(
    cast: Cast, signed_in, client: Client, unit: Unit
) -> None:
    assert "/teach/set/units/photos/" in signed_in(cast.teacher.user).get("/units/photos/").content.decode()
    page = client.get("/units/photos/")
    assert "/teach/" not in page.content.decode()
    assert not page.cookies


def test_a_lesson_that_stands_alone_speaks_of_no_unit(client: Client, unit: Unit) -> None:
    part("Alone")
    assert "/units/" not in client.get("/lessons/alone/").content.decode()


def test_a_retired_lesson_leaves_its_unit(client: Client, unit: Unit) -> None:
    retire(Lesson.objects.get(slug="first").live_version)
    assert "1 short lessons" not in client.get("/units/photos/").content.decode()
    assert "First" not in client.get("/units/photos/").content.decode()
    assert "Lesson 1 of 1" not in client.get("/lessons/second/").content.decode()


def test_the_list_of_lessons_names_the_units_of_those_that_it_shows(client: Client, unit: Unit) -> None:
    assert 'href="/units/photos/"' in client.get("/lessons/?words=first").content.decode()
    part("Alone")
    assert 'href="/units/photos/"' not in client.get("/lessons/?words=alone").content.decode()


def test_a_unit_of_which_nothing_can_be_read_is_not_found(client: Client, unit: Unit) -> None:
    for version in LessonVersion.objects.live():
        retire(version)
    assert client.get("/units/photos/").status_code == 404
    assert client.get("/units/no-such/").status_code == 404


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client, unit: Unit) -> None:
    response = client.get("/units/photos/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.post("/units/photos/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, unit: Unit, django_assert_num_queries) -> None:
    for lessons in (2, 30):
        for number in range(unit.places.count(), lessons):
            unit.places.create(lesson=part(f"Part{number}").lesson, position=number)
        with django_assert_num_queries(3):
            client.get("/units/photos/")
