from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ..forms import ClarityForm
from ..http import parents_page
from ..queries import guide_title
from ..services.clarity import NoSuchVersion, count_clarity
from .visitors import from_visitors, see


@from_visitors
@require_POST
def guide_clear(request: HttpRequest, slug: str) -> HttpResponse:
    form = ClarityForm(request.POST)
    if not form.is_valid():
        return render(request, "guidance/clear_refused.html", {"slug": slug}, status=400)
    try:
        count_clarity(slug=slug, version_id=form.cleaned_data["version"], is_clear=form.is_clear)
    except NoSuchVersion:
        return render(request, "guidance/clear_refused.html", {"slug": slug}, status=400)
    return see("guide-thanks", slug)


@require_safe
@parents_page
def guide_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    title = guide_title(slug)
    if title is None:
        raise Http404("There is no such guide.")
    return render(request, "guidance/thanks.html", {"slug": slug, "title": title})
