import contextlib
import hashlib
import io
import zipfile
import zlib

import hypothesis
import pytest
from django.core.files.storage import storages
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from lessons.library import office_files, pdf_files
from lessons.library.document_errors import DocumentRefused
from lessons.library.document_store import delete_document, kind_of, name_of, store_document
from lessons.library.enums import DocumentKind
from lessons.library.models import Document

from .documents import HYPERLINK, SLIDES, TEMPLATE, WORD, docx, office, pdf, pptx, relation, stream, types, zipped

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def kept() -> set[str]:
    return set(storages["documents"].listdir("")[1])


def store(data: bytes, **changes) -> Document:
    return store_document(actor=None, file=io.BytesIO(data), title="A worksheet: my day", **changes)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "kind"), [(pdf, DocumentKind.PDF), (docx, DocumentKind.DOCX), (pptx, DocumentKind.PPTX)]
)
def test_each_kind_is_kept_as_it_was_sent_under_a_name_that_says_nothing(make, kind):
    data = make()
    document = store(data)

    with document.file.open() as file:
        assert file.read() == data
    assert (document.kind, document.size_bytes) == (kind, len(data))
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert "worksheet" not in document.file.name
    assert name_of(document) == f"a-worksheet-my-day.{kind.value}"


def test_the_kind_is_told_by_what_is_in_it():
    assert kind_of(pdf(stream(b"<< /Type /Page >>"), stream(b"q 1 0 0 1 0 0 cm Q", b"/Filter /FlateDecode"))) == "pdf"
    assert kind_of(docx(word___rels__document_dot_xml_dot_rels=relation(HYPERLINK, "https://example.org"))) == "docx"
    assert kind_of(pptx(ppt__embeddings__chart_dot_xlsx=zipped({"xl/workbook.xml": "<w/>"}))) == "pptx"
    assert kind_of(pptx(ppt__printerSettings__printerSettings1_dot_bin=b"settings")) == "pptx"


def spelt(name: bytes) -> bytes:
    return b"/" + b"".join(b"#%02x" % letter for letter in name)


PREDICTED = b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>"
EXE = b"MZ" + bytes(100)
REFUSED = {
    "nothing": (lambda: b"", "not a PDF, a Word document"),
    "a text": (lambda: b"Dear colleague,", "not a PDF, a Word document"),
    "a page of HTML": (lambda: b"<!doctype html><script>alert(1)</script>", "not a PDF"),
    "an old Word document": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "not a PDF"),
    "a program": (lambda: EXE, "not a PDF"),
    "more than twenty megabytes": (lambda: pdf() + bytes(20 * 1024 * 1024), "larger than 20 MB"),
    "a PDF behind HTML": (lambda: b"<script>alert(1)</script>" + pdf(), "not a PDF"),
    "a PDF that is cut off": (lambda: pdf()[:-20], "damaged or cut off"),
    "a PDF with script": (lambda: pdf(SCRIPT), "it holds script"),
    "script spelt in numbers": (lambda: pdf(b"<< /S " + spelt(b"JavaScript") + b" >>"), "it holds script"),
    "script in packed objects": (lambda: pdf(stream(b"5 0 " + SCRIPT)), "it holds script"),
    "script deep in packed objects": (lambda: pdf(stream(bytes(65_530) + SCRIPT)), "it holds script"),
    "script in a stream that does not say what it is": (lambda: pdf(stream(SCRIPT, b"")), "it holds script"),
    "script in a stream that ends too early": (
        lambda: pdf(b"<< /First 4 >>\nstream\r\n" + zlib.compress(SCRIPT)[:-6] + b"\nendstream"),
        "it holds script",
    ),
    "packed objects that are mixed up": (lambda: pdf(stream(b"<< /Type /Page >>", PREDICTED)), "unusual way"),
    "packed objects in an old packing": (
        lambda: pdf(b"<< /Type /ObjStm /Filter /ASCIIHexDecode >>\nstream\n2f4a\nendstream"),
        "unusual way",
    ),
    "a PDF that starts a program": (lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), "start a program"),
    "a PDF with a file in it": (lambda: pdf(b"<< /Type /EmbeddedFile >>"), "carries other files"),
    "a PDF with a list of files": (lambda: pdf(b"<< /Names << /EmbeddedFiles 9 0 R >> >>"), "carries other files"),
    "a PDF with a password": (lambda: pdf(b"<< /Encrypt 9 0 R >>"), "locked with a password"),
    "a form that sends": (lambda: pdf(b"<< /S/SubmitForm/F(http://example.org) >>"), "sends what is typed"),
    "any zip": (lambda: zipped({"a.txt": "a"}), "neither a Word document"),
    "a spreadsheet": (lambda: office("application/vnd.ms-excel"), "neither a Word document"),
    "two kinds in one": (lambda: zipped({"[Content_Types].xml": types(WORD, SLIDES)}), "neither a Word document"),
    "a document that is cut off": (lambda: docx()[:-30], "damaged or cut off"),
    "macros": (lambda: docx(word__vbaProject_dot_bin=b"x"), "macros"),
    "a kind of document with macros": (
        lambda: office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "macros behind a chart": (
        lambda: pptx(ppt__embeddings__a_dot_xlsx=zipped({"xl/vbaProject.bin": "x"})),
        "macros",
    ),
    "controls": (lambda: docx(word__activeX__activeX1_dot_xml="<x/>"), "macros or controls"),
    "an object": (lambda: docx(word__embeddings__oleObject1_dot_bin=b"x"), "could be a program"),
    "an object that hides its name": (lambda: docx(word__media__a_dot_png=b"\xd0\xcf\x11\xe0" + bytes(9)), "program"),
    "a program in it": (lambda: docx(word__media__a_dot_png=EXE), "could be a program"),
    "a script in it": (lambda: docx(word__media__a_dot_js=b"x"), "could be a program"),
    "a template from elsewhere": (
        lambda: docx(word___rels__settings_dot_xml_dot_rels=relation(TEMPLATE, "https://example.org/a.dotm")),
        "fetches something from elsewhere",
    ),
    "a link to a file": (
        lambda: docx(word___rels__document_dot_xml_dot_rels=relation(HYPERLINK, "file://host/share/a.exe")),
        "fetches something",
    ),
    "types with a document type": (
        lambda: zipped({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + types(WORD)[21:]}),
        "unusual way",
    ),
    "types that are no XML": (lambda: zipped({"[Content_Types].xml": "<a>"}), "damaged"),
    "a part that climbs out": (lambda: docx(**{"word__..__..__a": "x"}), "unusual way"),
    "a part with a backslash": (lambda: docx(**{"word\\a.xml": "x"}), "unusual way"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_gets_a_sentence_and_nothing_is_stored(make, sentence):
    before = kept()
    with pytest.raises(DocumentRefused, match=sentence) as refused:
        store(make())

    assert str(refused.value).endswith(".")
    assert kept() == before
    assert not Document.objects.exists()


def test_a_document_with_a_password_is_refused():
    data = bytearray(docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(DocumentRefused, match="locked with a password"):
        kind_of(bytes(data))


def test_a_document_that_unpacks_to_too_much_is_read_to_its_limit_only(monkeypatch):
    monkeypatch.setattr(office_files, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(DocumentRefused, match="unpacks to more than"):
        kind_of(docx(word__a_dot_xml=bytes(1_100_000)))


def test_a_pdf_that_unpacks_to_too_much_is_read_to_its_limit_only(monkeypatch):
    monkeypatch.setattr(pdf_files, "_MOST_UNPACKED", 1_000_000)
    with pytest.raises(DocumentRefused, match="unusual way"):
        kind_of(pdf(stream(bytes(1_100_000))))


def test_a_size_that_lies_is_not_believed():
    data = bytearray(docx(word__a_dot_xml=bytes(3_000_000)))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")

    with pytest.raises(DocumentRefused, match="damaged"):
        kind_of(bytes(data))


def test_a_zip_of_countless_parts_is_not_even_opened(monkeypatch):
    data = zipped({f"word/{n}.xml": "" for n in range(3_001)})
    monkeypatch.setattr(zipfile, "ZipFile", None)

    with pytest.raises(DocumentRefused, match="unusual way"):
        kind_of(data)


@hypothesis.settings(max_examples=25, deadline=None)
@given(st.sampled_from([pdf(SCRIPT), docx(), pptx()]), st.data())
def test_a_damaged_document_is_refused_with_a_sentence_or_taken(data, draw):
    place = draw.draw(st.integers(0, len(data) - 1))
    broken = data[:place] + draw.draw(st.binary(max_size=6)) + data[place + draw.draw(st.integers(0, 40)) :]
    said = "."
    with contextlib.suppress(DocumentRefused):
        said = f"{kind_of(broken)}."

    assert said in (".", "pdf.", "docx.", "pptx.")


@pytest.mark.django_db
def test_where_the_row_fails_no_file_is_left(monkeypatch):
    def fail(self, *args, **kwargs):
        raise DatabaseError("The disk is full.")

    before = kept()
    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(DatabaseError):
        store(pdf())

    assert kept() == before


@pytest.mark.django_db
def test_deleting_takes_the_file_too(django_capture_on_commit_callbacks):
    before = kept()
    document = store(pdf())
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document=document)

    assert kept() == before
    assert not Document.objects.exists()
