"""The language that a reader's browser asks for, where nobody has chosen one yet."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.translation.trans_real import parse_accept_lang_header

from .http import View
from .languages import INTERFACE, SOURCE, interface_language

# What the answer hangs on, for caches in front.
HEADERS = ["Accept-Language", "Sec-Fetch-Site"]
# From an address that was typed, kept or sent, and from other sites. Who comes from our own pages has chosen.
FROM_OUTSIDE = frozenset({"none", "cross-site"})
# Nobody's browser has to follow an address that is longer: what asks for it is answered where it is.
LONGEST_QUERY = 2_000


def language_asked_for(request: HttpRequest) -> str:
    """A language other than English that the browser would rather have; empty where we have no words in it.

    Only of somebody who comes from outside to an address without a language in it. Crawlers and programs do not say
    where they come from, and get the page that they ask for.
    """
    if interface_language().code != SOURCE or request.headers.get("Sec-Fetch-Site") not in FROM_OUTSIDE:
        return ""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return ""
    for tag, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = tag.split("-")[0]
        if language in {"en", "*"}:
            return ""
        if weight and language in INTERFACE:
            return language
    return ""


def in_readers_language(view: View) -> View:
    """For a page that stands in every language of ours: leads there who asks for one (302)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_asked_for(request)
        here = request.get_full_path()
        there = translate_url(here, language) if language else here
        return view(request, *args, **kwargs) if there == here else redirect(there)

    return wrapped
