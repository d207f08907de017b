from lessons.library.store import content_of
from tests.factories import IllustrationFactory

from .builders import a_draft
from .pages import filled, url


def test_the_kind_of_an_activity_decides_what_its_items_ask(desk, signed_in):
    client = signed_in(desk.writer)
    draft = a_draft(desk.writer)

    assert "Does it help?" in client.get(url(draft, "activities/1")).content.decode()
    assert "Its group" in client.get(url(draft, "activities/2")).content.decode()


def test_an_activity_is_given_a_drawing_and_loses_it_again(desk, signed_in):
    drawing = IllustrationFactory()
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")

    def choose(picture):
        assert client.post(page, filled(client, page) | {"picture": picture}).status_code == 302
        activity = content_of(draft).activities[0]
        return activity.image, activity.illustration

    assert choose(drawing.slug) == (None, drawing.slug)
    assert drawing.path in client.get(f"/desk/lessons/{draft.lesson.slug}/1/preview/").content.decode()
    assert choose("") == (None, "")


def test_a_drawing_that_there_is_not_is_refused(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")

    assert client.post(page, filled(client, page) | {"picture": "nothing"}).status_code == 400
