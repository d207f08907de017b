from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..access import get_visible
from ..errors import ClassArchived
from ..models import Membership, SchoolClass

View = Callable[[HttpRequest, SchoolClass, Membership], HttpResponse]


def of_current_class(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
    """A page that belongs to one class, seen through a membership. One of a past year says so and changes nothing."""

    @login_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapper(request: HttpRequest, pk: int) -> HttpResponse:
        school_class, membership = get_visible(request.user, SchoolClass, pk=pk)
        if school_class.is_archived:
            return archived_page(request, school_class)
        try:
            return view(request, school_class, membership)
        except ClassArchived:
            # Archived by somebody while this was on its way.
            return archived_page(request, school_class)

    return wrapper


def archived_page(request: HttpRequest, school_class: SchoolClass) -> HttpResponse:
    context = {"school_class": school_class, "why": str(ClassArchived())}
    status = 409 if request.method == "POST" else 200
    return render(request, "schools/class_archived.html", context, status=status)
