"""How long a page may be kept, and by whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

PUBLIC_SECONDS = 300
FOR_GOOD_SECONDS = 365 * 24 * 60 * 60


def fresh_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a public page that may have to vanish at once: a cache asks us each time before it shows its copy."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        is_ours = request.user.is_authenticated
        patch_cache_control(response, no_cache=True, **{"private" if is_ours else "public": True})
        return response

    return wrapped


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page that visitors read: anyone's cache may keep it, unless the reader is signed in.

    Such a page sets no cookie; `Vary: Cookie` keeps a signed-in reader's copy apart.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
        return response

    return wrapped
