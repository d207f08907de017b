"""What a hostile or an unlucky editor sends to the desk's pages: each gets a sentence and a 4xx, and nothing is stored.

How much memory each takes is measured by benchmarks/hostile_uploads.py.
"""

import io
import re
import struct
import zipfile
import zlib

import hypothesis
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from lessons.editorial.forms.body import LONGEST_PASTED, script_in
from lessons.library.models import Document, Image, LessonVersion
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from safeguarding.core.richtext import clean
from tests.library.documents import docx, pdf

from .builders import a_draft
from .pages import filled, url

IMAGE, PICK, DOCUMENT = "/desk/images/new/", "/desk/images/pick/", "/desk/documents/new/"
PACKAGE = "/desk/packages/import/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def encoded(form="JPEG", size=(2000, 1000), **options):
    out = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def hundred_megapixels():
    header = b"IHDR" + struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 4) + b"IDAT" + b"data"


def zipped(name, held):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, held)
    return out.getvalue()


def lying():
    data = bytearray(zipped("lessons/a.md", bytes(3_000_000)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


UPLOADS = {
    "an SVG": (IMAGE, lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "An SVG can hold script"),
    "an SVG that is called a picture": (PICK, lambda: b"<?xml version='1.0'?><svg/>", "An SVG can hold script"),
    "a truncated JPEG": (IMAGE, lambda: encoded()[:3000], "damaged or cut off"),
    "a hundred megapixels": (IMAGE, hundred_megapixels, "10000 by 10000 pixels, more than 40 million"),
    "a page of HTML behind a GIF's first letters": (IMAGE, lambda: b"GIF89a<script>x()</script>", "damaged|not a JPEG"),
    "25 MB as a picture": (PICK, lambda: bytes(25 * 1024 * 1024), "larger than 10 MB"),
    "a large WebP": (IMAGE, lambda: encoded("WEBP", (4000, 2001)), "a WebP may have 8 million"),
    "25 MB as a document": (DOCUMENT, lambda: bytes(25 * 1024 * 1024), "larger than 20 MB"),
    "a PDF with script": (DOCUMENT, lambda: pdf(b"<< /S /JavaScript >>"), "it holds script"),
    "a document with macros": (DOCUMENT, lambda: docx(word__vbaProject_dot_bin=b"x"), "holds macros"),
    "a program called a document": (DOCUMENT, lambda: b"MZ" + bytes(200), "not a PDF"),
    "a zip that expands without end": (PACKAGE, lambda: zipped("lessons/a.md", bytes(60_000_000)), "larger than 2 MB"),
    "a zip that climbs out": (PACKAGE, lambda: zipped("../../a.md", b"x"), "no such file belongs into a package"),
    "a zip that lies about its sizes": (PACKAGE, lying, "damaged or cut off"),
    "a package of a newer version": (PACKAGE, lambda: zipped("package.yaml", b"format: 2"), "made by a newer version"),
    "a package that is no zip": (PACKAGE, lambda: b"lessons", "not a plain zip"),
}


@pytest.mark.parametrize(("page", "make", "sentence"), UPLOADS.values(), ids=UPLOADS)
def test_a_hostile_upload_gets_a_sentence_and_nothing_is_stored(desk, signed_in, media, page, make, sentence):
    documents = storages["documents"].listdir("")
    typed = {"title": "A", "alt_text": "B", "file": SimpleUploadedFile("upload.png", make())}
    answer = signed_in(desk.writer).post(page, typed)

    assert answer.status_code == 400
    assert re.search(sentence, answer.content.decode())
    assert not any(model.objects.exists() for model in (Image, Document, LessonVersion))
    assert not AuditEntry.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert storages["documents"].listdir("") == documents


@pytest.mark.parametrize(
    "pasted",
    [
        "<p>Fine</p><script>steal()</script>",
        '<p onmouseover="steal()">Fine</p>',
        '<p><a href="java\nscript:steal()">Fine</a></p>',
        "<svg><script>steal()</script></svg>",
        '<img src=x onerror="steal()">',
    ],
)
@pytest.mark.parametrize("page", ["text", "activities/1"])
def test_script_in_pasted_text_gets_a_sentence_and_what_was_typed_comes_back(desk, signed_in, page, pasted):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    client = signed_in(desk.writer)
    field = "intro" if page == "activities/1" else "home_note"
    answer = client.post(url(draft, page), filled(client, url(draft, page)) | {field: pasted})

    assert answer.status_code == 400
    assert "The text holds script" in answer.content.decode()
    assert "steal()" in answer.content.decode()
    assert "steal()" not in re.sub(r"(?s)<textarea.*?</textarea>", "", answer.content.decode())
    assert content_of(draft) == before


def test_words_about_script_are_no_script(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    body = "<p>Write onclick=&quot;x&quot; or &lt;script&gt;, and <a href='https://example.org/?on=1'>read on</a>.</p>"
    answer = client.post(url(draft, "text"), filled(client, url(draft, "text")) | {"home_note": body})

    assert answer.status_code == 302


@hypothesis.settings(max_examples=25, deadline=None)
@given(st.text(alphabet="<>/=\"'apsonclikrt ", max_size=60))
def test_what_is_clean_holds_no_script(text):
    assert script_in(clean(text)) == ""


def test_two_megabytes_of_pasted_word_get_a_sentence(desk, signed_in):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    client = signed_in(desk.writer)
    word = '<p class="MsoNormal"><o:p>&nbsp;</o:p><b style="mso-bidi-font-weight:normal">Word</b></p>\n'
    pasted = word * (2 * 1024 * 1024 // len(word))
    answer = client.post(url(draft, "text"), filled(client, url(draft, "text")) | {"home_note": pasted})

    assert len(pasted) > LONGEST_PASTED
    assert answer.status_code == 400
    assert "too long to read: at most 100,000 characters" in answer.content.decode()
    assert content_of(draft) == before


@pytest.mark.parametrize("with_token", [True, False])
def test_more_text_than_a_form_may_hold_gets_a_sentence_before_it_is_read(desk, with_token):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    client = Client(enforce_csrf_checks=with_token)
    client.force_login(desk.writer, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(url(draft, "text"))  # a browser has the cookie, and what it sends is read to find the token
    answer = client.post(url(draft, "text"), {"home_note": "a" * (6 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "A form may hold 5 MB of text." in answer.content.decode()
    assert content_of(draft) == before


def test_any_other_request_that_cannot_be_read_is_one_page(desk, signed_in):
    draft = a_draft(desk.writer)
    answer = signed_in(desk.writer).post(url(draft, "text"), {f"field-{n}": "x" for n in range(2_100)})

    assert answer.status_code == 400
    assert "We could not read that request" in answer.content.decode()
