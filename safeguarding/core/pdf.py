"""A page as a PDF, where WeasyPrint is installed; elsewhere the same page, which the browser prints.

WeasyPrint fetches nothing but our own styles, drawings and pictures: no other host, and no file beside those.
"""

import mimetypes
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from PIL import ImageFile

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError):  # OSError: the package is there, the libraries of the system are not
    weasyprint = None
    URLFetcher = object

# WeasyPrint tells Pillow, for the whole process, to take pictures that are cut off. An upload of one is refused here.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# What the site itself serves from its media folder, and nothing else that may lie there.
PICTURES = "images/"


def can_make_pdf() -> bool:
    return weasyprint is not None


def pdf_response(request: HttpRequest, template: str, context: dict[str, Any], filename: str) -> HttpResponse:
    """The page as a PDF to download; the page itself where WeasyPrint is missing. `filename` never names a pupil."""
    html = render_to_string(template, context, request=request)
    if weasyprint is None:
        return HttpResponse(html)
    return HttpResponse(
        pdf_of(html, request.build_absolute_uri()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def pdf_of(html: str, address: str) -> bytes:
    """`address` is that of the page, to which its links and pictures are relative."""
    document = weasyprint.HTML(string=html, base_url=address, url_fetcher=OwnFilesFetcher(address))
    made: bytes = document.write_pdf(pdf_tags=True)
    return made


class OwnFilesFetcher(URLFetcher):
    """Reads our static files and pictures from where they lie; whatever else is asked for is refused.

    WeasyPrint goes on without what it was refused. No redirect is followed, because nothing is asked of a server.
    """

    def __init__(self, address: str) -> None:
        super().__init__(allowed_protocols=("http", "https"), allow_redirects=False)
        self.origin = urlsplit(address)[:2]

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Raises ValueError for what is not ours, FileNotFoundError for what is not there."""
        parts = urlsplit(url)
        if parts[:2] != self.origin:
            raise ValueError("A PDF holds nothing from another address.")
        path = unquote(parts.path)
        with _open(path) as found:
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, found.read(), {"Content-Type": kind})


def _open(path: str) -> Any:
    """Both storages refuse a path that leads out of their folder."""
    if path.startswith(settings.MEDIA_URL + PICTURES):
        return default_storage.open(path.removeprefix(settings.MEDIA_URL))
    if not path.startswith(settings.STATIC_URL):
        raise ValueError("A PDF holds nothing but our own styles, drawings and pictures.")
    name = path.removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        return staticfiles_storage.open(name)
    source = finders.find(name)  # before `collectstatic`, in development and tests
    if source is None:
        raise FileNotFoundError(f"There is no static file {name}.")
    return File(open(source, "rb"))  # its caller closes it
