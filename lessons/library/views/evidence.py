from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page

from ..queries import evidence_map, finding_page, source_page


@require_safe
@public_page
def evidence(request: HttpRequest) -> HttpResponse:
    return render(request, "library/evidence.html", {"evidence": evidence_map()})


@require_safe
@public_page
def source_detail(request: HttpRequest, code: str) -> HttpResponse:
    page = source_page(code)
    if page is None:
        raise Http404("There is no such report.")
    return render(request, "library/source_detail.html", {"page": page})


@require_safe
@public_page
def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    page = finding_page(code)
    if page is None:
        raise Http404("There is no such finding.")
    return render(request, "library/finding_detail.html", {"page": page})
