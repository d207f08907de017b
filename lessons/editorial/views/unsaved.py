"""What the script of a form tells the server while somebody writes: what they have typed, and that the part is open."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.library.store import AnyVersion

from .. import services
from ..checks.problem import Part
from ..enums import Kind
from ..errors import EditorialError, NotAllowed, TooMuchToKeep
from ..parts import MOST_ROWS
from ..places import is_on_write, urls_of
from ..queries.unsaved import unsaved_of
from ..queries.version import get_version
from .access import current_user, desk_step, require_editor, status_of

NOT_WORDS = ("csrfmiddlewaretoken", "token")


@desk_step
def keep(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int = 0) -> HttpResponse:
    words = {name: values for name, values in request.POST.lists() if name not in NOT_WORDS}

    def step(version: AnyVersion) -> HttpResponse:
        services.keep_words(
            actor=current_user(request),
            version=version,
            part=part,
            place=place,
            token=request.POST.get("token", ""),
            words=words,
        )
        return HttpResponse(status=204)

    return _answer(request, kind, slug, number, place, part, step)


@desk_step
def note_open(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int = 0) -> HttpResponse:
    """Answers who else has it open."""

    def step(version: AnyVersion) -> HttpResponse:
        services.note_open(actor=current_user(request), version=version, part=part, place=place)
        others = unsaved_of(current_user(request), kind, version).others.get((part, place), ())
        return render(request, "editorial/_others.html", {"others": others})

    return _answer(request, kind, slug, number, place, part, step)


@desk_step
def throw_away(request: HttpRequest, kind: Kind, slug: str, number: int, part: Part, place: int = 0) -> HttpResponse:
    require_editor(request)
    version = get_version(kind, slug, number)
    services.forget_words(actor=current_user(request), version=version, part=part, place=place)
    return redirect(urls_of(kind, version, part, place or None, is_on_write=is_on_write(request)).save)


def _answer(
    request: HttpRequest,
    kind: Kind,
    slug: str,
    number: int,
    place: int,
    part: Part,
    step: Callable[[AnyVersion], HttpResponse],
) -> HttpResponse:
    """What one step answers, or a sentence for the line that stands below the form."""
    require_editor(request)
    if place > MOST_ROWS.get(part, 0):
        return _sentence("There is no such place in the list.", 404)
    try:
        return step(get_version(kind, slug, number))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except TooMuchToKeep as error:
        return _sentence(str(error), 413)
    except EditorialError as error:
        return _sentence(str(error), status_of(error))


def _sentence(why: str, status: int) -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
