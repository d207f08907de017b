from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from lessons.library.queries import CountryHelp, GuidePage, countries, country_of, help_for, years_of
from safeguarding.core.languages import SOURCE, interface_language
from safeguarding.core.readers_language import language_asked_for

from ..addresses import address
from ..http import COUNTRY, parents_page_with
from ..queries import guide_page
from ..structured import article
from .gone import guide_is_gone


@require_safe
@parents_page_with(COUNTRY)
def guide_detail(request: HttpRequest, slug: str) -> HttpResponse:
    guide = guide_page(slug)
    if guide is None:
        return guide_is_gone(request, slug)
    better = _better_address(guide) or _in_language_asked_for(request, guide)
    if better:
        return redirect(better)
    place = _place(request.GET.get("country"), country_of(request))
    page = render(
        request,
        "guidance/guide_detail.html",
        {
            "guide": guide,
            "languages": guide.pages,
            "structured": article(guide, request.build_absolute_uri(guide.url)),
            "is_for_staff": guide.is_for_staff,
            "years": years_of(guide.findings),
            "place": place,
            "help": help_for(
                place.code,
                reader="professional" if guide.is_for_staff else "parent",
                topic_id=guide.topic_id,
                known=place.countries,
            ),
        },
    )
    if place.is_unknown:
        # There are as many unknown countries as anybody cares to write.
        patch_cache_control(page, no_cache=True)
    return page


def _better_address(guide: GuidePage) -> str:
    """Where the reader should be instead: their own language, or the only one in which this guide stands."""
    here = interface_language().code
    if guide.language.code == here:
        return ""
    if here != SOURCE and guide.in_my_language and not guide.is_for_staff:
        return guide.in_my_language
    is_source_in_my_words = guide.translated is None and not guide.is_for_staff
    return "" if is_source_in_my_words or guide.url == address("guide-detail", guide.slug, language=here) else guide.url


def _in_language_asked_for(request: HttpRequest, guide: GuidePage) -> str:
    """Of an English guide. Who was sent one in another language reads that; what is for staff is English alone."""
    language = language_asked_for(request)
    if guide.language.code != SOURCE:
        return ""
    query = request.META.get("QUERY_STRING", "")
    there = next((page.url for page in guide.pages if page.language.code == language), "")
    return f"{there}?{query}" if there and query else there


@dataclass(frozen=True)
class Place:
    """Where the reader says that they are, and where they may say so."""

    code: str
    countries: list[CountryHelp]
    is_unknown: bool


def _place(asked: str | None, own: str) -> Place:
    """The reader's own country where none is asked for, or one that we have no services for. One query."""
    known = countries()
    code = (asked or own).strip().upper()
    is_known = code in {country.code for country in known}
    return Place(code if is_known else settings.DEFAULT_COUNTRY, known, bool(asked) and not is_known)
