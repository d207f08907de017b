from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page

from ..addresses import in_each_language


@require_safe
@public_page
def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/leaving.html", {"languages": in_each_language("leaving")})
