"""The lists of a lesson's activities and questions: add one, move it, take it away."""

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
from ..parts import token_of
from ..queries.comments import comments_on
from ..queries.version import get_version, part_label
from .access import current_user, desk_form, desk_page, desk_step, require_editor
from .parts import NOT_A_DRAFT

MOST = {Part.ACTIVITIES: 6, Part.QUESTIONS: 12}
WORDS = {Part.ACTIVITIES: "activity", Part.QUESTIONS: "question"}
KINDS: dict[Part, type[ActivityKind] | type[QuestionKind]] = {
    Part.ACTIVITIES: ActivityKind,
    Part.QUESTIONS: QuestionKind,
}
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
        "word": WORDS[part],
        "rows": _shown(part, rows),
        "kinds": KINDS[part].choices,
        "row_url": f"editorial:{WORDS[part]}",
        "move_url": f"editorial:{part.value}-move",
        "remove_url": f"editorial:{part.value}-remove",
        "add_url": f"editorial:{part.value}-add",
        "token": token_of(lesson, part),
        "refusal": refusal or ("" if version.is_draft else NOT_A_DRAFT),
        "can_edit": version.is_draft,
        "comments": comments_on(current_user(request), kind, version).of(part),
        "is_full": len(rows) >= MOST[part],
    }
    return render(request, "editorial/part_list.html", context, status=status)


@desk_page
def row_list(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part) -> HttpResponse:
    require_editor(request)
    return _page(request, kind, get_version(kind, slug, number), part)


def _change(
    request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, change: Callable[[Rows], Rows]
) -> HttpResponse | None:
    """Save the changed rows; the list with the reason where that is refused."""
    require_editor(request)
    lesson = of_lesson(held_content(version))
    try:
        services.save_part(
            actor=current_user(request),
            version=version,
            part=part,
            token=request.POST.get("token", ""),
            changes={part.value: change(_rows(lesson, part))},
        )
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except EditedMeanwhile as conflict:
        why = f"Nothing was changed, because {conflict.who} saved this list after you opened it. This is how it is now."
        return _again(request, kind, version, part, why)
    except WrongStatus as error:
        return _again(request, kind, version, part, str(error))
    return None


def _again(request: HttpRequest, kind: Kind, version: AnyVersion, part: Part, why: str) -> HttpResponse:
    return _page(request, kind, get_version(kind, version.identity.slug, version.number), part, why, 409)


@desk_step
def row_add(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part) -> HttpResponse:
    version = get_version(kind, slug, number)
    chosen = request.POST.get("kind", "")
    lesson = of_lesson(held_content(version))
    require_editor(request)
    if chosen not in KINDS[part].values:
        return _page(request, kind, version, part, f"Choose a kind of {WORDS[part]} first.", 400)
    if len(_rows(lesson, part)) >= MOST[part]:
        return _page(request, kind, version, part, f"There are {MOST[part]} already. Remove one first.", 400)
    refused = _change(request, kind, version, part, lambda rows: (*rows, _new(part, chosen)))
    if refused:
        return refused
    messages.success(
        request, f"The new {WORDS[part]} is below. Nothing of it is shown to anybody before it is published."
    )
    place = len(_rows(lesson, part)) + 1
    return redirect(f"editorial:{WORDS[part]}", kind=kind, slug=slug, number=number, place=place)


def _new(part: Part, chosen: str) -> ActivityContent | QuestionContent:
    if part == Part.ACTIVITIES:
        return ActivityContent(ActivityKind(chosen), "", 10, "")
    kind = QuestionKind(chosen)
    return QuestionContent(kind, "", options=complete_options(kind, ()))


@desk_step
def row_move(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int) -> HttpResponse:
    """Up, or down with `to=down`. The first stays first and the last stays last."""
    index = place - 1
    other = index + 1 if request.POST.get("to") == "down" else index - 1

    def swapped(rows: Rows) -> Rows:
        if not (0 <= index < len(rows) and 0 <= other < len(rows)):
            return rows
        changed = list(rows)
        changed[index], changed[other] = changed[other], changed[index]
        return tuple(changed)

    refused = _change(request, kind, get_version(kind, slug, number), part, swapped)
    return refused or redirect(f"editorial:{part.value}", kind=kind, slug=slug, number=number)


@desk_form
def row_remove(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int) -> HttpResponse:
    """GET asks, POST does."""
    require_editor(request)
    version = get_version(kind, slug, number)
    lesson = of_lesson(held_content(version))
    rows = _rows(lesson, part)
    if request.method == "POST":

        def without(rows: Rows) -> Rows:
            if not 1 <= place <= len(rows):
                raise Http404(f"There is no {WORDS[part]} {place}.")
            return (*rows[: place - 1], *rows[place:])

        refused = _change(request, kind, version, part, without)
        if refused:
            return refused
        messages.success(request, f"The {WORDS[part]} was removed from this draft.")
        return redirect(f"editorial:{part.value}", kind=kind, slug=slug, number=number)
    if not 1 <= place <= len(rows):
        raise Http404(f"There is no {WORDS[part]} {place}.")
    if not version.is_draft:
        return _page(request, kind, version, part, status=409)
    context = {
        "kind": kind,
        "version": version,
        "slug": slug,
        "label": part_label(kind, part),
        "part": part.value,
        "word": WORDS[part],
        "row": _shown(part, rows)[place - 1],
        "token": token_of(lesson, part),
    }
    return render(request, "editorial/part_remove.html", context)
