"""When versions go live and are retired: all of it, and the page on which one item is planned."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lessons.library.enums import State
from lessons.library.store import AnyVersion

from .. import rules, services
from ..enums import Kind
from ..errors import EditorialError, NotAllowed
from ..forms.schedule import MonthForm, PublishAtForm, RetireAtForm
from ..queries.schedule import coming_page, month_of, plan_of
from ..queries.version import get_versions, numbered
from .access import current_user, desk_form, desk_page, desk_step, status_of


@desk_page
def schedule(request: HttpRequest) -> HttpResponse:
    form = MonthForm(request.GET)
    first = form.cleaned_data["month"] if form.is_valid() else timezone.localdate().replace(day=1)
    context = {
        "page_obj": coming_page(request.GET.get("page")),
        "month": month_of(first),
        "zone": timezone.get_current_timezone_name(),
        "problem": form.errors["month"][0] if form.errors else "",
    }
    return render(request, "editorial/schedule.html", context, status=400 if form.errors else 200)


@desk_form
def plan(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    """Publish an approved version at a time, or retire at a time what is live."""
    require_reviewer(request)
    versions = get_versions(kind, slug)
    version = numbered(versions, number)
    form = _form(version, request.POST if request.method == "POST" else None)
    if form is None:
        return _page(request, kind, versions, version, None, status=409 if request.method == "POST" else 200)
    if not form.is_bound:
        return _page(request, kind, versions, version, form)
    if not form.is_valid():
        return _page(request, kind, versions, version, form, status=400)
    actor = current_user(request)
    try:
        if isinstance(form, PublishAtForm):
            services.schedule_version(actor=actor, version=version, **form.cleaned_data)
        else:
            services.schedule_retirement(actor=actor, identity=version.identity, **form.cleaned_data)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except EditorialError as error:
        form.add_error(None, str(error))
        return _page(request, kind, versions, version, form, status=status_of(error))
    messages.success(request, "It is planned. Nothing more has to be done.")
    return redirect("editorial:version", kind=kind, slug=slug, number=number)


@desk_step
def cancel(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    require_reviewer(request)
    versions = get_versions(kind, slug)
    version = numbered(versions, number)
    try:
        services.cancel_schedule(actor=current_user(request), identity=version.identity)
    except EditorialError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The plan is cancelled. What is live stays live.")
    return redirect("editorial:version", kind=kind, slug=slug, number=number)


def require_reviewer(request: HttpRequest) -> None:
    if not rules.can_review(current_user(request)):
        raise PermissionDenied("This is for reviewers. Ask an operator to make you one.")


def _form(version: AnyVersion, data: Any) -> forms.Form | None:
    """None where nothing can be planned for this version."""
    match version.state:
        case State.APPROVED | State.SCHEDULED:
            return PublishAtForm(data, initial={"live_from": version.live_from, "live_until": version.live_until})
        case State.LIVE:
            return RetireAtForm(data, initial={"at": version.live_until})
    return None


def _page(
    request: HttpRequest,
    kind: Kind,
    versions: list[AnyVersion],
    version: AnyVersion,
    form: forms.Form | None,
    status: int = 200,
) -> HttpResponse:
    context = {"kind": kind, "version": version, "slug": version.identity.slug, "form": form, "plan": plan_of(versions)}
    return render(request, "editorial/plan.html", context, status=status)
