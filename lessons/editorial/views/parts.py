"""The pages on which a draft is written, one for each part."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from lessons.library.content import Content
from lessons.library.store import AnyVersion, content_of, held_content
from safeguarding.core.csp import editor_csp

from .. import services
from ..checks.problem import Part
from ..enums import Kind
from ..errors import EditedMeanwhile, NotAllowed, WrongStatus
from ..forms.editor import Editor
from ..part_editors import Build, Gone, builder_of
from ..parts import slot_of, token_of
from ..places import Urls, is_on_write, urls_of
from ..queries.checks_panel import ChecksPanel
from ..queries.comments import comments_on
from ..queries.unsaved import KeptWords, OpenPart, kept_words, unsaved_of
from ..queries.version import get_version, label_of, part_label
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
    urls = urls_of(kind, version, part, place, is_on_write=is_on_write(request))
    content = held_content(version)
    if request.method != "POST":
        return _open(request, kind, version, content, build, urls)
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
            actor=current_user(request),
            version=version,
            part=editor.part,
            place=editor.place,
            token=token,
            changes=editor.changes(),
        )
        services.resolve_comments(actor=current_user(request), version=version, comments=ticked_comments(request))
    except EditedMeanwhile as conflict:
        return _conflict(request, kind, version, editor, build, urls, conflict)
    except WrongStatus as error:
        return locked(request, kind, version, editor, str(error))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"Saved: {label_of(kind, editor.part, editor.place).lower()}.")
    return redirect(urls.back)


def ticked_comments(request: HttpRequest) -> set[int]:
    """Which comments the writer says are done, together with this save."""
    return {int(pk) for pk in request.POST.getlist("comment-done") if re.fullmatch("[0-9]{1,18}", pk)}


def _open(
    request: HttpRequest, kind: Kind, version: AnyVersion, content: Content, build: Build, urls: Urls
) -> HttpResponse:
    """What is saved, or with `?mine` one's own words that were not saved. Where there are such, one chooses
    first: typing into what is saved would take their place.
    """
    editor = build(content, None)
    unsaved = unsaved_of(current_user(request), kind, version)
    key = editor.part, editor.place
    kept = kept_words(current_user(request), version, *key) if key in unsaved.mine else None
    restored = build(content, editor.restored(kept.words)) if kept else None
    if not version.is_draft:
        return locked(request, kind, version, restored or editor, NOT_A_DRAFT)
    others = unsaved.others.get(key, ())
    if kept and restored and "mine" in request.GET:
        restored.hush()
        return page(request, kind, version, restored, urls, kept.token, others=others, restored=kept)
    if restored and not _changes_something(restored):
        kept = None
    return page(request, kind, version, editor, urls, token_of(content, *key), others=others, kept=kept)


def _changes_something(editor: Editor) -> bool:
    return not editor.is_valid() or any(
        getattr(editor.content, name) != value for name, value in editor.changes().items()
    )


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
    return page(
        request, kind, version, editor, urls, token_of(fresh, editor.part, editor.place), conflict=conflict, status=409
    )


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
    kept: KeptWords | None = None,
    restored: KeptWords | None = None,
    others: tuple[OpenPart, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The forms, as saved or as typed; `panel` where they were checked and not saved; `kept` where there is a choice
    between what is saved and one's own words, `restored` where these were chosen.
    """
    on_write = is_on_write(request)
    slot = slot_of(editor.part, editor.place)
    if on_write:
        editor.name_ids(slot)
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": label_of(kind, editor.part, editor.place),
        "editor": editor,
        "token": token,
        "conflict": conflict,
        "urls": urls,
        "panel": panel,
        "comments": comments_on(current_user(request), kind, version).of(editor.part),
        "ticked": ticked_comments(request),
        "kept": kept,
        "restored": restored,
        "others": others,
        "slot": slot,
        "is_on_write": on_write,
        # On the page of all parts, the part's own heading is the second.
        "level": 2 if on_write else 1,
        "inner": 3 if on_write else 2,
    }
    return render(request, editor.template, context, status=status)


def locked(request: HttpRequest, kind: Kind, version: AnyVersion, editor: Editor | None, why: str) -> HttpResponse:
    """Nothing can be saved here: say why, and show what was typed for copying."""
    typed = editor.typed() if editor and editor.is_bound else _typed(request.POST)
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, editor.part) if editor else "Nothing to save into",
        "why": why,
        "typed": typed,
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
