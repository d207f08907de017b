from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.readers_language import in_readers_language

from ..addresses import in_each_language
from ..http import parents_page


@require_safe
@parents_page
@in_readers_language
def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/leaving.html", {"languages": in_each_language("leaving")})
