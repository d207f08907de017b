"""The pages on which a draft is written, one for each part."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from lessons.library.store import AnyVersion, content_of, held_content
from safeguarding.core.csp import editor_csp

from .. import services
from ..checks.problem import Part
from ..enums import Kind
from ..errors import EditedMeanwhile, NotAllowed, WrongStatus
from ..forms.editor import Editor
from ..part_editors import Build, Gone, builder_of
from ..parts import token_of
from ..places import Urls, urls_of
from ..queries.checks_panel import ChecksPanel
from ..queries.comments import comments_on
from ..queries.version import get_version, part_label
from .access import current_user, desk_form, require_editor


@desk_form
def basics(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.BASICS)


@editor_csp
@desk_form
def text(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.TEXT)


@desk_form
def objectives(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.OBJECTIVES)


@desk_form
def evidence(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    words = request.GET.get("words", "")[:100]
    return _edit(request, kind, get_version(kind, slug, number), Part.EVIDENCE, words=words)


@desk_form
def documents(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.DOCUMENTS)


@editor_csp
@desk_form
def activity(request: HttpRequest, kind: Kind, slug: str, number: int, place: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.ACTIVITIES, place)


@desk_form
def question(request: HttpRequest, kind: Kind, slug: str, number: int, place: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), Part.QUESTIONS, place)


def _edit(
    request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, place: int | None = None, words: str = ""
) -> HttpResponse:
    """Show the forms, or save them. What cannot be saved is shown again with all that was typed."""
    require_editor(request)
    build = builder_of(kind, version, part, place, words)
    urls = urls_of(kind, version, part, place)
    content = held_content(version)
    if request.method != "POST":
        editor = build(content, None)
        if not version.is_draft:
            return locked(request, kind, version, editor, NOT_A_DRAFT)
        return page(request, kind, version, editor, urls, token_of(content, editor.part))
    try:
        editor = build(content, request.POST)
    except Gone as gone:
        return locked(request, kind, version, None, str(gone))
    token = request.POST.get("token", "")
    is_valid = editor.is_valid()
    if not version.is_draft:
        return locked(request, kind, version, editor, NOT_A_DRAFT)
    if not is_valid:
        return page(request, kind, version, editor, urls, token, status=400)
    try:
        services.save_part(
            actor=current_user(request), version=version, part=editor.part, token=token, changes=editor.changes()
        )
        services.resolve_comments(actor=current_user(request), version=version, comments=ticked_comments(request))
    except EditedMeanwhile as conflict:
        return _conflict(request, kind, version, editor, build, urls, conflict)
    except WrongStatus as error:
        return locked(request, kind, version, editor, str(error))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"Saved: {part_label(kind, editor.part).lower()}.")
    return redirect(urls.back)


def ticked_comments(request: HttpRequest) -> set[int]:
    """Which comments the writer says are done, together with this save."""
    return {int(pk) for pk in request.POST.getlist("comment-done") if re.fullmatch("[0-9]{1,18}", pk)}


NOT_A_DRAFT = (
    "This version is no longer a draft: what has been submitted is never edited again. "
    "Start a new version to change it."
)


def _conflict(
    request: HttpRequest,
    kind: Kind,
    version: AnyVersion,
    editor: Editor,
    build: Build,
    urls: Urls,
    conflict: EditedMeanwhile,
) -> HttpResponse:
    """A fresh token, so that saving again is a decision."""
    version = get_version(kind, version.identity.slug, version.number)
    fresh = content_of(version)
    try:
        editor.show_saved(build(fresh, None))
    except Gone as gone:
        return locked(request, kind, version, editor, str(gone))
    return page(request, kind, version, editor, urls, token_of(fresh, editor.part), conflict=conflict, status=409)


def page(
    request: HttpRequest,
    kind: Kind,
    version: AnyVersion,
    editor: Editor,
    urls: Urls,
    token: str,
    *,
    conflict: EditedMeanwhile | None = None,
    panel: ChecksPanel | None = None,
    status: int = 200,
) -> HttpResponse:
    """The forms, as saved or as typed; `panel` where they were checked and not saved."""
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, editor.part),
        "editor": editor,
        "token": token,
        "conflict": conflict,
        "urls": urls,
        "panel": panel,
        "comments": comments_on(current_user(request), kind, version).of(editor.part),
        "ticked": ticked_comments(request),
    }
    return render(request, editor.template, context, status=status)


def locked(request: HttpRequest, kind: Kind, version: AnyVersion, editor: Editor | None, why: str) -> HttpResponse:
    """Nothing can be saved here: say why, and show what was typed for copying."""
    typed = editor.typed() if editor else _typed(request.POST)
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, editor.part) if editor else "Nothing to save into",
        "why": why,
        "typed": typed if request.method == "POST" else [],
    }
    return render(request, "editorial/part_locked.html", context, status=409)


def _typed(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, as far as it can be told without the form."""
    own = ("csrfmiddlewaretoken", "token", "comment-done")
    return [
        (name.replace("-", " ").replace("_", " ").capitalize(), value)
        for name, value in data.items()
        if isinstance(value, str) and value.strip() and name not in own and not name.endswith(NOT_WORDS)
    ]


NOT_WORDS = ("_FORMS", "-ORDER", "-DELETE")
