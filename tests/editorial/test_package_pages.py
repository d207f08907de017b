import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial.forms import packages as forms
from lessons.editorial.services.package_archive import read_archive, write_archive
from lessons.editorial.services.package_export import package_of
from lessons.library.enums import Status
from lessons.library.models import Lesson, LessonVersion
from safeguarding.audit.models import AuditEntry

from .builders import a_draft, a_guide_draft, live

EXPORT, IMPORT = "/desk/packages/", "/desk/packages/import/"
LESSON_PATH = "lessons/the-funny-photo.md"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(data):
    return SimpleUploadedFile("library.zip", data)


def another(title):
    """A package with the lesson that is live here under another title."""
    files = read_archive(package_of(Lesson.objects.all()))
    return write_archive({LESSON_PATH: files[LESSON_PATH].replace(b"title: The funny photo", b"title: " + title)})


def seen(answer):
    """What the browser sends back with the file."""
    return answer.context["form"].initial


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 403), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_packages_are_for_editors(desk, signed_in, client, who, status):
    live(desk.writer, desk.reviewer)
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(EXPORT).status_code == status
    assert reader.post(EXPORT, {"which": "all"}).status_code == status
    assert reader.get(IMPORT).status_code == status
    assert reader.post(IMPORT, {"file": upload(another(b"x"))}).status_code == status
    assert reader.put(EXPORT).status_code in (302, 403, 405)


def test_only_editors_are_led_there_from_the_desk(desk, signed_in):
    assert EXPORT in signed_in(desk.writer).get("/desk/").content.decode()
    assert EXPORT not in signed_in(desk.reviewer).get("/desk/").content.decode()


def test_what_is_ticked_is_sent_as_a_zip(desk, signed_in):
    live(desk.writer, desk.reviewer)
    a_guide_draft(desk.writer)
    answer = signed_in(desk.writer).post(
        EXPORT, {"which": "ticked", "newest": "on", "item": ["lessons/the-funny-photo", "guides/nothing"]}
    )

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="library-')
    assert list(read_archive(answer.content)) == [LESSON_PATH]
    assert AuditEntry.objects.filter(action="exported").count() == 1


def test_all_of_what_the_filter_shows_is_sent(desk, signed_in):
    live(desk.writer, desk.reviewer)
    a_guide_draft(desk.writer)
    client = signed_in(desk.writer)

    assert list(read_archive(client.post(EXPORT, {"which": "all"}).content)) == [LESSON_PATH]
    guides = client.post(f"{EXPORT}?kind=guides", {"which": "all", "newest": "on"})
    assert list(read_archive(guides.content)) == ["guides/sharing-photos.md"]


def test_nothing_ticked_and_nothing_live_each_say_so_and_lose_nothing(desk, signed_in):
    a_draft(desk.writer)
    client = signed_in(desk.writer)
    nothing = client.post(EXPORT, {"which": "ticked"})
    not_live = client.post(EXPORT, {"which": "ticked", "item": "lessons/the-funny-photo"})

    assert nothing.status_code == not_live.status_code == 400
    assert "Nothing is ticked." in nothing.content.decode()
    assert "nothing to export" in not_live.content.decode()
    assert 'value="lessons/the-funny-photo" id="item-1" checked' in not_live.content.decode()
    assert not AuditEntry.objects.filter(action="exported").exists()


def test_an_empty_library_says_what_to_do(desk, signed_in):
    assert "Nothing to export" in signed_in(desk.writer).get(EXPORT).content.decode()


def test_a_package_is_looked_at_and_then_imported_as_drafts(desk, signed_in):
    live(desk.writer, desk.reviewer)
    data = another(b"Another title")
    client = signed_in(desk.second)
    looked = client.post(IMPORT, {"file": upload(data)})

    assert looked.status_code == 200
    assert "Changed: 1" in looked.content.decode()
    assert seen(looked)["checksum"] in looked.content.decode()
    assert LessonVersion.objects.count() == 1

    done = client.post(IMPORT, {"file": upload(data), **seen(looked)}, follow=True)
    assert "1 draft was made. It is among your drafts; nothing went live." in done.content.decode()
    draft = LessonVersion.objects.get(number=2)
    assert (draft.title, draft.status, draft.author) == ("Another title", Status.DRAFT, desk.second)


def test_another_file_than_the_one_that_was_looked_at_is_looked_at_instead(desk, signed_in):
    live(desk.writer, desk.reviewer)
    client = signed_in(desk.second)
    looked = client.post(IMPORT, {"file": upload(another(b"One"))})
    answer = client.post(IMPORT, {"file": upload(another(b"Two")), **seen(looked)})

    assert answer.status_code == 409
    assert "This is another file" in answer.content.decode()
    assert LessonVersion.objects.count() == 1
    assert seen(answer)["checksum"] != seen(looked)["checksum"]


def test_a_library_that_has_moved_on_is_looked_at_again(desk, signed_in):
    live(desk.writer, desk.reviewer)
    data = another(b"Another title")
    client = signed_in(desk.second)
    looked = client.post(IMPORT, {"file": upload(data)})
    a_draft(desk.writer)
    answer = client.post(IMPORT, {"file": upload(data), **seen(looked)})

    assert answer.status_code == 409
    assert "has changed since you saw" in answer.content.decode()
    assert "under way (draft, Wanda Writer)" in answer.content.decode()
    assert LessonVersion.objects.get(number=2).title == "The funny photo"


def test_a_token_that_was_made_up_imports_nothing(desk, signed_in):
    live(desk.writer, desk.reviewer)
    data = another(b"Another title")
    client = signed_in(desk.second)
    looked = client.post(IMPORT, {"file": upload(data)})
    answer = client.post(IMPORT, {"file": upload(data), **seen(looked), "token": "x" * 64})

    assert answer.status_code == 409
    assert LessonVersion.objects.count() == 1


def test_our_own_export_says_that_there_is_nothing_to_import(desk, signed_in):
    live(desk.writer, desk.reviewer)
    answer = signed_in(desk.second).post(IMPORT, {"file": upload(package_of(Lesson.objects.all()))})

    assert answer.status_code == 200
    assert "The same as here: 1" in answer.content.decode()
    assert "There is nothing to import" in answer.content.decode()
    assert not seen(answer)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"no zip", "not a plain zip file"), (b"", "The file is empty"), (write_archive({}), "no lesson and no guide")],
)
def test_what_is_no_package_gets_a_sentence(desk, signed_in, data, sentence):
    answer = signed_in(desk.writer).post(IMPORT, {"file": upload(data)})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_no_file_and_too_large_a_file_get_a_sentence(desk, signed_in, monkeypatch):
    client = signed_in(desk.writer)
    assert "Choose a package." in client.post(IMPORT).content.decode()

    monkeypatch.setattr(forms, "MOST_BYTES", 3)
    answer = client.post(IMPORT, {"file": upload(b"four")})
    assert answer.status_code == 400
    assert "larger than 50 MB" in answer.content.decode()


def test_text_of_a_package_is_shown_as_text(desk, signed_in):
    live(desk.writer, desk.reviewer)
    page = signed_in(desk.second).post(IMPORT, {"file": upload(another(b"<b>bold</b>"))}).content.decode()

    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page


def test_the_list_takes_as_many_queries_for_thirty(desk, signed_in):
    client = signed_in(desk.writer)
    a_draft(desk.writer)
    with CaptureQueriesContext(connection) as few:
        client.get(EXPORT)
    for n in range(29):
        a_draft(desk.writer, slug=f"another-{n}")
    with CaptureQueriesContext(connection) as many:
        client.get(EXPORT)

    assert len(many) == len(few)
