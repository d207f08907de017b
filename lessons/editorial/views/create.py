from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.library.models import AgeBand, Topic
from lessons.library.store import AnyVersion

from .. import services
from ..enums import Kind
from ..errors import EditorialError
from ..forms.create import NewGuideForm, NewItemForm, NewLessonForm
from .access import current_user, desk_form, require_editor, status_of


@desk_form
def item_create(request: HttpRequest, kind: Kind) -> HttpResponse:
    require_editor(request)
    form_class = NewLessonForm if kind is Kind.LESSONS else NewGuideForm
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, kind, form, 200)
    if not form.is_valid():
        return _page(request, kind, form, 400)
    try:
        version = _create(request, kind, form)
    except EditorialError as error:
        form.add_error("slug", str(error))
        return _page(request, kind, form, status_of(error))
    messages.success(request, "The first draft is made. Begin with the basics; you can leave at any time.")
    return redirect("editorial:version", kind=kind, slug=version.identity.slug, number=version.number)


def _create(request: HttpRequest, kind: Kind, form: NewItemForm) -> AnyVersion:
    typed = dict(form.cleaned_data)
    topic = Topic.objects.get(slug=typed["topic"]) if typed["topic"] else None
    if kind is Kind.GUIDES:
        return services.create_guide(actor=current_user(request), **{**typed, "topic": topic})
    band = AgeBand.objects.get(slug=typed["band"])
    return services.create_lesson(actor=current_user(request), **{**typed, "topic": topic, "band": band})


def _page(request: HttpRequest, kind: Kind, form: NewItemForm, status: int) -> HttpResponse:
    return render(request, "editorial/item_create.html", {"kind": kind, "form": form}, status=status)
