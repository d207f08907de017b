"""One lesson of one class: its dates, its closing, that it was taught, and what it asks again later."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_visible
from safeguarding.schools.models import Membership

from .. import queries, rules, services
from ..forms import ChangeForm, DeliveryForm, LaterCheckForm, NewerVersionForm, RefusableForm
from ..models import Assignment
from .answering import problem_status


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    seen, membership = get_visible(current_user(request), Assignment, pk=pk)
    assignment = queries.with_names(seen)
    form = _change_form(assignment, request.POST if request.method == "POST" else None)
    status = problem_status(
        form, lambda: services.change_assignment(actor=membership, assignment=assignment, **form.values)
    )
    if status is not None:
        return _edit_page(request, assignment, form, status)
    messages.success(request, "What you changed is saved.")
    return redirect("dashboards:class-detail", pk=assignment.school_class_id)


def _change_form(assignment: Assignment, data: QueryDict | None = None) -> ChangeForm:
    return ChangeForm(
        data,
        assignment=assignment,
        has_begun=queries.has_begun(assignment),
        lists=queries.class_lists(assignment),
    )


def _edit_page(
    request: HttpRequest,
    assignment: Assignment,
    form: ChangeForm | None,
    status: int,
    refused: RefusableForm | None = None,
) -> HttpResponse:
    """`refused` is a button that was pressed in vain."""
    context = {
        "form": form or _change_form(assignment),
        "refused": refused,
        "assignment": assignment,
        "may_have_later_check": assignment.is_closed and rules.why_no_later_check(assignment) is None,
    }
    return render(request, "teaching/assignment_edit.html", context, status=status)


def _change_at_once(
    request: HttpRequest, pk: int, change: Callable[..., None], done: str, *, to: str = "dashboards:assignment-results"
) -> HttpResponse:
    """A change that has no form but its button. What speaks against it is said on the page of the dates."""
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = RefusableForm(request.POST)
    status = problem_status(form, lambda: change(actor=membership, assignment=assignment))
    if status is not None:
        return _edit_page(request, queries.with_names(assignment), None, status, refused=form)
    messages.success(request, done)
    return redirect(to, pk=assignment.pk)


@login_required
@require_POST
def assignment_close(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The lesson is closed. Nobody can answer any more, and the class's results are complete."
    return _change_at_once(request, pk, services.close_assignment, done)


@login_required
@require_POST
def assignment_archive(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The lesson is in the archive. It is out of your lists, and every number still counts it."
    return _change_at_once(request, pk, services.archive_assignment, done, to="teaching:assignment-edit")


@login_required
@require_POST
def assignment_restore(request: HttpRequest, pk: int) -> HttpResponse:
    done = "The lesson is back in your lists. It stays closed."
    return _change_at_once(request, pk, services.restore_assignment, done, to="teaching:assignment-edit")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_newer(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = NewerVersionForm(request.POST if request.method == "POST" else None)
    status = problem_status(
        form, lambda: services.use_newer_version(actor=membership, assignment=assignment, **form.cleaned_data)
    )
    if status is not None:
        context = {"form": form, "page": queries.newer_page(assignment.pk)}
        return render(request, "teaching/assignment_newer.html", context, status=status)
    messages.success(request, f"The class has version {form.cleaned_data['number']} of the lesson now.")
    return redirect("dashboards:assignment-results", pk=assignment.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delivery_create(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = DeliveryForm(request.POST if request.method == "POST" else None, initial={"taught_on": queries.today()})
    status = problem_status(
        form, lambda: services.record_delivery(actor=membership, assignment=assignment, **form.cleaned_data)
    )
    if status is not None:
        named = queries.with_names(assignment)
        context = {
            "form": form,
            "assignment": named,
            "deliveries": queries.deliveries_of(assignment),
            "must_tell_lead": not rules.is_ready(named),
        }
        return render(request, "teaching/delivery_form.html", context, status=status)
    messages.success(request, "It is recorded that the class was taught this lesson.")
    return redirect("dashboards:class-detail", pk=assignment.school_class_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def later_check(request: HttpRequest, pk: int) -> HttpResponse:
    seen, membership = get_visible(current_user(request), Assignment, pk=pk)
    assignment = queries.with_names(seen)
    closed_on = timezone.localdate(assignment.closed_at) if assignment.closed_at else queries.today()
    earliest, best_from, best_to = rules.later_days(closed_on)
    form = LaterCheckForm(request.POST if request.method == "POST" else None, opens_on=max(best_from, queries.today()))
    status = problem_status(form, lambda: _set_later(membership, assignment, form))
    if status is not None:
        refusal = rules.why_no_later_check(assignment)
        context = {
            "form": form,
            "assignment": assignment,
            "why_not": str(refusal or ""),
            "earliest": earliest,
            "best_from": best_from,
            "best_to": best_to,
            "is_late": queries.today() > best_to,
        }
        return render(request, "teaching/later_check.html", context, status=status)
    messages.success(request, "The later check is set. Pupils find it with the class code, like a lesson.")
    return redirect("dashboards:class-detail", pk=assignment.school_class_id)


def _set_later(membership: Membership, assignment: Assignment, form: LaterCheckForm) -> Any:
    return services.set_later_check(actor=membership, assignment=assignment, **form.cleaned_data)
