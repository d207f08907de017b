"""What the pages of one taught lesson have in common: whose it is, and whether it may be taught now."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.library.queries import country_of
from lessons.library.rules import can_read_plan
from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_visible, memberships_of

from .. import queries, rules
from ..errors import LeadNotTold, TaughtNoMore, TeachingError
from ..models import Assignment
from ..queries import ClassLesson, TaughtLesson

TaughtPage = Callable[[HttpRequest, TaughtLesson], HttpResponse]
ClassPage = Callable[[HttpRequest, ClassLesson], HttpResponse]

# The pages that a lesson has both for a class and to be tried out, with their names in the site map.
PAGES = {
    "present": ("present", "lesson-present"),
    "script": ("present-script", "lesson-script"),
    "pack": ("pack", "lesson-pack"),
    "slides": ("slides", "lesson-slides"),
}


def for_class(page: ClassPage, *, teaches: bool = True) -> Callable[..., HttpResponse]:
    """A page of a lesson that a class was set. With `teaches` it waits until the lead knows, where that is needed."""

    @login_required
    @require_safe
    @wraps(page)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        assignment, _ = get_visible(current_user(request), Assignment, pk=pk)
        return show(request, assignment.pk, page, teaches=teaches)

    return view


def show(request: HttpRequest, pk: int, page: ClassPage, *, teaches: bool) -> HttpResponse:
    lesson = queries.lesson_for_class(pk)
    if lesson.version.withdrawn_at:
        return not_now(request, TaughtNoMore(), lesson)
    if teaches and not rules.is_ready(lesson.assignment):
        return not_now(request, LeadNotTold(), lesson)
    return page(request, lesson)


def to_try(page: TaughtPage) -> Callable[..., HttpResponse]:
    """The same page of the live version, without a class."""

    @login_required
    @require_safe
    @wraps(page)
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        if not can_read_plan(request.user):
            raise PermissionDenied("What is for teachers alone is shown to the people of a school. Ask your lead.")
        memberships = memberships_of(request.user)
        school = memberships[0].school if memberships else None
        lesson = queries.lesson_to_try(slug, school=school, country=country_of(request))
        if lesson is not None:
            return page(request, lesson)
        if queries.was_ever_live(slug):
            return not_now(request, TaughtNoMore(), slug=slug)
        raise Http404("There is no such lesson.")

    return view


def addresses(lesson: TaughtLesson) -> dict[str, str]:
    """Of its pages, by their names; and where one goes back to."""
    if lesson.assignment:
        key = {"pk": lesson.assignment.pk}
        found = {page: reverse(f"teaching:{name}", kwargs=key) for page, (name, _) in PAGES.items()}
        return {**found, "back": reverse("dashboards:assignment-results", kwargs=key)}
    found = {page: reverse(f"teaching:{name}", kwargs={"slug": lesson.slug}) for page, (_, name) in PAGES.items()}
    return {**found, "back": reverse("library:lesson-detail", kwargs={"slug": lesson.slug})}


def not_now(
    request: HttpRequest, error: TeachingError, lesson: TaughtLesson | None = None, *, slug: str = ""
) -> HttpResponse:
    """A refusal with the way on: to the page that says what to do first, or to what the library says of the lesson."""
    context = {
        "sentence": str(error),
        "lesson": lesson,
        "slug": lesson.slug if lesson else slug,
        "waits_for_lead": isinstance(error, LeadNotTold),
    }
    return render(request, "teaching/not_now.html", context, status=error.status)
