from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page

from ..queries import evidence_sources


@require_safe
@public_page
def evidence(request: HttpRequest) -> HttpResponse:
    sources = evidence_sources()
    return render(
        request,
        "library/evidence.html",
        {"sources": sources, "count": sum(len(source.findings) for source in sources)},
    )
