"""How long a page may be kept, and by whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

View = Callable[..., HttpResponse]

# A burst of readers costs one page a second; what is withdrawn is gone within that second.
PUBLIC_SECONDS = 1
# While the product cannot answer, a cache in front may go on showing its copy.
WHILE_AWAY_SECONDS = 60 * 60
FOR_GOOD_SECONDS = 365 * 24 * 60 * 60


def public_page(view: View) -> View:
    """For a page that visitors read: a cache in front keeps it for a second, and asks by its `ETag` afterwards.

    A visitor's page sets no cookie and holds nothing of a person; `Vary: Cookie` keeps a signed-in reader's copy apart.
    """
    # What is secret and compressed beside what a stranger chooses can be guessed from the length (BREACH). A visitor's
    # page has no secret in it, no token either; who is signed in gets it uncompressed.
    for_visitors = gzip_page(conditional_page(_kept_for_a_second(view)))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return for_visitors(request, *args, **kwargs)
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return wrapped


def _kept_for_a_second(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS, stale_if_error=WHILE_AWAY_SECONDS)
        return response

    return wrapped
