import dataclasses
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.library.content import SectionContent
from lessons.library.image_store import store_image
from lessons.library.models import Image
from lessons.library.store import content_of
from tests.factories import IllustrationFactory

from .builders import SCENARIO, SORT, a_draft

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
        ({"title": ""}, "required"),
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
def test_a_picture_in_use_is_not_deleted(desk, signed_in, use):
    image = an_image()
    use(image, desk)
    answer = signed_in(desk.writer).post(f"/desk/images/{image.pk}/delete/")

    assert answer.status_code == 409
    assert "The funny photo" in answer.content.decode()
    assert Image.objects.exists()


def test_an_activity_offers_the_pictures(desk, signed_in):
    image, drawing = an_image(), IllustrationFactory()
    draft = a_draft(desk.writer)
    page = signed_in(desk.writer).get(f"/desk/lessons/{draft.lesson.slug}/1/activities/1/").content.decode()

    assert f'<option value="{image.pk}">A tree</option>' in page
    assert f'<option value="{drawing.slug}">Two friends</option>' in page
    assert image.small.url in page


def test_the_list_takes_as_many_queries_for_thirty(desk, signed_in):
    client = signed_in(desk.writer)
    an_image()
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/images/")
    for _ in range(29):
        an_image()
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/images/")

    assert len(few) == len(many) <= 12
