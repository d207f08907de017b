"""What any visitor may send, without a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


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
