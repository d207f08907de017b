from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeguarding.core.http import public_page
from safeguarding.schools.access import memberships_of

from ..filters import LessonWordsForm
from ..queries import (
    LessonPage,
    country_of,
    documents_of_lesson,
    emergency_in,
    help_directory,
    lesson_page,
    lesson_plan,
    near_lessons,
    retired_lesson,
    school_words,
    unit_of_lesson,
    years_of,
)
from ..rules import can_read_plan
from ..structured import learning_resource


@require_safe
@public_page
def lesson_detail(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = lesson_page(slug)
    if lesson is None:
        return _gone(request, slug)
    if can_read_plan(request.user):
        return _plan(request, lesson)
    help_services = help_directory(settings.DEFAULT_COUNTRY, topic_id=lesson.topic_id).for_reader("parent")
    return render(
        request,
        "library/lesson_detail.html",
        {
            "lesson": lesson,
            "structured": learning_resource(lesson, request.build_absolute_uri(request.path)),
            "unit": unit_of_lesson(lesson.slug),
            "school_name": school_words(settings.DEFAULT_COUNTRY).band(lesson.band_id),
            "years": years_of(lesson.findings),
            "help": help_services,
        },
    )


def _plan(request: HttpRequest, lesson: LessonPage) -> HttpResponse:
    memberships = memberships_of(request.user)
    country = country_of(request)
    directory = help_directory(country, topic_id=lesson.topic_id)
    for_pupils = directory.for_reader("child", lesson.age_from, lesson.age_to)
    for_staff = directory.for_reader("professional")
    return render(
        request,
        "library/lesson_plan.html",
        {
            "lesson": lesson,
            "unit": unit_of_lesson(lesson.slug),
            "school_name": school_words(country).band(lesson.band_id),
            "plan": lesson_plan(lesson),
            "documents": documents_of_lesson(lesson.version_id),
            "years": years_of(lesson.findings),
            "memberships": memberships,
            "schools": [membership.school for membership in memberships if membership.school.lead_name],
            "help": for_pupils,
            "staff_services": [s for s in for_staff.services if s not in for_pupils.services],
        },
    )


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """A lesson that was published once is gone or withdrawn (410); any other address was never one (404)."""
    retired = retired_lesson(slug)
    if retired is None:
        return _unknown(request, slug)
    if not retired.is_withdrawn:
        return render(request, "library/lesson_gone.html", {"lesson": retired}, status=410)
    help_services = help_directory(country_of(request), topic_id=retired.topic_id).for_reader("parent")
    return render(request, "library/lesson_withdrawn.html", {"lesson": retired, "help": help_services}, status=410)


def _unknown(request: HttpRequest, slug: str) -> HttpResponse:
    context = {
        "links": near_lessons(slug),
        "form": LessonWordsForm(),
        "country": emergency_in(settings.DEFAULT_COUNTRY),
    }
    return render(request, "library/lesson_unknown.html", context, status=404)
