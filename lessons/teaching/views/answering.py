"""What the pages of setting and planning have in common."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.dateparse import parse_date

from safeguarding.accounts.models import User
from safeguarding.schools.access import get_visible
from safeguarding.schools.models import SchoolClass

from ..errors import NotAllowed, TeachingError
from ..forms import RefusableForm
from ..forms.base import in_reach


def problem_status(form: RefusableForm, carry_out: Callable[[], Any]) -> int | None:
    """The status of a form that is to be shown, or None where all is done and the reader can go on."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return 400
    try:
        carry_out()
    except NotAllowed:
        raise
    except TeachingError as error:
        form.refuse(error)
        return error.status
    return None


def class_in_query(request: HttpRequest, user: User) -> SchoolClass | None:
    """Raises Http404 for what is not a class, or one of another school."""
    asked = request.GET.get("class", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404("There is no such class.")
    return get_visible(user, SchoolClass, pk=int(asked))[0]


def day_in_query(request: HttpRequest) -> datetime.date | None:
    """The day that the planner offers; none where the address has no day that could be chosen."""
    try:
        day = parse_date(request.GET.get("opens", ""))
        if day:
            in_reach(day)
    except (ValueError, ValidationError):
        return None
    return day
