from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lessons.library.models import Lesson, LessonVersion
from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_school

from .. import services
from ..errors import NotForShelf


@login_required
@require_POST
def shelf_add(request: HttpRequest, slug: str) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    lesson = _known_lesson(slug)
    try:
        is_new = services.put_on_shelf(actor=user, lesson=lesson)
    except NotForShelf as error:
        return render(request, "teaching/shelf_refused.html", {"error": error}, status=error.status)
    messages.success(request, "The lesson is on your shelf." if is_new else "The lesson is on your shelf already.")
    return _back(request)


@login_required
@require_POST
def shelf_remove(request: HttpRequest, slug: str) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    services.take_off_shelf(actor=user, lesson=_known_lesson(slug))
    messages.success(request, "The lesson is off your shelf.")
    return _back(request)


def _known_lesson(slug: str) -> Lesson:
    """One that is live, or was once: of a draft nobody outside the desk knows. Raises Http404."""
    return get_object_or_404(Lesson.objects.filter(versions__in=LessonVersion.objects.was_live()).distinct(), slug=slug)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page of ours on which the button stood."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return HttpResponseRedirect(asked)
    return HttpResponseRedirect(reverse("dashboards:shelf"))
