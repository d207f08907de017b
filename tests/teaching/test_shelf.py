"""The buttons that put a lesson on a teacher's shelf and take it off."""

import pytest
from django.utils import timezone

from lessons.teaching.models import ShelfItem
from tests.factories import LessonFactory, LessonVersionFactory, make_live, retire


@pytest.fixture
def lesson(cast):
    return make_live(LessonVersionFactory(parts=False, title="The funny photo", lesson__slug="funny-photo")).lesson


def press(client, what="add", slug="funny-photo", **sent):
    return client.post(f"/teach/shelf/{slug}/{what}/", sent)


def on_shelf(who):
    return list(ShelfItem.objects.filter(user=who.user).values_list("lesson__slug", flat=True))


def test_a_teacher_puts_a_lesson_on_their_own_shelf_and_takes_it_off(cast, signed_in, lesson):
    client = signed_in(cast.teacher)

    assert press(client).status_code == 302
    assert on_shelf(cast.teacher) == ["funny-photo"]
    assert on_shelf(cast.colleague) == []

    assert press(client, "remove").status_code == 302
    assert on_shelf(cast.teacher) == []


def test_pressed_twice_it_stands_there_once(cast, signed_in, lesson):
    client = signed_in(cast.teacher)
    press(client)

    assert "on your shelf already" in client.post("/teach/shelf/funny-photo/add/", follow=True).content.decode()
    assert on_shelf(cast.teacher) == ["funny-photo"]
    press(client, "remove")
    assert press(client, "remove").status_code == 302


def test_nobody_empties_the_shelf_of_another(cast, signed_in, lesson):
    press(signed_in(cast.teacher))
    press(signed_in(cast.outsider), "remove")

    assert on_shelf(cast.teacher) == ["funny-photo"]


@pytest.mark.parametrize(
    ("after", "to"),
    [
        ("/teach/find/?page=2", "/teach/find/?page=2"),
        ("", "/teach/shelf/"),
        ("https://elsewhere.example/", "/teach/shelf/"),
        ("//elsewhere.example/", "/teach/shelf/"),
        ("dashboards:nothing", "/teach/shelf/"),
    ],
)
def test_the_reader_goes_back_to_the_page_of_ours_where_they_were(cast, signed_in, lesson, after, to):
    assert press(signed_in(cast.teacher), next=after)["Location"] == to


def test_what_is_archived_or_retired_meanwhile_is_refused_with_a_sentence(cast, signed_in, lesson):
    client = signed_in(cast.teacher)
    lesson.archived_at = timezone.now()
    lesson.save()
    response = press(client)
    assert response.status_code == 409
    assert "taken off the list" in response.content.decode()

    retire(lesson.versions.get())
    assert press(client).status_code == 409
    assert on_shelf(cast.teacher) == []


def test_a_draft_is_as_unknown_as_an_address_that_nobody_made(cast, signed_in):
    LessonVersionFactory(parts=False, lesson=LessonFactory(slug="draft"))

    assert press(signed_in(cast.teacher), slug="draft").status_code == 404
    assert press(signed_in(cast.teacher), slug="nothing").status_code == 404


def test_somebody_of_no_school_has_no_shelf_and_a_visitor_signs_in_first(cast, signed_in, client, lesson):
    assert press(signed_in(cast.editor)).status_code == 403
    assert press(client)["Location"].startswith("/account/login/")


def test_the_shelf_is_changed_by_pressing_a_button_only(cast, signed_in, lesson):
    for what in ("add", "remove"):
        assert signed_in(cast.teacher).get(f"/teach/shelf/funny-photo/{what}/").status_code == 405


def test_the_lesson_page_has_the_button_for_teachers_alone(cast, signed_in, client, lesson):
    assert "/teach/shelf/funny-photo/add/" in signed_in(cast.teacher).get("/lessons/funny-photo/").content.decode()
    page = client.get("/lessons/funny-photo/")
    assert "/teach/shelf/" not in page.content.decode()
    assert not page.cookies
