import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.errors import NotAllowed, WrongStatus
from lessons.editorial.parts import Part, token_of
from lessons.editorial.services import documents
from lessons.editorial.services.documents import add_document, delete_document
from lessons.editorial.services.package_export import package_of
from lessons.editorial.services.packages import import_package, read_package
from lessons.library.differences import compare
from lessons.library.document_errors import DocumentRefused
from lessons.library.document_store import store_document
from lessons.library.models import Document, LessonAttachment, LessonVersion
from lessons.library.queries import compare_versions
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from tests.library.documents import docx, pdf

from .builders import a_draft, a_guide_draft, item_of
from .pages import filled, url

LIST, NEW = "/desk/documents/", "/desk/documents/new/"


def upload(data=None):
    return SimpleUploadedFile("worksheet.pdf", pdf() if data is None else data)


def a_document(title="A worksheet", data=None, **changes):
    return store_document(actor=None, file=upload(data).file, title=title, **changes)


def attach(version, *held, actor):
    content = content_of(version)
    return services.save_part(
        actor=actor,
        version=version,
        part=Part.DOCUMENTS,
        token=token_of(content, Part.DOCUMENTS),
        changes={"documents": tuple(one.pk for one in held)},
    )


def put_live(draft, desk):
    submitted = services.submit_version(actor=desk.writer, version=draft)
    approved = services.approve_version(actor=desk.reviewer, version=submitted, number=submitted.number)
    return services.publish_version(actor=desk.reviewer, version=approved)


def address(document):
    return f"/documents/{document.pk}/any-name.pdf"


# --- the pages of the desk ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "listed", "added"), [("writer", 200, 200), ("reviewer", 200, 403), ("stranger", 403, 403), (None, 302, 302)]
)
def test_documents_are_added_by_editors(desk, signed_in, client, who, listed, added):
    document = a_document()
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(LIST).status_code == listed
    assert reader.get(f"{LIST}{document.pk}/").status_code == listed
    assert reader.get(NEW).status_code == added
    assert reader.get(f"{LIST}{document.pk}/delete/").status_code == added
    assert reader.post(f"{LIST}{document.pk}/", {"title": ""}).status_code == (400 if added == 200 else added)


def test_an_empty_list_says_what_to_do(desk, signed_in):
    assert "Add the first" in signed_in(desk.writer).get(LIST).content.decode()
    assert signed_in(desk.writer).post(LIST).status_code == 405


def test_a_document_is_added_listed_and_recorded(desk, signed_in):
    answer = signed_in(desk.writer).post(NEW, {"title": "A worksheet", "file": upload()}, follow=True)

    assert "A worksheet" in answer.content.decode()
    document = Document.objects.get()
    assert (document.kind, document.uploaded_by) == ("pdf", desk.writer)
    entry = AuditEntry.objects.get(object_type="document")
    assert (entry.action, entry.object_id, entry.reason) == ("added", document.pk, f"SHA-256 {document.sha256}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Give it a title"),
        ({"file": ""}, "Choose a document."),
        ({"file": upload(b"")}, "The file is empty"),
        ({"file": upload(b"<script>alert(1)</script>")}, "not a PDF, a Word document"),
        ({"file": upload(pdf(b"<< /S /JavaScript >>"))}, "it holds script"),
        ({"file": upload(docx(word__vbaProject_dot_bin=b"x"))}, "macros"),
        ({"file": upload(bytes(20 * 1024 * 1024 + 1))}, "larger than 20 MB"),
    ],
)
def test_what_is_not_taken_comes_back_with_a_sentence_and_what_was_typed(desk, signed_in, changes, sentence):
    before = storages["documents"].listdir("")
    answer = signed_in(desk.writer).post(NEW, {"title": "A", "credit": "Ada", "file": upload(), **changes})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert 'value="Ada"' in answer.content.decode()
    assert not Document.objects.exists()
    assert storages["documents"].listdir("") == before


def test_what_is_said_of_a_document_is_changed_and_recorded(desk, signed_in):
    document = a_document()
    typed = {"title": "A letter", "credit": "Ada", "licence": ""}
    answer = signed_in(desk.writer).post(f"{LIST}{document.pk}/", typed, follow=True)

    assert "Saved: A letter." in answer.content.decode()
    entry = AuditEntry.objects.get(object_type="document")
    assert entry.reason == "Title: “A worksheet” → “A letter”; Credit: “” → “Ada”"


def test_a_document_in_use_is_not_deleted_and_the_page_leads_to_where_it_is(desk, signed_in):
    document = a_document()
    draft = attach(a_draft(desk.writer), document, actor=desk.writer)
    client = signed_in(desk.writer)
    answer = client.post(f"{LIST}{document.pk}/delete/")

    assert answer.status_code == 409
    assert f'<a href="/desk/lessons/{draft.lesson.slug}/1/">' in answer.content.decode()
    attach(draft, actor=desk.writer)
    assert client.post(f"{LIST}{document.pk}/delete/", follow=True).status_code == 200
    assert not Document.objects.exists()


def test_a_document_of_a_version_that_is_history_is_not_deleted(desk):
    document = a_document()
    first = put_live(attach(a_draft(desk.writer), document, actor=desk.writer), desk)
    put_live(attach(services.start_draft(actor=desk.writer, identity=first.lesson), actor=desk.writer), desk)

    with pytest.raises(DocumentRefused, match="version 1, retired"):
        delete_document(actor=desk.writer, document=document)


def test_only_editors_add_by_the_service_and_where_the_audit_fails_nothing_is_left(desk, monkeypatch):
    def fail(**values):
        raise RuntimeError("no audit")

    before = storages["documents"].listdir("")
    with pytest.raises(NotAllowed):
        add_document(actor=desk.reviewer, file=upload().file, title="A")
    monkeypatch.setattr(documents, "record", fail)
    with pytest.raises(RuntimeError):
        add_document(actor=desk.writer, file=upload().file, title="A")

    assert not Document.objects.exists()
    assert storages["documents"].listdir("") == before


def test_the_audit_leads_to_pictures_and_documents_that_are_still_there(desk, signed_in):
    kept, gone = (add_document(actor=desk.writer, file=upload().file, title=title) for title in ("Kept", "Gone"))
    delete_document(actor=desk.writer, document=gone)
    page = signed_in(desk.writer).get("/desk/audit/").content.decode()

    assert f'<a href="{LIST}{kept.pk}/">Kept</a>' in page
    assert "Gone (no longer there)" in page
    assert f'href="{LIST}{gone.pk}/"' not in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Slides", "A worksheet"]),
        ("words=work", ["A worksheet"]),
        ("kind=docx", ["Slides"]),
        ("use=used", ["A worksheet"]),
        ("use=unused", ["Slides"]),
        ("kind=odd", ["Slides", "A worksheet"]),
        ("words=zebra", []),
    ],
)
def test_documents_are_found_by_words_kind_and_use(desk, signed_in, query, titles):
    attach(a_draft(desk.writer), a_document(), actor=desk.writer)
    a_document("Slides", docx())
    answer = signed_in(desk.writer).get(f"{LIST}?{query}")

    assert [document.title for document in answer.context["page_obj"]] == titles


def test_the_list_takes_as_many_queries_for_500(desk, signed_in):
    client = signed_in(desk.writer)
    draft = attach(a_draft(desk.writer), a_document(), actor=desk.writer)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{LIST}?words=work&use=used")
    more = Document.objects.bulk_create(
        Document(title="More work", kind="pdf", file="a.pdf", size_bytes=1, sha256="a") for _ in range(499)
    )
    LessonAttachment.objects.bulk_create(LessonAttachment(version=draft, document=one) for one in more[:60])
    with CaptureQueriesContext(connection) as many:
        client.get(f"{LIST}?words=work&use=used")

    assert len(few) == len(many) <= 12


# --- as a part of a version -----------------------------------------------------------------------------------


@pytest.mark.parametrize("draft_of", [a_draft, a_guide_draft])
def test_documents_are_attached_in_order_copied_and_compared(desk, draft_of):
    one, two = a_document(), a_document("A letter", docx())
    draft = attach(draft_of(desk.writer), two, one, actor=desk.writer)
    assert content_of(draft).documents == (two.pk, one.pk)
    first = put_live(draft, desk)
    second = services.start_draft(actor=desk.writer, identity=first.identity)

    assert content_of(second).documents == (two.pk, one.pk)
    assert compare_versions(first, second).differences == ()
    second = attach(second, one, actor=desk.writer)
    (difference,) = compare_versions(first, second).differences
    assert (difference.place, difference.field) == ("Documents", "Documents")
    assert "letter (" in "".join(run.text for run in difference.runs)
    assert compare(content_of(second), content_of(second)).differences == ()
    with pytest.raises(WrongStatus):
        attach(first, actor=desk.writer)


def test_they_are_chosen_on_a_page_of_their_own(desk, signed_in):
    one, two = a_document(), a_document("A letter")
    draft = attach(a_draft(desk.writer), one, actor=desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "documents"))
    assert data["documents-0-document"] == str(one.pk)
    data |= {"documents-1-document": str(two.pk), "documents-0-ORDER": "2", "documents-1-ORDER": "1"}
    answer = client.post(url(draft, "documents"), data, follow=True)

    assert "Saved: documents." in answer.content.decode()
    assert content_of(draft).documents == (two.pk, one.pk)
    assert "2 documents" in answer.content.decode()
    assert f'href="/documents/{two.pk}/a-letter.pdf"' in answer.content.decode()


def test_a_document_that_is_gone_is_told_and_nothing_is_saved(desk, signed_in):
    one = a_document()
    draft = attach(a_draft(desk.writer), one, actor=desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "documents")) | {"documents-1-document": "99999"}
    answer = client.post(url(draft, "documents"), data)

    assert answer.status_code == 400
    assert "no longer there" in answer.content.decode()
    assert content_of(draft).documents == (one.pk,)


def test_without_any_document_the_page_leads_to_the_first(desk, signed_in):
    assert NEW in signed_in(desk.writer).get(url(a_draft(desk.writer), "documents")).content.decode()


def test_an_import_leaves_documents_where_they_are(desk):
    document = a_document()
    put_live(attach(a_draft(desk.writer), document, actor=desk.writer), desk)
    data = package_of([LessonVersion.objects.get().lesson])
    assert len(read_package(data).same) == 1
    LessonVersion.objects.update(title="Another title")
    import_package(actor=desk.second, data=data)

    assert content_of(LessonVersion.objects.get(number=2)).documents == (document.pk,)


# --- who may have them ----------------------------------------------------------------------------------------


def test_a_live_lesson_shows_its_documents_to_teachers_and_they_download_them(desk, cast, signed_in, client):
    document = a_document("A worksheet <1>", pdf(), credit="Ada")
    version = put_live(attach(a_draft(desk.writer), document, actor=desk.writer), desk)
    teacher = signed_in(cast.teacher)
    page = teacher.get(f"/lessons/{version.lesson.slug}/").content.decode()

    assert f'<a href="/documents/{document.pk}/a-worksheet-1.pdf">A worksheet &lt;1&gt;</a>' in page
    assert "PDF, " in page
    assert teacher.get(address(document)).status_code == 200
    assert signed_in(desk.stranger).get(address(document)).status_code == 403
    assert client.get(address(document)).status_code == 302
    assert "/documents/" not in client.get(f"/lessons/{version.lesson.slug}/").content.decode()


def test_a_live_guide_shows_its_documents_to_everyone(desk, client):
    document = a_document()
    version = put_live(attach(a_guide_draft(desk.writer), document, actor=desk.writer), desk)

    assert address(document).rpartition("/")[0] in client.get(f"/guidance/{version.guide.slug}/").content.decode()
    assert client.get(address(document)).status_code == 200
    assert client.post(address(document)).status_code == 405


def test_what_is_not_live_is_for_the_desk_alone(desk, cast, signed_in, client):
    document = a_document()
    draft = attach(a_guide_draft(desk.writer), document, actor=desk.writer)

    assert client.get(address(document)).status_code == 404
    assert signed_in(cast.teacher).get(address(document)).status_code == 404
    assert signed_in(desk.reviewer).get(address(document)).status_code == 200
    put_live(draft, desk)
    assert client.get(address(document)).status_code == 200
    services.retire_item(actor=desk.reviewer, identity=item_of(draft), reason="Old.")
    assert client.get(address(document)).status_code == 404


def test_a_document_is_a_download_that_can_do_nothing_in_a_browser(desk, signed_in):
    data = docx()
    document = a_document("Spring & summer", data)
    answer = signed_in(desk.writer).get(address(document))

    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"] == 'attachment; filename="spring-summer.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_is_missing_is_told(desk, signed_in):
    document = a_document()
    document.file.storage.delete(document.file.name)

    assert signed_in(desk.writer).get(address(document)).status_code == 404
    assert signed_in(desk.writer).get("/documents/99999/a.pdf").status_code == 404


def test_no_document_lies_in_the_public_folder(settings):
    assert not str(storages["documents"].location).startswith(str(settings.MEDIA_ROOT))
