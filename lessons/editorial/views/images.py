from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lessons.library.image_store import ImageRefused, delete_image, store_image, uses_of
from lessons.library.models import Image

from ..forms.image import ImageUploadForm
from .access import current_user, desk_form, desk_page, require_editor

PER_PAGE = 24


@desk_page
def image_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Image.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "editorial/image_list.html", {"page_obj": page, "images": list(page.object_list)})


@desk_form
def image_upload(request: HttpRequest) -> HttpResponse:
    require_editor(request)
    if request.method != "POST":
        return render(request, "editorial/image_upload.html", {"form": ImageUploadForm()})
    form = ImageUploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            image = store_image(actor=current_user(request), **form.cleaned_data)
        except ImageRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"“{image.title}” is in the library of pictures.")
            return redirect("editorial:images")
    return render(request, "editorial/image_upload.html", {"form": form}, status=400)


@desk_form
def image_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, or says where it is used; POST does."""
    require_editor(request)
    image = get_object_or_404(Image, pk=pk)
    if request.method != "POST":
        return render(request, "editorial/image_delete.html", {"image": image, "uses": uses_of(image)})
    try:
        delete_image(image=image)
    except ImageRefused as error:
        context = {"image": image, "uses": uses_of(image), "refusal": str(error)}
        return render(request, "editorial/image_delete.html", context, status=409)
    messages.success(request, f"“{image.title}” was deleted.")
    return redirect("editorial:images")
