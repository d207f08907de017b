from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page
from safeguarding.core.languages import SOURCE, interface_language

from ..addresses import address, in_each_language
from ..forms import AgeForm, WordsForm
from ..queries import guide_shelves, guides_for_age, guides_in_other_languages, guides_with_words, staff_guides


@require_safe
@public_page
def index(request: HttpRequest) -> HttpResponse:
    """An age that cannot be read is answered with a sentence, as 400; words never are."""
    age_form = AgeForm(request.GET if "age" in request.GET else None)
    words_form = WordsForm(request.GET if "words" in request.GET else None)
    age = age_form.cleaned_data["age"] if age_form.is_valid() else None
    words = words_form.cleaned_data["words"] if words_form.is_valid() else ""
    return render(
        request,
        "guidance/index.html",
        {
            "shelves": guide_shelves(),
            "languages": in_each_language("index"),
            "others": guides_in_other_languages(),
            "age_form": age_form,
            "words_form": words_form,
            "age": age,
            "words": words,
            "for_age": guides_for_age(age) if age is not None else [],
            "found": guides_with_words(words) if words else [],
        },
        status=400 if age_form.errors else 200,
    )


@require_safe
@public_page
def for_staff(request: HttpRequest) -> HttpResponse:
    """In English, as all that is for schools."""
    if interface_language().code != SOURCE:
        return redirect(address("for-staff", language=SOURCE))
    return render(request, "guidance/for_staff.html", {"guides": staff_guides(), "is_for_staff": True})
