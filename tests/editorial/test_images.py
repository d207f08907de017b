import dataclasses
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from lessons.editorial import services
from lessons.editorial.errors import NotAllowed
from lessons.editorial.parts import Part, token_of
from lessons.editorial.services import images
from lessons.editorial.services.images import add_image, delete_image
from lessons.library.content import SectionContent
from lessons.library.enums import State
from lessons.library.image_store import ImageRefused, store_image, uses_of
from lessons.library.models import Image, LessonVersion
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from tests.factories import IllustrationFactory

from .builders import SCENARIO, SORT, a_draft, fill, lesson_content, live

TYPED = {"title": "A tree", "alt_text": "An oak in a field."}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def upload(data=None, name="tree.png"):
    return SimpleUploadedFile(name, png() if data is None else data)


def an_image(**changes):
    return store_image(actor=None, file=io.BytesIO(png()), **{**TYPED, **changes})


@pytest.mark.parametrize(
    ("who", "listed", "added"), [("writer", 200, 200), ("reviewer", 200, 403), ("operator", 403, 403), (None, 302, 302)]
)
def test_pictures_are_added_by_editors(desk, signed_in, client, who, listed, added):
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get("/desk/images/").status_code == listed
    assert reader.get("/desk/images/new/").status_code == added


def test_a_picture_is_added_and_listed(desk, signed_in):
    client = signed_in(desk.writer)
    answer = client.post("/desk/images/new/", {**TYPED, "file": upload()}, follow=True)

    assert "An oak in a field." in answer.content.decode()
    assert Image.objects.get().uploaded_by == desk.writer


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"alt_text": ""}, "Say what the picture shows"),
        ({"is_decorative": "on"}, "A decorative picture has no alternative text"),
        ({"title": ""}, "Give it a title"),
        ({"file": upload(b"not a picture", "tree.png")}, "not a JPEG, PNG, WebP or GIF"),
        ({"file": upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tree.svg")}, "An SVG can hold script"),
        ({"file": upload(png()[:60])}, "damaged or cut off"),
        ({"file": upload(b"")}, "The file is empty"),
    ],
)
def test_what_is_not_taken_comes_back_with_a_sentence_and_what_was_typed(desk, signed_in, changes, sentence):
    answer = signed_in(desk.writer).post("/desk/images/new/", {**TYPED, "file": upload(), "credit": "Ada", **changes})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert 'value="Ada"' in answer.content.decode()
    assert not Image.objects.exists()


def test_a_form_without_a_file(desk, signed_in):
    answer = signed_in(desk.writer).post("/desk/images/new/", TYPED)

    assert answer.status_code == 400
    assert "Choose a picture." in answer.content.decode()


def test_a_picture_that_nothing_shows_is_deleted_after_asking(desk, signed_in):
    image = an_image()
    client = signed_in(desk.writer)

    assert client.get(f"/desk/images/{image.pk}/delete/").status_code == 200
    assert Image.objects.exists()
    client.post(f"/desk/images/{image.pk}/delete/")
    assert not Image.objects.exists()


def used_in_activity(image, desk):
    return a_draft(desk.writer, activities=(dataclasses.replace(SCENARIO, image=image.pk), SORT))


def used_in_an_activitys_text(image, desk):
    intro = f'<img src="{image.small.url}" alt="An oak">'
    return a_draft(desk.writer, activities=(dataclasses.replace(SCENARIO, intro=intro), SORT))


def used_in_text(image, desk):
    draft = a_draft(desk.writer)
    content = content_of(draft)
    body = f'<p>Look:</p><img src="{image.medium.url}" alt="An oak">'
    sections = {**content.sections, "script": SectionContent("script", body)}
    services.save_part(
        actor=desk.writer,
        version=draft,
        part=Part.TEXT,
        token=token_of(content, Part.TEXT),
        changes={"sections": sections},
    )
    return draft


@pytest.mark.parametrize("use", [used_in_activity, used_in_an_activitys_text, used_in_text])
def test_a_picture_in_use_is_not_deleted_and_the_page_leads_to_where_it_is(desk, signed_in, use):
    image = an_image()
    draft = use(image, desk)
    client = signed_in(desk.writer)
    answer = client.post(f"/desk/images/{image.pk}/delete/")

    assert answer.status_code == 409
    assert "“The funny photo” (version 1, draft)" in answer.content.decode()
    assert Image.objects.exists()
    link = f'<a href="/desk/lessons/{draft.lesson.slug}/1/">The funny photo, version 1</a>'
    assert link in client.get(f"/desk/images/{image.pk}/").content.decode()
    assert not AuditEntry.objects.filter(object_type="picture").exists()


def test_a_picture_of_a_version_that_is_history_is_not_deleted(desk):
    image = an_image()
    first = live(desk.writer, desk.reviewer, activities=(dataclasses.replace(SCENARIO, image=image.pk), SORT))
    draft = services.start_draft(actor=desk.writer, identity=first.lesson)
    fill(draft, lesson_content(), desk.writer)
    submitted = services.submit_version(actor=desk.writer, version=draft)
    approved = services.approve_version(actor=desk.reviewer, version=submitted, number=2)
    services.publish_version(actor=desk.reviewer, version=approved)

    assert [(use.number, use.state) for use in uses_of(image)] == [(1, State.RETIRED)]
    with pytest.raises(ImageRefused, match="version 1, retired"):
        delete_image(actor=desk.writer, image=image)


def test_a_picture_that_a_draft_no_longer_shows_can_be_deleted(desk):
    image = an_image()
    draft = used_in_text(image, desk)
    content = content_of(draft)
    sections = {**content.sections, "script": SectionContent("script", "<p>No picture any more.</p>")}
    services.save_part(
        actor=desk.writer,
        version=draft,
        part=Part.TEXT,
        token=token_of(content, Part.TEXT),
        changes={"sections": sections},
    )
    delete_image(actor=desk.writer, image=image)

    assert not Image.objects.exists()
    assert [entry.action for entry in AuditEntry.objects.filter(object_type="picture")] == ["deleted"]


def test_what_is_said_of_a_picture_is_changed_and_recorded(desk, signed_in):
    image = an_image()
    client = signed_in(desk.writer)
    typed = {"title": "An oak", "alt_text": "An oak in a field.", "credit": "Ada", "licence": "CC0"}
    answer = client.post(f"/desk/images/{image.pk}/", typed, follow=True)

    assert "Saved: An oak." in answer.content.decode()
    image.refresh_from_db()
    assert (image.title, image.credit, image.licence) == ("An oak", "Ada", "CC0")
    entry = AuditEntry.objects.get(object_type="picture")
    assert (entry.action, entry.actor_id) == ("edited", desk.writer.pk)
    assert entry.reason == "Title: “A tree” → “An oak”; Credit: “” → “Ada”; Licence: “” → “CC0”"
    client.post(f"/desk/images/{image.pk}/", typed)
    assert AuditEntry.objects.filter(object_type="picture").count() == 1


def test_a_picture_is_never_left_without_words(desk, signed_in):
    image = an_image()
    answer = signed_in(desk.writer).post(f"/desk/images/{image.pk}/", {"title": "Changed", "alt_text": ""})

    assert answer.status_code == 400
    assert "Say what the picture shows" in answer.content.decode()
    assert 'value="Changed"' in answer.content.decode()
    assert Image.objects.get().title == "A tree"


def test_a_reviewer_reads_the_page_of_a_picture_and_changes_nothing(desk, signed_in):
    image = an_image()
    client = signed_in(desk.reviewer)

    assert "An oak in a field." in client.get(f"/desk/images/{image.pk}/").content.decode()
    assert client.post(f"/desk/images/{image.pk}/", TYPED).status_code == 403
    assert client.post(f"/desk/images/{image.pk}/delete/").status_code == 403
    assert signed_in(desk.stranger).get(f"/desk/images/{image.pk}/").status_code == 403
    assert client.put(f"/desk/images/{image.pk}/").status_code == 405


def test_nobody_but_an_editor_adds_a_picture_by_the_service(desk):
    with pytest.raises(NotAllowed):
        add_image(actor=desk.reviewer, file=io.BytesIO(png()), **TYPED)

    assert not Image.objects.exists()


def test_where_the_audit_fails_neither_row_nor_file_is_left(desk, monkeypatch, settings):
    def fail(**values):
        raise RuntimeError("no audit")

    monkeypatch.setattr(images, "record", fail)
    with pytest.raises(RuntimeError):
        add_image(actor=desk.writer, file=io.BytesIO(png()), **TYPED)

    assert not Image.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_an_activity_offers_the_pictures(desk, signed_in):
    image, drawing = an_image(), IllustrationFactory()
    draft = a_draft(desk.writer)
    page = signed_in(desk.writer).get(f"/desk/lessons/{draft.lesson.slug}/1/activities/1/").content.decode()

    assert f'<option value="{image.pk}">A tree</option>' in page
    assert f'<option value="{drawing.slug}">Two friends</option>' in page
    assert image.small.url in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Spring", "A tree", "A boat"]),
        ("words=oak", ["A tree"]),
        ("words=ADA+boat", ["A boat"]),
        ("use=decorative", ["Spring"]),
        ("use=used", ["A tree"]),
        ("use=unused", ["Spring", "A boat"]),
        ("use=unused&words=spring", ["Spring"]),
        ("words=nothing+like+it", []),
        ("use=odd&page=99", ["Spring", "A tree", "A boat"]),
    ],
)
def test_pictures_are_found_by_words_and_by_use(desk, signed_in, query, titles):
    an_image(title="A boat", alt_text="A boat on a lake.", credit="Ada")
    used_in_activity(an_image(), desk)
    an_image(title="Spring", alt_text="", is_decorative=True)
    answer = signed_in(desk.reviewer).get(f"/desk/images/?{query}")

    assert [image.title for image in answer.context["page_obj"]] == titles
    assert ("Nothing fits" in answer.content.decode()) is not bool(titles)


def test_the_list_takes_as_many_queries_for_thirty(desk, signed_in):
    client = signed_in(desk.writer)
    used_in_activity(an_image(), desk)
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/images/?words=oak&use=used")
    held = Image.objects.get()
    fields = {name: getattr(held, name) for name in ("title", "alt_text", "small", "medium", "large")}
    more = Image.objects.bulk_create(Image(**fields, width_px=40, height_px=30) for _ in range(499))
    LessonVersion.objects.get().images.add(*more[:60])
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/images/?words=oak&use=used")

    assert len(few) == len(many) <= 12
