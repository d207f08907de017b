from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from safeguarding.core.languages import interface_language
from safeguarding.core.readers_language import in_readers_language

from .. import queries
from ..addresses import address, in_each_language
from ..forms import SchoolForm
from ..http import parents_page
from ..qr import QrCode
from ..queries.school import SchoolCard

NO_SUCH_SCHOOL = "No school with a page for parents has this address."


@require_safe
@parents_page
@in_readers_language
def school_find(request: HttpRequest) -> HttpResponse:
    """Without a name no school is listed."""
    form = SchoolForm(request.GET if "name" in request.GET else None)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    return render(
        request,
        "guidance/school_find.html",
        {
            "form": form,
            "name": name,
            "found": queries.find_schools(name) if name else None,
            "languages": in_each_language("school-find"),
        },
        status=400 if form.errors else 200,
    )


@require_safe
@parents_page
@in_readers_language
def school_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = queries.school_page(slug, timezone.localdate())
    if page is None:
        raise Http404(NO_SUCH_SCHOOL)
    languages = queries.languages_of_school(page.school, "school-page")
    return render(request, "guidance/school_page.html", {"page": page, "school": page.school, "languages": languages})


@require_safe
@parents_page
def school_poster(request: HttpRequest, slug: str) -> HttpResponse:
    school = queries.school_card(slug)
    if school is None:
        raise Http404(NO_SUCH_SCHOOL)
    return _on_paper(request, "guidance/school_poster.html", "school-poster", school)


@require_safe
@parents_page
def school_letter(request: HttpRequest, slug: str) -> HttpResponse:
    letter = queries.school_letter(slug, timezone.localdate())
    if letter is None:
        raise Http404(NO_SUCH_SCHOOL)
    return _on_paper(request, "guidance/school_letter.html", "school-letter", letter.school, letter.topics)


def _on_paper(
    request: HttpRequest, template: str, page: str, school: SchoolCard, topics: tuple[str, ...] = ()
) -> HttpResponse:
    """With the way to the school's page in the language that is printed."""
    leads_to = address("school-page", school.slug, language=interface_language().code)
    code = QrCode(request.build_absolute_uri(leads_to), gettext("QR code that opens the school’s page for parents"))
    languages = queries.languages_of_school(school, page)
    return render(request, template, {"school": school, "topics": topics, "qr": code, "languages": languages})
