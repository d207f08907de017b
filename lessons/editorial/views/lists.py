"""The lists of a lesson's activities and questions: add one, move it, take it away."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.library.content import ActivityContent, LessonContent, QuestionContent
from lessons.library.enums import ActivityKind, QuestionKind
from lessons.library.starter_files import complete_options
from lessons.library.store import AnyVersion, held_content

from .. import services
from ..checks.problem import Part
from ..enums import Kind
from ..errors import EditedMeanwhile, NotAllowed, WrongStatus
from ..part_editors import of_lesson
from ..parts import MOST_ROWS, ROW_WORDS, slot_of, token_of
from ..places import is_on_write, urls_of, write_url
from ..queries.comments import comments_on
from ..queries.version import get_version, part_label
from ..queries.write import KINDS
from .access import current_user, desk_form, desk_page, desk_step, require_editor
from .parts import NOT_A_DRAFT
from .write import show_write

Rows = tuple[Any, ...]


@dataclass(frozen=True)
class ListRow:
    place: int
    kind: str
    text: str
    meta: str


def _rows(lesson: LessonContent, part: Part) -> Rows:
    return lesson.activities if part == Part.ACTIVITIES else lesson.questions


def _shown(part: Part, rows: Rows) -> list[ListRow]:
    if part == Part.ACTIVITIES:
        return [
            ListRow(n, a.kind.label, a.title or "Without a title", f"{a.minutes} minutes, {len(a.items)} items")
            for n, a in enumerate(rows, start=1)
        ]
    return [
        ListRow(n, q.kind.label, q.text or "Not written yet", f"{len(q.options)} options")
        for n, q in enumerate(rows, start=1)
    ]


def _page(
    request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, refusal: str = "", status: int = 200
) -> HttpResponse:
    lesson = of_lesson(held_content(version))
    rows = _rows(lesson, part)
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, part),
        "part": part.value,
        "word": ROW_WORDS[part],
        "rows": _shown(part, rows),
        "kinds": KINDS[part].choices,
        "row_url": f"editorial:{ROW_WORDS[part]}",
        "move_url": f"editorial:{part.value}-move",
        "remove_url": f"editorial:{part.value}-remove",
        "add_url": f"editorial:{part.value}-add",
        "token": token_of(lesson, part),
        "refusal": refusal or ("" if version.is_draft else NOT_A_DRAFT),
        "can_edit": version.is_draft,
        "comments": comments_on(current_user(request), kind, version).of(part),
        "is_full": len(rows) >= MOST_ROWS[part],
    }
    return render(request, "editorial/part_list.html", context, status=status)


@desk_page
def row_list(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part) -> HttpResponse:
    require_editor(request)
    return _page(request, kind, get_version(kind, slug, number), part)


def _change(
    request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, step: Callable[[dict[str, Any]], AnyVersion]
) -> HttpResponse | None:
    """Take one step; the list with the reason where that is refused."""
    require_editor(request)
    asked = {
        "actor": current_user(request),
        "version": version,
        "part": part,
        "token": request.POST.get("token", ""),
    }
    try:
        step(asked)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except EditedMeanwhile as conflict:
        why = f"Nothing was changed, because {conflict.who} saved this list after you opened it. This is how it is now."
        return _again(request, kind, version, part, why)
    except WrongStatus as error:
        return _again(request, kind, version, part, str(error))
    return None


def _back(request: HttpRequest, kind: Kind, version: AnyVersion, part: Part) -> HttpResponse:
    """To the list, wherever it was changed."""
    if is_on_write(request):
        return redirect(f"{write_url(kind, version)}#{slot_of(part)}")
    return redirect(f"editorial:{part.value}", kind=kind, slug=version.identity.slug, number=version.number)


def _again(
    request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, why: str, status: int = 409
) -> HttpResponse:
    version = get_version(kind, version.identity.slug, version.number)
    if is_on_write(request) and version.is_draft:
        return show_write(request, kind, version, part, why, status)
    return _page(request, kind, version, part, why, status)


@desk_step
def row_add(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part) -> HttpResponse:
    version = get_version(kind, slug, number)
    chosen = request.POST.get("kind", "")
    lesson = of_lesson(held_content(version))
    require_editor(request)
    if chosen not in KINDS[part].values:
        return _again(request, kind, version, part, f"Choose a kind of {ROW_WORDS[part]} first.", 400)
    rows = _rows(lesson, part)
    if len(rows) >= MOST_ROWS[part]:
        return _again(request, kind, version, part, f"There are {MOST_ROWS[part]} already. Remove one first.", 400)
    changes = {part.value: (*rows, _new(part, chosen))}
    refused = _change(request, kind, version, part, lambda asked: services.save_part(**asked, changes=changes))
    if refused:
        return refused
    messages.success(
        request, f"The new {ROW_WORDS[part]} is below. Nothing of it is shown to anybody before it is published."
    )
    return redirect(urls_of(kind, version, part, len(rows) + 1, is_on_write=is_on_write(request)).save)


def _new(part: Part, chosen: str) -> ActivityContent | QuestionContent:
    if part == Part.ACTIVITIES:
        return ActivityContent(ActivityKind(chosen), "", 10, "")
    kind = QuestionKind(chosen)
    return QuestionContent(kind, "", options=complete_options(kind, ()))


@desk_step
def row_move(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int) -> HttpResponse:
    """Up, or with `to=down` down, or to a place. The first stays first and the last stays last."""
    asked_for = request.POST.get("to", "")
    to = int(asked_for) if re.fullmatch("[0-9]{1,3}", asked_for) else place + 1 if asked_for == "down" else place - 1
    version = get_version(kind, slug, number)
    of_lesson(held_content(version))
    refused = _change(request, kind, version, part, lambda asked: services.move_row(**asked, place=place, to=to))
    return refused or _back(request, kind, version, part)


@desk_form
def row_remove(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int) -> HttpResponse:
    """GET asks, POST does."""
    require_editor(request)
    version = get_version(kind, slug, number)
    lesson = of_lesson(held_content(version))
    rows = _rows(lesson, part)
    if request.method == "POST" and 1 <= place <= len(rows):
        refused = _change(request, kind, version, part, lambda asked: services.remove_row(**asked, place=place))
        if refused:
            return refused
        messages.success(request, f"The {ROW_WORDS[part]} was removed from this draft.")
        return _back(request, kind, version, part)
    if not 1 <= place <= len(rows):
        raise Http404(f"There is no {ROW_WORDS[part]} {place}.")
    if not version.is_draft:
        return _page(request, kind, version, part, status=409)
    context = {
        "kind": kind,
        "version": version,
        "slug": slug,
        "label": part_label(kind, part),
        "part": part.value,
        "word": ROW_WORDS[part],
        "row": _shown(part, rows)[place - 1],
        "token": token_of(lesson, part),
        "slot": slot_of(part, place),
        "back": f"{write_url(kind, version)}#{slot_of(part, place)}" if is_on_write(request) else "",
        "level": 3 if is_on_write(request) else 1,
    }
    return render(request, "editorial/part_remove.html", context)
