"""What this site says of itself: how well everybody can use it, what it keeps, which cookies it sets."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from safeguarding.core.languages import INTERFACE, SOURCE, interface_language, is_draft
from safeguarding.core.readers_language import in_readers_language

from ..addresses import address, in_each_language
from ..cookies import COOKIES
from ..http import parents_page
from ..personal_data import ABOUT_PUPILS, ABOUT_STAFF
from ..pupil_words import words_from_age
from ..queries import age_bands

WRITTEN_ON = datetime.date(2026, 11, 23)


@require_safe
@parents_page
@in_readers_language
def accessibility(request: HttpRequest) -> HttpResponse:
    has_drafts = any(is_draft(code) for code in INTERFACE)
    return _in_each_language(request, "accessibility", {"written_on": WRITTEN_ON, "has_drafts": has_drafts})


@require_safe
@parents_page
@in_readers_language
def cookies(request: HttpRequest) -> HttpResponse:
    return _in_each_language(request, "cookies", {"cookies": COOKIES})


@require_safe
@parents_page
@in_readers_language
def privacy(request: HttpRequest) -> HttpResponse:
    return _in_each_language(request, "privacy")


@require_safe
@parents_page
@in_readers_language
def privacy_parents(request: HttpRequest) -> HttpResponse:
    return _in_each_language(request, "privacy-parents")


@require_safe
@parents_page
def privacy_staff(request: HttpRequest) -> HttpResponse:
    """In English, as all that is for schools."""
    if interface_language().code != SOURCE:
        return redirect(address("privacy-staff", language=SOURCE))
    return _render(request, "privacy_staff", {"about_staff": ABOUT_STAFF, "about_pupils": ABOUT_PUPILS})


@require_safe
@parents_page
def privacy_pupils(request: HttpRequest) -> HttpResponse:
    """In English, as all that is for pupils. One query."""
    if interface_language().code != SOURCE:
        return redirect(address("privacy-pupils", language=SOURCE))
    return _render(request, "privacy_pupils", {"bands": age_bands()})


@require_safe
@parents_page
def privacy_band(request: HttpRequest, slug: str) -> HttpResponse:
    """One query. Ages that there are not are answered with those that there are, as 404."""
    if interface_language().code != SOURCE:
        return redirect(address("privacy-band", slug, language=SOURCE))
    bands = age_bands()
    band = next((band for band in bands if band.slug == slug), None)
    if band is None:
        return _render(request, "privacy_pupils", {"bands": bands, "is_unknown": True}, status=404)
    return _render(request, "privacy_band", {"band": band, "words": words_from_age(band.age_from)})


def _in_each_language(request: HttpRequest, page: str, context: dict[str, Any] | None = None) -> HttpResponse:
    return _render(request, page.replace("-", "_"), {"languages": in_each_language(page), **(context or {})})


def _render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    runs_it = {"operator_name": settings.OPERATOR_NAME, "contact_email": settings.CONTACT_EMAIL}
    return render(request, f"guidance/{template}.html", {**runs_it, **context}, status=status)
