"""What each reader will see: of a version as it is saved, and of a part as it is being typed. Nothing here is saved."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.models import GuideVersion, LessonVersion
from lessons.library.store import AnyVersion, held_content
from safeguarding.core.csp import framed_page, framing_csp

from ..checks.problem import Part
from ..enums import As, Kind
from ..errors import WrongStatus
from ..forms.as_typed import content_as_typed
from ..forms.editor import Editor
from ..forms.preview import ReaderForm
from ..part_editors import Gone, builder_of
from ..places import urls_of
from ..queries import as_read
from ..queries.version import get_version, part_label
from .access import desk_page, desk_step, require_editor
from .parts import NOT_A_DRAFT, locked

OWN_FIELDS = ("csrfmiddlewaretoken", "reader")


@framing_csp
@desk_page
def readers(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    version = get_version(kind, slug, number)
    action = reverse("editorial:preview-frame", kwargs={"kind": kind, "slug": slug, "number": number})
    return _choices(request, kind, version, held_content(version), action)


@framed_page
@desk_page
def frame(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    version = get_version(kind, slug, number)
    return _framed(request, version, held_content(version), request.GET)


@desk_page
def paper_look(request: HttpRequest) -> HttpResponse:
    """The look of every page, its rules for print held for the screen too: a frame cannot be shown as on paper else."""
    look = Path(str(finders.find("css/site.css"))).read_text(encoding="utf-8")
    return HttpResponse(look.replace("@media print {", "@media all {"), content_type="text/css")


@framing_csp
@desk_step
def unsaved_readers(
    request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int | None = None
) -> HttpResponse:
    """The page carries what was typed, so that it can be shown as another reader sees it and is stored nowhere."""
    require_editor(request)
    version = get_version(kind, slug, number)
    try:
        editor = _editor(request, kind, version, part, place)
    except (Gone, WrongStatus) as refusal:
        return locked(request, kind, version, None, str(refusal))
    content = content_as_typed(editor)
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in OWN_FIELDS]
    frame_url = urls_of(kind, version, part, place).frame
    return _choices(
        request, kind, version, content, frame_url, part=part_label(kind, part), typed=typed, errors=editor.errors()
    )


@framed_page
@desk_step
def unsaved_frame(
    request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int | None = None
) -> HttpResponse:
    require_editor(request)
    version = get_version(kind, slug, number)
    try:
        editor = _editor(request, kind, version, part, place)
    except (Gone, WrongStatus) as refusal:
        return _sentence(request, str(refusal), 409)
    return _framed(request, version, content_as_typed(editor), request.POST)


def _editor(request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, place: int | None) -> Editor:
    """Raises Gone, and WrongStatus for what is no longer a draft."""
    build = builder_of(kind, version, part, place)
    editor = build(held_content(version), request.POST)
    if not version.is_draft:
        raise WrongStatus(NOT_A_DRAFT)
    return editor


def _choices(
    request: HttpRequest,
    kind: Kind,
    version: AnyVersion,
    content: Content,
    action: str,
    *,
    part: str = "",
    typed: Iterable[tuple[str, str]] = (),
    errors: Iterable[Any] = (),
) -> HttpResponse:
    context = {
        "kind": kind,
        "slug": version.identity.slug,
        "version": version,
        "readers": As.of(content),
        "widths": (320, 768, 1280),
        "action": action,
        "part": part,
        "typed": list(typed),
        "errors": list(errors),
    }
    return render(request, "editorial/preview_readers.html", context)


def _framed(request: HttpRequest, version: AnyVersion, content: Content, asked: QueryDict) -> HttpResponse:
    form = ReaderForm(asked, content=content)
    if not form.is_valid():
        return _sentence(request, str(form.errors["reader"][0]), 400)
    reader = form.chosen
    context: dict[str, Any] = {"title": content.title, "reader": reader, "is_on_paper": reader is As.PRINT}
    template = "editorial/frame_guide.html"
    if isinstance(content, GuideContent) and isinstance(version, GuideVersion):
        context["reading"] = as_read.of_guide(version, content)
    elif isinstance(content, LessonContent) and isinstance(version, LessonVersion):
        if reader in (As.PUPIL, As.PROJECTOR):
            template = "editorial/frame_pupil.html"
            context["reading"] = as_read.for_pupils(version, content)
        else:
            is_parent = reader is As.PARENT
            template = "editorial/frame_lesson.html"
            context["reading"] = (as_read.for_visitors if is_parent else as_read.for_teachers)(version, content)
    return render(request, template, context)


def _sentence(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "editorial/frame.html", {"title": sentence, "sentence": sentence}, status=status)
