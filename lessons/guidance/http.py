"""What every page that parents read has in common on its way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from safeguarding.core.http import View, public_page
from safeguarding.core.kept_pages import kept_page
from safeguarding.core.languages import SOURCE, interface_language
from safeguarding.core.readers_language import HEADERS

AGE = r"(?:age=\d{1,2})?"
COUNTRY = r"(?:country=[A-Z]{2}(?:-[A-Z]{1,3})?)?"


def parents_page_with(query: str) -> Callable[[View], View]:
    """A `parents_page` of which those with such a query string are kept as well; `query` is a pattern.

    It has to have few values: a view says `no-cache` of one that fits and names nothing, such as an unknown country.
    """

    def decorate(view: View) -> View:
        kept = kept_page(view, query=query)

        @wraps(view)
        def in_languages(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = kept(request, *args, **kwargs)
            if interface_language().code == SOURCE:
                patch_vary_headers(response, HEADERS)
            return response

        public = public_page(in_languages)

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Around the ETag: a browser puts the headers of a 304 in the place of those that it has kept.
            response = public(request, *args, **kwargs)
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        wrapped.is_parents_page = True  # type: ignore[attr-defined]  # for the test that looks at each of them
        return wrapped

    return decorate


def parents_page(view: View) -> View:
    """A public page that is kept until something on it changes, and that tells nobody where its reader was.

    `in_readers_language` comes beneath it where the page stands in every language. A page that shows more than
    `changes.py` watches, such as what a subscriber has asked for, is not one.
    """
    return parents_page_with("")(view)
