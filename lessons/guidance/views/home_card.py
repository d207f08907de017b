from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lessons.library.queries import country_of, help_directory, retired_lesson
from safeguarding.core.readers_language import in_readers_language

from .. import queries
from ..addresses import in_each_language
from ..http import parents_page
from ..qr import QrCode


@require_safe
@parents_page
@in_readers_language
def home_card(request: HttpRequest, slug: str) -> HttpResponse:
    """For a teacher, with the numbers of their school's country; a visitor is given the default."""
    card = queries.home_card(slug)
    if card is None:
        return _gone(request, slug)
    directory = help_directory(country_of(request), topic_id=card.topic_id)
    child = directory.for_reader("child", card.age_from, card.age_to)
    label = gettext("QR code that opens the guidance for parents")
    return render(
        request,
        "guidance/home_card.html",
        {
            "card": card,
            "country": directory.country,
            "line": next((one for one in child.services if one.is_for_children and one.phone), None),
            "qr": QrCode(request.build_absolute_uri(card.leads_to), label),
            "languages": in_each_language("home-card", slug),
        },
    )


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a lesson that was published once (410); any other address was never one (404)."""
    lesson = retired_lesson(slug)
    if lesson is None:
        raise Http404("There is no such lesson.")
    directory = help_directory(country_of(request), topic_id=lesson.topic_id)
    return render(
        request,
        "guidance/home_card_gone.html",
        {"country": directory.country, "languages": in_each_language("home-card", slug)},
        status=410,
    )
