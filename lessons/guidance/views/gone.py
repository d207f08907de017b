"""Addresses of parents' pages at which nothing stands, or nothing any more: each leads on."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.library.queries import country_of, emergency_in, help_for

from ..addresses import in_each_language
from ..forms import WordsForm
from ..queries import near_guides, near_topics, retired_guide, successor_address


def guide_is_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """What was withdrawn keeps its page (410); what was retired leads to its successor (301) or says so (410).

    Any other address was never one (404).
    """
    retired = retired_guide(slug)
    if retired is None:
        return unknown(request, "guide", slug)
    if retired.is_withdrawn:
        reader: Literal["professional", "parent"] = "professional" if retired.is_for_staff else "parent"
        services = help_for(country_of(request), reader=reader, topic_id=retired.topic_id)
        return render(request, "guidance/guide_withdrawn.html", {"guide": retired, "help": services}, status=410)
    successor = successor_address(slug)
    if successor:
        return redirect(successor, permanent=True)
    context = {"guide": retired, "country": emergency_in(settings.DEFAULT_COUNTRY)}
    return render(request, "guidance/guide_gone.html", context, status=410)


def unknown(request: HttpRequest, kind: Literal["guide", "topic"], slug: str) -> HttpResponse:
    """Two queries."""
    context = {
        "kind": kind,
        "links": near_guides(slug) if kind == "guide" else near_topics(slug),
        "languages": in_each_language("index"),
        "words_form": WordsForm(),
        "country": emergency_in(settings.DEFAULT_COUNTRY),
    }
    return render(request, "guidance/unknown.html", context, status=404)
