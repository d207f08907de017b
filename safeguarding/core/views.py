from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views import defaults
from django.views.csrf import csrf_failure as django_csrf_failure
from django.views.decorators.http import require_safe

from .http import public_page
from .sample import SampleForm, sample_context

PUPILS_PAGES = "/join/"


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "core/home.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says ok once the database has answered. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, for operators who change the look."""
    if not request.user.is_superuser:
        raise Http404("There is no such page.")
    return render(request, "core/components_page.html", {"form": SampleForm(), **sample_context()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read: too much of it says so (413), anything else is one page (400)."""
    if _is_of_pupils(request):
        return _pupil_error(400)
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(get_template("413.html").render(), status=413)
    return HttpResponse(get_template("400.html").render(), status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _pupil_error(404) if _is_of_pupils(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _pupil_error(500) if _is_of_pupils(request) else defaults.server_error(request)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return _pupil_error(405) if _is_of_pupils(request) else render(request, "405.html", status=405)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _pupil_error(403) if _is_of_pupils(request) else django_csrf_failure(request, reason)


def _is_of_pupils(request: HttpRequest) -> bool:
    return request.path.startswith(PUPILS_PAGES)


def _pupil_error(status: int) -> HttpResponse:
    """Help and the way out stay in a child's reach. Without the request, it asks neither session nor database."""
    page = get_template("core/pupil_error.html").render({"status": status, "exit_url": settings.EXIT_URL})
    return HttpResponse(page, status=status)
