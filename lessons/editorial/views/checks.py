"""The publishing checks of a text that is being typed. Nothing here is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lessons.library.store import held_content
from safeguarding.core.csp import editor_csp

from ..checks.problem import Part
from ..enums import Kind
from ..forms.as_typed import content_as_typed
from ..part_editors import Gone, builder_of
from ..places import urls_of
from ..queries.checks_panel import Here, checks_panel, panel_of_saved
from ..queries.version import get_version
from .access import desk_page, desk_step, require_editor
from .parts import NOT_A_DRAFT, locked, page

PANEL = "editorial/_checks_body.html"


@desk_page
def saved_checks(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    """The panel of what is saved, for a page on which nothing is being typed yet."""
    version = get_version(kind, slug, number)
    return render(request, PANEL, {"panel": panel_of_saved(kind, version)})


@editor_csp
@desk_step
def check(
    request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int | None = None
) -> HttpResponse:
    """The panel alone for the script of the page; without it the whole page, with all that was typed."""
    require_editor(request)
    version = get_version(kind, slug, number)
    build = builder_of(kind, version, part, place)
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    try:
        editor = build(held_content(version), request.POST)
    except Gone as gone:
        return _sentence(request, str(gone)) if is_script else locked(request, kind, version, None, str(gone))
    content = content_as_typed(editor)
    if not version.is_draft:
        return _sentence(request, NOT_A_DRAFT) if is_script else locked(request, kind, version, editor, NOT_A_DRAFT)
    panel = checks_panel(kind, version, content, Here(part, place), editor.errors())
    if is_script:
        return render(request, PANEL, {"panel": panel})
    urls = urls_of(kind, version, part, place)
    return page(request, kind, version, editor, urls, request.POST.get("token", ""), panel=panel)


def _sentence(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, PANEL, {"why": why}, status=409)
