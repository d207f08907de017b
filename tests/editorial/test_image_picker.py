import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from lessons.editorial.checks import check, reference_of
from lessons.library.content import SectionContent
from lessons.library.image_store import store_image
from lessons.library.models import Image
from lessons.library.store import content_of, write_content
from tests.factories import IllustrationFactory

from .builders import a_draft, a_guide_draft, guide_content, lesson_content
from .pages import url

PICK = "/desk/images/pick/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def an_image(title="A tree", alt_text="An oak.", **changes):
    return store_image(actor=None, file=io.BytesIO(png()), title=title, alt_text=alt_text, **changes)


@pytest.mark.parametrize(
    ("who", "seen", "added"), [("writer", 200, 400), ("reviewer", 200, 403), ("stranger", 403, 403), (None, 302, 302)]
)
def test_the_desk_looks_and_editors_add(desk, signed_in, client, who, seen, added):
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(PICK).status_code == seen
    assert reader.post(PICK, {}).status_code == added


def test_only_an_editor_is_offered_to_add_one(desk, signed_in):
    assert "Add it and use it" in signed_in(desk.writer).get(PICK).content.decode()
    assert "Add it and use it" not in signed_in(desk.reviewer).get(PICK).content.decode()
    assert signed_in(desk.writer).put(PICK).status_code == 405


def test_a_picture_is_offered_with_what_a_text_needs(desk, signed_in):
    image = an_image(alt_text='An "oak" & a hill.')
    page = signed_in(desk.writer).get(PICK).content.decode()

    assert f'data-pick="{image.pk}"' in page
    assert f'data-src="{image.medium.url}"' in page
    assert 'data-alt="An &quot;oak&quot; &amp; a hill."' in page


def test_it_is_searched_and_paged(desk, signed_in):
    an_image("A boat", "A boat on a lake.")
    for number in range(25):
        an_image(f"Oak {number}", "An oak.")
    client = signed_in(desk.writer)

    assert client.get(PICK, {"words": "lake"}).content.decode().count("data-pick=") == 1
    first = client.get(PICK, {"words": "oak"}).content.decode()
    assert first.count("data-pick=") == 24
    assert 'href="?words=oak&amp;page=2"' in first
    assert client.get(PICK, {"words": "oak", "page": "2"}).content.decode().count("data-pick=") == 1
    assert "No picture has these words." in client.get(PICK, {"words": "zebra"}).content.decode()


def test_drawings_are_offered_only_where_they_can_stand(desk, signed_in):
    drawing = IllustrationFactory()
    client = signed_in(desk.writer)

    assert f'data-pick="{drawing.slug}"' in client.get(PICK, {"drawings": "on"}).content.decode()
    assert "data-pick=" not in client.get(PICK, {"drawings": "on", "words": "zebra"}).content.decode()
    assert "data-pick=" not in client.get(PICK).content.decode()


def test_a_picture_is_added_there_by_the_same_rules(desk, signed_in):
    an_image("Another", "Another one.")
    typed = {"title": "A tree", "alt_text": "An oak.", "file": SimpleUploadedFile("a.png", png())}
    answer = signed_in(desk.writer).post(PICK, typed)

    assert answer.status_code == 201
    assert answer.content.decode().count("data-pick=") == 1
    assert f'data-pick="{Image.objects.get(title="A tree").pk}"' in answer.content.decode()


def test_what_is_not_taken_comes_back_with_a_sentence_and_what_was_typed(desk, signed_in):
    typed = {"title": "A tree", "alt_text": "An oak.", "file": SimpleUploadedFile("a.png", png()[:60])}
    answer = signed_in(desk.writer).post(PICK, typed)

    assert answer.status_code == 400
    assert "damaged or cut off" in answer.content.decode()
    assert 'value="An oak."' in answer.content.decode()
    assert not Image.objects.exists()


def test_its_fields_are_not_those_of_the_page_that_it_opens_on(desk, signed_in):
    assert 'id="id_' not in signed_in(desk.writer).get(PICK).content.decode()


def test_both_pages_with_rich_text_have_the_picker(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)

    for page in ("text", "activities/1"):
        assert f'data-image-picker="{PICK}"' in client.get(url(draft, page)).content.decode()
    assert "data-picks" in client.get(url(draft, "activities/1")).content.decode()


def test_it_takes_as_many_queries_for_thirty(desk, signed_in):
    client = signed_in(desk.writer)
    an_image()
    IllustrationFactory()
    with CaptureQueriesContext(connection) as few:
        client.get(PICK, {"drawings": "on"})
    for number in range(29):
        an_image(f"Oak {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(PICK, {"drawings": "on"})

    assert len(few) == len(many) <= 8


# --- a picture in a text, and the checks ----------------------------------------------------------------------


def problems_with(version, body):
    make = lesson_content if hasattr(version, "lesson") else guide_content
    kind = next(iter(make().sections))
    sections = {**make().sections, kind: SectionContent(kind, body, make().sections[kind].minutes)}
    write_content(version, make(sections=sections))
    content = content_of(version)
    return [p.message for p in check(content, reference_of(version, content)) if "picture" in p.message.lower()]


@pytest.mark.parametrize("draft_of", [a_draft, a_guide_draft])
def test_a_picture_in_a_text_needs_words_unless_it_is_decorative(desk, draft_of):
    oak, dots = an_image(), an_image("Dots", "", is_decorative=True)
    draft = draft_of(desk.writer)

    assert problems_with(draft, f'<p>a</p><img src="{oak.medium.url}" alt="An oak">') == []
    assert problems_with(draft, f'<p>a</p><img src="{dots.small.url}" alt="">') == []
    assert problems_with(draft, f'<p>a</p><img src="{oak.medium.url}" alt=" ">') == [
        "A picture has no alternative text."
    ]


@pytest.mark.parametrize("draft_of", [a_draft, a_guide_draft])
def test_a_picture_that_is_not_in_the_library_stops_publishing(desk, draft_of):
    draft = draft_of(desk.writer)

    assert problems_with(draft, '<p>a</p><img src="/media/images/gone-medium.webp" alt="An oak">') == [
        "A picture is not, or no longer, in our library."
    ]


def test_what_a_version_shows_is_known_however_it_is_shown(desk):
    inside, removed = an_image(), an_image("A boat", "A boat.")
    draft = a_draft(desk.writer)
    problems_with(draft, f'<p>a</p><img src="{removed.large.url}" alt="x"><img src="{inside.small.url}" alt="x">')
    assert set(draft.images.all()) == {inside, removed}
    problems_with(draft, f'<p>a</p><img src="{inside.large.url}" alt="x">')

    assert set(draft.images.all()) == {inside}
