"""What the library is made of: coverage of topics and curricula, units, the words we use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page

from ..queries import country_of, coverage, edition_page, glossary, school_words, unit_page


@require_safe
@public_page
def coverage_tables(request: HttpRequest) -> HttpResponse:
    words = school_words(country_of(request))
    return render(request, "library/coverage.html", {"coverage": coverage(words)})


@require_safe
@public_page
def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = edition_page(slug)
    if page is None:
        raise Http404("There is no such edition of a curriculum.")
    return render(request, "library/edition_detail.html", {"page": page})


@require_safe
@public_page
def unit_detail(request: HttpRequest, slug: str) -> HttpResponse:
    unit = unit_page(slug)
    if unit is None:
        raise Http404("There is no such unit.")
    school_name = school_words(country_of(request)).band(unit.band_id)
    return render(request, "library/unit_detail.html", {"unit": unit, "school_name": school_name})


@require_safe
@public_page
def glossary_list(request: HttpRequest) -> HttpResponse:
    return render(request, "library/glossary.html", {"glossary": glossary()})
