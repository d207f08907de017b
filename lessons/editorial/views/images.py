from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lessons.library.image_store import WIDTHS, ImageRefused, uses_of
from lessons.library.models import Image

from ..forms.image import ImageDetailsForm, ImageFilterForm, ImageUploadForm
from ..queries.images import image_page
from ..rules import can_write
from ..services.images import DETAILS, add_image, delete_image, edit_image
from .access import current_user, desk_form, desk_page, require_editor


@desk_page
def image_list(request: HttpRequest) -> HttpResponse:
    form = ImageFilterForm(request.GET)
    chosen = {name: value for name, value in vars(form.shown).items() if value}
    context = {
        "form": form,
        "page_obj": image_page(form.shown, request.GET.get("page")),
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
    }
    return render(request, "editorial/image_list.html", context)


@desk_form
def image_upload(request: HttpRequest) -> HttpResponse:
    require_editor(request)
    if request.method != "POST":
        return render(request, "editorial/image_upload.html", {"form": ImageUploadForm()})
    form = ImageUploadForm(request.POST, request.FILES)
    image = added(request, form)
    if image is None:
        return render(request, "editorial/image_upload.html", {"form": form}, status=400)
    messages.success(request, f"“{image.title}” is in the library of pictures.")
    return redirect("editorial:images")


def added(request: HttpRequest, form: ImageUploadForm) -> Image | None:
    """The new picture; None where the form says why there is none."""
    if form.is_valid():
        try:
            return add_image(actor=current_user(request), **form.cleaned_data)
        except ImageRefused as error:
            form.add_error("file", str(error))
    return None


@desk_form
def image_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of a picture, where it is used and which address a text names."""
    image = get_object_or_404(Image, pk=pk)
    if request.method != "POST":
        return _detail(request, image, ImageDetailsForm(initial={name: getattr(image, name) for name in DETAILS}))
    require_editor(request)
    form = ImageDetailsForm(request.POST)
    if not form.is_valid():
        return _detail(request, image, form, 400)
    edit_image(actor=current_user(request), image=image, **form.cleaned_data)
    messages.success(request, f"Saved: {form.cleaned_data['title']}.")
    return redirect("editorial:image", pk=pk)


def _detail(request: HttpRequest, image: Image, form: ImageDetailsForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "image": image,
        "form": form,
        "uses": uses_of(image),
        "sizes": [(size, most, getattr(image, size).url) for size, most in WIDTHS.items()],
        "can_edit": can_write(current_user(request)),
    }
    return render(request, "editorial/image_detail.html", context, status=status)


@desk_form
def image_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, or says where it is used; POST does."""
    require_editor(request)
    image = get_object_or_404(Image, pk=pk)
    if request.method != "POST":
        return render(request, "editorial/image_delete.html", {"image": image, "uses": uses_of(image)})
    try:
        delete_image(actor=current_user(request), image=image)
    except ImageRefused as error:
        context = {"image": image, "uses": uses_of(image), "refusal": str(error)}
        return render(request, "editorial/image_delete.html", context, status=409)
    messages.success(request, f"“{image.title}” was deleted.")
    return redirect("editorial:images")
