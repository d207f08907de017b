from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page

from ..filters import LessonFilter
from ..models import Lesson
from ..queries import by_band, country_of, school_words, unit_cards

LESSONS_A_PAGE = 24


@require_safe
@public_page
def lesson_list(request: HttpRequest) -> HttpResponse:
    """Filters that cannot be read are answered with a sentence and the full list, as 400."""
    lessons = Lesson.objects.for_cards().sources().in_order()
    words = school_words(country_of(request))
    asked = LessonFilter(request.GET, queryset=lessons)
    asked.name_bands(words)
    is_valid = asked.is_valid()
    page = Paginator(asked.qs if is_valid else lessons, LESSONS_A_PAGE).get_page(request.GET.get("page"))
    groups = by_band(page.object_list, words)
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return render(
        request,
        "library/lesson_list.html",
        {
            "form": asked.form,
            "problems": asked.problems,
            "is_filtered": is_valid and any(asked.form.cleaned_data.values()),
            "groups": groups,
            "units": unit_cards(lesson for group in groups for lesson in group.lessons),
            "page_obj": page,
            "querystring": parameters.urlencode(),
            "canonical_query": f"page={page.number}" if page.number > 1 else "",
        },
        status=200 if is_valid else 400,
    )
