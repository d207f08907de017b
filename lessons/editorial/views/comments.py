"""Comments on places of a version. What was begun elsewhere and is refused goes on here, with all that was typed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lessons.library.store import AnyVersion, held_content

from .. import services
from ..comment_places import spots_of
from ..enums import Kind
from ..errors import EditorialError
from ..forms.comment import CommentForm
from ..queries.version import get_version
from .access import current_user, desk_form, status_of

OVER = "This version is no longer under way, so there is nothing to mend in it. Comment on the newest version."


@desk_form
def comment(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    version = get_version(kind, slug, number)
    spots = spots_of(held_content(version))
    if request.method != "POST":
        form = CommentForm(spots, spot=request.GET.get("spot", ""))
        refusal = "" if version.is_under_way else OVER
        return _page(request, kind, version, form, refusal, 409 if refusal else 200)
    form = CommentForm(spots, request.POST)
    if not form.is_valid():
        return _page(request, kind, version, form, "", 400)
    typed = form.cleaned_data
    try:
        services.add_comment(actor=current_user(request), version=version, spot=typed["spot"], text=typed["text"])
    except EditorialError as error:
        return _page(request, kind, version, form, str(error), status_of(error))
    messages.success(request, "Your comment stands beside the text.")
    back = "changes" if typed["back"] else "version"
    asked = "?" + urlencode({"against": typed["against"]}) if typed["back"] and typed["against"] else ""
    url = reverse(f"editorial:{back}", kwargs={"kind": kind, "slug": slug, "number": number})
    return redirect(f"{url}{asked}#comments")


def _page(
    request: HttpRequest, kind: Kind, version: AnyVersion, form: CommentForm, refusal: str, status: int
) -> HttpResponse:
    context = {"kind": kind, "slug": version.identity.slug, "version": version, "form": form, "refusal": refusal}
    return render(request, "editorial/comment_form.html", context, status=status)
