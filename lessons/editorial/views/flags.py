from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .. import rules
from ..enums import Kind
from ..errors import EditorialError
from ..queries.flags import flags_of
from ..queries.version import get_version
from ..services.flags import keep_words
from .access import current_user, desk_form, status_of

MOST_REASON = 4_000


@desk_form
def words(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    """GET shows the words that changed; POST says that they are still right here."""
    version = get_version(kind, slug, number)
    refusal, status = "", 200
    reason = request.POST.get("reason", "").replace("\x00", "")[:MOST_REASON]
    if request.method == "POST":
        seen = [int(pk) for pk in request.POST.getlist("seen") if pk.isdecimal() and len(pk) < 18]
        try:
            keep_words(actor=current_user(request), version=version, seen=seen, reason=reason)
        except EditorialError as error:
            refusal, status = str(error), status_of(error)
        else:
            messages.success(request, "It is recorded that the words are still right.")
            return redirect("editorial:version", kind=kind, slug=slug, number=number)
    context = {
        "kind": kind,
        "slug": slug,
        "version": version,
        "flags": flags_of(version),
        "can_keep": rules.can_review(current_user(request)),
        "refusal": refusal,
        "reason": reason,
    }
    return render(request, "editorial/flags.html", context, status=status)
