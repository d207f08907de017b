from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from .http import public_page
from .sample import SampleForm, sample_context


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
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(get_template("413.html").render(), status=413)
    return HttpResponse(get_template("400.html").render(), status=400)
