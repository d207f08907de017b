"""The window in which a picture is chosen for a text or an activity: a piece of a page, which script puts there."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lessons.library.models import Image

from ..forms.image import ImageUploadForm, PickForm
from ..queries.images import Shown, drawings_with, image_page
from ..rules import can_write
from .access import current_user, desk_form, require_editor
from .images import added

IDS = "pick_%s"  # apart from those of the page that it opens on


@desk_form
def image_pick(request: HttpRequest) -> HttpResponse:
    """GET lists and searches; POST adds a picture, and answers with it alone (201)."""
    if request.method != "POST":
        return _window(request, ImageUploadForm(auto_id=IDS))
    require_editor(request)
    form = ImageUploadForm(request.POST, request.FILES, auto_id=IDS)
    image = added(request, form)
    if image is None:
        return _window(request, form, status=400)
    return _window(request, ImageUploadForm(auto_id=IDS), image, 201)


def _window(
    request: HttpRequest, upload: ImageUploadForm, image: Image | None = None, status: int = 200
) -> HttpResponse:
    search = PickForm(request.GET, auto_id=IDS)
    words, has_drawings = search.chosen
    page = image_page(Shown(words), request.GET.get("page"))
    context: dict[str, Any] = {
        "search": search,
        "page_obj": page,
        "images": [image] if image else list(page.object_list),
        "drawings": drawings_with(words) if has_drawings and page.number == 1 and not image else [],
        "querystring": urlencode({"words": words, **({"drawings": "on"} if has_drawings else {})}),
        "words": words,
        "upload": upload,
        "can_add": can_write(current_user(request)),
    }
    return render(request, "editorial/_pick.html", context, status=status)
