"""What every pupils' page has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from ..errors import TeachingError
from ..pupil_session import BackToJoin, visit_of

# Tablets are shared: neither the back button nor a proxy may show the next child what this one saw.
keep_nowhere = cache_control(no_store=True, private=True)


def joined(view: Callable[..., HttpResponse], *, at_door: bool = False) -> Callable[..., HttpResponse]:
    """Gives the view its visit. Whoever has not joined, or not any more, is led to the page where one joins.

    `at_door` lets in who has typed a class code but not shown who they are.
    """

    @wraps(view)
    @keep_nowhere
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            visit = visit_of(request)
        except BackToJoin as back:
            return redirect(f"{reverse('teaching:join')}?{urlencode({'again': back.why})}")
        if not visit.is_inside and not at_door:
            return redirect("teaching:join-name")
        return view(request, visit, *args, **kwargs)

    return wrapped


def refused(request: HttpRequest, title: str, error: TeachingError) -> HttpResponse:
    """A refusal with a way on, in place of the site's own error page."""
    return render(request, "teaching/pupil_sorry.html", {"title": title, "sentence": str(error)}, status=error.status)
