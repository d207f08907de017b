"""The page on which a draft is written: all parts, one beneath the other, each opened where it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lessons.library.store import AnyVersion
from safeguarding.core.csp import editor_csp
from safeguarding.core.widgets import RichTextWidget

from ..checks.problem import Part
from ..enums import Kind
from ..queries.version import get_version
from ..queries.write import write_page
from .access import current_user, desk_page, require_editor
from .parts import NOT_A_DRAFT, locked


@editor_csp
@desk_page
def write(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    require_editor(request)
    return show_write(request, kind, get_version(kind, slug, number))


def show_write(
    request: HttpRequest, kind: Kind, version: AnyVersion, refused: Part | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    """`why` a change of a list was refused is said where the list stands."""
    if not version.is_draft:
        return locked(request, kind, version, None, NOT_A_DRAFT)
    context = {
        "page": write_page(current_user(request), kind, version),
        "media": RichTextWidget().media,
        "refused": refused,
        "why": why,
    }
    return render(request, "editorial/write.html", context, status=status)
