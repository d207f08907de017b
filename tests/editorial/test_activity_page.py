import pytest

from lessons.library.content import ItemContent
from lessons.library.enums import ActivityKind
from lessons.library.store import content_of
from tests.factories import IllustrationFactory
from tests.library.activities import ALL, MATCH, ORDER, POLL, SORT, SPOT, STORY

from . import builders
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


def test_every_kind_of_activity_can_be_added(desk, signed_in):
    draft = a_draft(desk.writer, activities=())
    client = signed_in(desk.writer)
    page = url(draft, "activities")
    for kind in list(ActivityKind)[:6]:
        token = client.get(page).context["token"]
        assert client.post(f"{page}add/", {"token": token, "kind": kind}).status_code == 302

    assert [activity.kind for activity in content_of(draft).activities] == list(ActivityKind)[:6]


@pytest.mark.parametrize("activity", ALL, ids=lambda one: one.kind.value)
def test_a_page_saved_as_it_was_opened_changes_nothing(desk, signed_in, activity):
    draft = a_draft(desk.writer, activities=(activity, builders.SORT))
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")

    assert client.post(page, filled(client, page)).status_code == 302
    assert content_of(draft).activities[0] == activity


WRITTEN = [
    (
        STORY,
        {"text": "Tell Dad", "answer": "helps", "feedback": "He listens.", "scene": "At home"},
        ItemContent("Tell Dad", "helps", "He listens.", scene="At home"),
    ),
    (
        SORT,
        {"text": "A cold friend", "answer": "Now", "also": "Later", "feedback": "Both are kind."},
        ItemContent("A cold friend", "Now", "Both are kind.", also="Later"),
    ),
    (ORDER, {"text": "Play", "feedback": "Play comes last."}, ItemContent("Play", "", "Play comes last.")),
    (
        MATCH,
        {"text": "A question", "answer": "A teacher", "feedback": "They know."},
        ItemContent("A question", "A teacher", "They know."),
    ),
    (
        SPOT,
        {"speaker": "Kit", "text": "Good night", "answer": "fine", "feedback": "It is kind."},
        ItemContent("Good night", "fine", "It is kind.", speaker="Kit"),
    ),
    (POLL, {"text": "It depends", "feedback": "Yes, it may."}, ItemContent("It depends", "", "Yes, it may.")),
]


@pytest.mark.parametrize(("activity", "row", "item"), WRITTEN, ids=lambda one: getattr(one, "title", ""))
def test_a_row_is_written_with_all_that_its_kind_asks(desk, signed_in, activity, row, item):
    draft = a_draft(desk.writer, activities=(activity, builders.SORT))
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")
    place = len(activity.items)
    typed = {f"items-{place}-{name}": value for name, value in row.items()}

    assert client.post(page, filled(client, page) | typed).status_code == 302
    assert content_of(draft).activities[0].items == (*activity.items, item)


def test_a_line_that_says_neither_sign_nor_fine_is_asked_for_it(desk, signed_in):
    draft = a_draft(desk.writer, activities=(SPOT, builders.SORT))
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")
    response = client.post(page, filled(client, page) | {"items-0-answer": ""})

    assert response.status_code == 400
    assert "Row 1, Is it a sign?" in response.content.decode()
    assert content_of(draft).activities[0] == SPOT


def test_a_typed_scene_that_there_is_not_is_told_before_it_is_saved(desk, signed_in):
    draft = a_draft(desk.writer, activities=(STORY, builders.SORT))
    client = signed_in(desk.writer)
    page = url(draft, "activities/1")
    told = client.post(f"{page}check/", filled(client, page) | {"items-0-leads_to": "Nowhere"})

    assert "no choice stands in that scene" in told.content.decode()


@pytest.mark.parametrize("activity", ALL, ids=lambda one: one.kind.value)
def test_every_reader_of_the_preview_sees_an_activity_of_each_kind(desk, signed_in, activity):
    draft = a_draft(desk.writer, activities=(activity, builders.SORT))
    client = signed_in(desk.writer)
    frames = {
        reader: client.get(url(draft, "preview/frame"), {"reader": reader}).content.decode()
        for reader in ("pupil", "projector", "teacher", "print")
    }
    plain = client.get(url(draft, "preview")).content.decode()

    for item in activity.items:
        assert all(item.text in page for page in (frames["pupil"], frames["teacher"], frames["print"], plain))
        assert not item.feedback or item.feedback in frames["pupil"] or activity is POLL
        assert not item.feedback or item.feedback not in frames["projector"]
        assert item.feedback in frames["teacher"]


def test_the_desk_shows_scenes_speakers_and_both_groups(desk, signed_in):
    draft = a_draft(desk.writer, activities=(STORY, SPOT, SORT))
    client = signed_in(desk.writer)
    for page in ("preview", "write"):
        html = client.get(url(draft, page)).content.decode()
        for words in (
            "(The next day) Tell Mr Novak",
            "leads to “At home”",
            "Kit: You owe me.",
            "A sign",
            "Now, or Later",
        ):
            assert words in html, (page, words)
