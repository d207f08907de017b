"""A translation is begun, read beside what has changed in its source, and said to be brought up to date."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeguarding.core.languages import language_of

from .. import services
from ..enums import Kind
from ..errors import EditorialError
from ..queries.translations import source_changes
from ..queries.version import get_version
from .access import current_user, desk_page, desk_step, status_of
from .version import _number_read, _overview


@desk_step
def translate(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    found = get_version(kind, slug, number)
    language = request.POST.get("language", "")
    try:
        version = services.start_translation(actor=current_user(request), identity=found.identity, language=language)
    except EditorialError as error:
        return _overview(request, kind, slug, number, str(error), status=status_of(error))
    name = language_of(language).english
    messages.success(request, f"This is the draft in {name}. It begins as a copy of what is live: write over it.")
    return redirect("editorial:version", kind=kind, slug=version.identity.slug, number=version.number)


@desk_page
def changes_of_source(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    page = source_changes(current_user(request), kind, slug, number)
    return render(request, "editorial/source_changes.html", {"page": page})


@desk_step
def confirm(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    found = get_version(kind, slug, number)
    try:
        services.confirm_translation(actor=current_user(request), version=found, number=_number_read(request))
    except EditorialError as error:
        return _overview(request, kind, slug, number, str(error), status=status_of(error))
    messages.success(request, "Noted: this draft says the same as the source does now.")
    return redirect("editorial:version", kind=kind, slug=slug, number=number)
