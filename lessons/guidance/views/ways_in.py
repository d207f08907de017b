from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lessons.library.queries import emergency_in
from safeguarding.core.languages import SOURCE, interface_language
from safeguarding.core.readers_language import in_readers_language

from ..addresses import address, in_each_language
from ..forms import AgeForm, SchoolForm, WordsForm
from ..http import AGE, parents_page, parents_page_with
from ..queries import staff_guides, topic_page, ways_in
from .gone import unknown


@require_safe
@parents_page_with(AGE)
@in_readers_language
def index(request: HttpRequest) -> HttpResponse:
    """An age that cannot be read is answered with a sentence, as 400; words never are. At most three queries."""
    age_form = AgeForm(request.GET if "age" in request.GET else None)
    words_form = WordsForm(request.GET if "words" in request.GET else None)
    age = age_form.cleaned_data["age"] if age_form.is_valid() else None
    words = words_form.cleaned_data["words"] if words_form.is_valid() else ""
    return render(
        request,
        "guidance/index.html",
        {
            "ways": ways_in(age, words),
            "languages": in_each_language("index"),
            "country": emergency_in(settings.DEFAULT_COUNTRY),
            "age_form": age_form,
            "words_form": words_form,
            "school_form": SchoolForm(),
            "age": age,
            "words": words,
        },
        status=400 if age_form.errors else 200,
    )


@require_safe
@parents_page
@in_readers_language
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = topic_page(slug)
    if page is None:
        return unknown(request, "topic", slug)
    return render(
        request, "guidance/topic_detail.html", {"page": page, "languages": in_each_language("topic-detail", slug)}
    )


@require_safe
@parents_page
def for_staff(request: HttpRequest) -> HttpResponse:
    """In English, as all that is for schools."""
    if interface_language().code != SOURCE:
        return redirect(address("for-staff", language=SOURCE))
    return render(request, "guidance/for_staff.html", {"guides": staff_guides(), "is_for_staff": True})
