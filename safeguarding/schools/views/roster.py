"""Class lists in and out. Nothing is kept between the dry run and the import: the page brings the file back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.core.spreadsheets import csv_response

from .. import queries, rules, services
from ..access import get_school, memberships_of
from ..errors import Conflict, RosterFileRefused
from ..forms.roster import SEND_AGAIN, NewClassForm, RosterConfirmForm, RosterFileForm, to_carry
from ..models import Membership
from ..roster_file import COLUMNS

NewClasses = formset_factory(NewClassForm, extra=0)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: HttpRequest) -> HttpResponse:
    """The first POST brings a file and says what it would do; the second brings it back and does it."""
    get_school(request.user)  # refuses somebody who belongs to no school
    memberships = memberships_of(request.user)
    if request.method != "POST":
        return _import_page(request, RosterFileForm(memberships=memberships))
    if "carried" in request.POST:
        return _carry_out(request, memberships)
    form = RosterFileForm(request.POST, request.FILES, memberships=memberships)
    if not form.is_valid():
        return _import_page(request, form, 400)
    try:
        return _look_page(request, form.actor, form.bytes)
    except RosterFileRefused as error:
        form.add_error("file", str(error))
        return _import_page(request, form, 400)


def _import_page(request: HttpRequest, form: RosterFileForm, status: int = 200, refusal: str = "") -> HttpResponse:
    memberships = memberships_of(request.user)
    context = {
        "form": form,
        "refusal": refusal,
        "schools": [membership.school for membership in memberships],
        "recent": [recent for membership in memberships for recent in queries.recent_imports(membership)],
    }
    return render(request, "schools/roster_import.html", context, status=status)


def _look_page(
    request: HttpRequest,
    actor: Membership,
    data: bytes,
    *,
    posted: RosterConfirmForm | None = None,
    new_classes: BaseFormSet[Any] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """With what was posted, where that is to be put right; a plan that has become another one is asked about afresh."""
    plan = queries.look_at_roster(actor, data)
    is_as_seen = posted is not None and posted.cleaned_data["token"] == plan.token
    if posted is None or new_classes is None or not is_as_seen or len(new_classes.forms) != len(plan.new_classes):
        initial = {"carried": to_carry(data), "token": plan.token, "school": actor.school_id}
        posted = RosterConfirmForm(memberships=memberships_of(request.user), initial=initial)
        ages = queries.suggested_ages(actor, [planned.name for planned in plan.new_classes])
        new_classes = NewClasses(initial=ages, prefix="new")
    if not plan.problems:
        posted.fields["leave_out"].widget = forms.HiddenInput()
    if status == 200 and plan.problems and not plan.does_something:
        status = 400
    context = {
        "plan": plan,
        "form": posted,
        "new_classes": new_classes,
        "named": list(zip(plan.new_classes, new_classes.forms, strict=True)),
        "refusal": refusal,
        "chooses_teachers": rules.can_choose_teachers(actor),
    }
    return render(request, "schools/roster_look.html", context, status=status)


def _carry_out(request: HttpRequest, memberships: list[Membership]) -> HttpResponse:
    form = RosterConfirmForm(request.POST, memberships=memberships)
    new_classes = NewClasses(request.POST, prefix="new")
    if not form.is_valid():
        return _import_page(request, RosterFileForm(memberships=memberships), 400, SEND_AGAIN)
    actor, data = form.actor, form.cleaned_data["carried"]
    try:
        if not new_classes.is_valid():
            return _look_page(request, actor, data, posted=form, new_classes=new_classes, status=400)
        done = services.import_roster(
            actor=actor,
            data=data,
            expected=form.cleaned_data["token"],
            new_classes=[each.values for each in new_classes.forms],
            leave_out=form.cleaned_data["leave_out"],
        )
    except RosterFileRefused as error:
        return _import_page(request, RosterFileForm(memberships=memberships), 400, str(error))
    except Conflict as error:
        return _look_page(request, actor, data, posted=form, new_classes=new_classes, refusal=str(error), status=409)
    messages.success(request, _done_sentence(done))
    return redirect("schools:roster-import")


def _done_sentence(done: services.RosterDone) -> str:
    counts = [
        (done.classes_made, "class made", "classes made"),
        (done.added, "pupil added", "pupils added"),
        (done.changed, "pupil changed", "pupils changed"),
    ]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return f"Imported: {', '.join(said)}. You can undo it here until this time tomorrow."


@login_required
@never_cache
@require_safe
def roster_export(request: HttpRequest) -> HttpResponseBase:
    """Of one school (`?school=<slug>`), the first by name when none is named."""
    _, membership = get_school(request.user, request.GET.get("school") or None)
    rows = queries.roster_rows(membership)
    return csv_response(f"class-lists-{timezone.localdate():%Y-%m-%d}.csv", COLUMNS, rows)
