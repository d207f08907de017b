"""What any visitor may send, without a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from safeguarding.core.languages import interface_language

from ..addresses import address


def from_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Takes a form without a token, because a token needs a cookie. Another site's page may not send it for a reader.

    What does not say where it comes from is taken: old browsers, and mail programs that unsubscribe for their reader.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return render(request, "guidance/not_from_here.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(wrapped)


def with_a_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page whose address only a mail names: no link leads on with it, and no search engine keeps it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def see(page: str, *args: str) -> HttpResponseRedirect:
    """After a form was taken: another page, in the same language, to be asked for (303)."""
    response = HttpResponseRedirect(address(page, *args, language=interface_language().code))
    response.status_code = 303
    return response
