import io

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory
from PIL import Image

from safeguarding.core import pdf

ADDRESS = "https://lessons.example/teach/"


@pytest.fixture
def fetcher() -> pdf.OwnFilesFetcher:
    pytest.importorskip("weasyprint")
    return pdf.OwnFilesFetcher(ADDRESS)


@pytest.fixture
def page(rf: RequestFactory):
    return rf.get("/teach/", headers={"host": "localhost"})


def test_a_page_comes_as_a_pdf_to_download(page):
    pytest.importorskip("weasyprint")
    response = pdf.pdf_response(page, "404.html", {}, "plan.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_without_weasyprint_the_page_itself_comes(page, monkeypatch):
    monkeypatch.setattr(pdf, "weasyprint", None)
    response = pdf.pdf_response(page, "404.html", {}, "plan.pdf")

    assert not pdf.can_make_pdf()
    assert response["Content-Type"].startswith("text/html")
    assert "<h1" in response.text


def test_our_own_styles_and_pictures_are_read(fetcher):
    written = io.BytesIO()
    Image.new("RGB", (2, 2)).save(written, "WEBP")
    name = default_storage.save("images/dot.webp", ContentFile(written.getvalue()))

    assert b"@layer" in fetcher.fetch("https://lessons.example/static/css/site.css").read()
    assert fetcher.fetch(f"https://lessons.example/media/{name}").read() == written.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/static/css/site.css",
        "http://lessons.example/static/css/site.css",
        "file:///etc/passwd",
        "data:text/css,body{}",
        "ftp://lessons.example/static/css/site.css",
        "https://lessons.example/healthz",
        "https://lessons.example/media/secret.txt",
        "https://lessons.example/media/images/../../../../etc/passwd",
        "https://lessons.example/media/images/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "https://lessons.example/static/../../../../../etc/passwd",
        "https://lessons.example/static//etc/passwd",
    ],
)
def test_nothing_else_is_read(fetcher, address):
    with pytest.raises((ValueError, OSError, SuspiciousOperation)):
        fetcher.fetch(address)


def test_what_was_refused_is_left_out_and_the_pdf_is_made(page):
    pytest.importorskip("weasyprint")
    html = '<p>Words</p><img src="file:///etc/hostname"><img src="https://elsewhere.example/x.png">'

    assert pdf.pdf_of(html, ADDRESS).startswith(b"%PDF-")


def test_where_pdfs_are_made_a_picture_that_is_cut_off_is_still_refused():
    whole = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(whole, "PNG")

    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(whole.getvalue()[:1500])).load()
