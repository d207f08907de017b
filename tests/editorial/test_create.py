import pytest

from lessons.library.models import Guide, Lesson

from .builders import make_reference_rows

LESSON = {"title": "Ask before you share!", "topic": "image-sharing", "band": "11-14"}
GUIDE = {"title": "Sharing photos", "kind": "topic", "topic": "", "age_from": "11", "age_to": "14"}
PATHS = ["/desk/lessons/new/", "/desk/guides/new/"]


@pytest.fixture(autouse=True)
def reference(db):
    make_reference_rows()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 403), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_writing_is_for_editors(desk, signed_in, client, path, who, status):
    assert (signed_in(getattr(desk, who)) if who else client).get(path).status_code == status


def test_a_lesson_begins_with_an_address_made_from_its_title(desk, signed_in):
    answer = signed_in(desk.writer).post(PATHS[0], LESSON)

    assert answer["Location"] == "/desk/lessons/ask-before-you-share/1/"
    assert Lesson.objects.get().owner == desk.writer


def test_a_guide_begins_for_every_topic(desk, signed_in):
    answer = signed_in(desk.writer).post(PATHS[1], GUIDE | {"slug": "photos"})

    assert answer["Location"] == "/desk/guides/photos/1/"
    assert Guide.objects.get().topic is None


def test_an_address_that_is_taken_is_told_with_another_proposed(desk, signed_in):
    client = signed_in(desk.writer)
    client.post(PATHS[0], LESSON)
    answer = client.post(PATHS[0], LESSON)

    assert answer.status_code == 409
    assert "ask-before-you-share-2" in answer.content.decode()
    assert 'value="Ask before you share!"' in answer.content.decode()
    assert Lesson.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        (PATHS[0], LESSON | {"title": ""}, "Give it a title."),
        (PATHS[0], LESSON | {"title": "…"}, "No address can be made"),
        (PATHS[0], LESSON | {"slug": "not an address"}, "Use small letters"),
        (PATHS[0], LESSON | {"topic": "nothing"}, "valid choice"),
        (PATHS[1], GUIDE | {"age_from": "15"}, "Put the two ages in order"),
    ],
)
def test_what_cannot_be_begun(desk, signed_in, path, data, sentence):
    answer = signed_in(desk.writer).post(path, data)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Lesson.objects.exists()
    assert not Guide.objects.exists()
