from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.forms import ForClassForm
from lessons.dashboards.queries.finding import found_lessons, found_units, shelf_of
from lessons.dashboards.queries.suggestions import suggestions
from lessons.library.filters import LessonFilter
from lessons.library.models import Lesson
from lessons.library.queries import country_of, school_words
from lessons.teaching.queries import settable_classes
from safeguarding.accounts.current import current_user
from safeguarding.accounts.models import User
from safeguarding.core.forms import problems_of
from safeguarding.schools.access import get_school, get_visible
from safeguarding.schools.models import SchoolClass

LESSONS_A_PAGE = 24


@dataclass(frozen=True)
class _Asked:
    """For which class a lesson is looked for. `status` is that of the page."""

    form: ForClassForm
    school_class: SchoolClass | None
    status: int


@login_required
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What cannot be read is answered with a sentence and the full list, as 400."""
    user = current_user(request)
    get_school(user)
    asked = _asked(request, user)
    school_class = asked.school_class
    lessons = Lesson.objects.for_cards().sources().in_order()
    if school_class:
        lessons = lessons.for_ages(school_class.age_from, school_class.age_to)
    filters = LessonFilter(request.GET, queryset=lessons)
    filters.name_bands(school_words(country_of(request)))
    is_valid = filters.is_valid()
    fitting = filters.qs if is_valid else lessons
    is_filtered = is_valid and any(filters.form.cleaned_data.values())
    page = Paginator(fitting, LESSONS_A_PAGE).get_page(request.GET.get("page"))
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return render(
        request,
        "dashboards/find.html",
        {
            "for_class": asked.form,
            "form": filters.form,
            "problems": [*problems_of(asked.form), *filters.problems],
            "school_class": school_class,
            "suggestions": [] if is_filtered or page.number > 1 or not school_class else suggestions(school_class),
            "is_filtered": is_filtered,
            "lessons": found_lessons(page.object_list, user=user, school_class=school_class),
            "units": found_units(fitting, words=filters.form.cleaned_data.get("words", ""), school_class=school_class),
            "set_query": _set_query(asked),
            "page_obj": page,
            "querystring": parameters.urlencode(),
        },
        status=asked.status if asked.status != 200 or is_valid else 400,
    )


def _asked(request: HttpRequest, user: User) -> _Asked:
    """Raises Http404 for a class of another school, PermissionDenied for one of other teachers."""
    classes = settable_classes(user)
    form = ForClassForm(request.GET, classes=classes)
    pk = request.GET.get("class", "")
    chosen = next((school_class for school_class in classes if str(school_class.pk) == pk), None)
    if chosen is None and pk.isdecimal() and len(pk) < 19:
        archived, _membership = get_visible(user, SchoolClass, pk=int(pk))
        form.refuse_archived(archived)
        return _Asked(form, None, 409)
    return _Asked(form, chosen, 200 if form.is_valid() else 400)


def _set_query(asked: _Asked) -> str:
    """What the page for setting a lesson is to know already."""
    opens = asked.form.cleaned_data.get("opens")
    known = {"class": asked.school_class and asked.school_class.pk, "opens": opens and opens.isoformat()}
    query = urlencode({name: value for name, value in known.items() if value})
    return f"?{query}" if query else ""


@login_required
@never_cache
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    return render(request, "dashboards/shelf.html", {"lines": shelf_of(user)})
