"""The term's plan, and copying one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.accounts.current import current_user
from safeguarding.accounts.models import User
from safeguarding.core.tables import asked_for, file_of
from safeguarding.schools.access import get_school, get_visible, memberships_of

from .. import queries, services
from ..forms import CopyForm, CopyFromForm, MoveForm, PlanForm
from ..models import Assignment
from .answering import problem_status

CLASSES_ON_A_PAGE = 12


@login_required
@require_safe
def plan(request: HttpRequest) -> HttpResponseBase:
    return _plan_page(request, current_user(request), None, 200)


def _plan_page(request: HttpRequest, user: User, form: MoveForm | None, status: int) -> HttpResponseBase:
    """`form` is a move that was refused."""
    asked = PlanForm(request.GET)
    asked.is_valid()
    school, membership = get_school(user, asked.cleaned_data.get("school") or None)
    classes = [c for c in queries.settable_classes(user) if c.school_id == school.pk]
    page_obj = Paginator(classes, CLASSES_ON_A_PAGE).get_page(asked.cleaned_data.get("page"))
    # A file has no pages.
    shown = classes if "as" in request.GET else list(page_obj)
    page = queries.plan_page(school, shown, queries.today(), asked.cleaned_data.get("term"))
    table = queries.plan_table(page)
    kept = {name: asked.cleaned_data[name] for name in ("school", "term") if asked.cleaned_data.get(name)}
    context = {
        "plan": page,
        "table": table,
        "form": form,
        "page_obj": page_obj,
        "querystring": urlencode(kept),
        "schools": [m.school for m in memberships_of(user)],
        "is_lead": membership.is_lead,
    }
    file = file_of(request, [table]) if form is None else None
    return file or render(request, "teaching/plan.html", context, status=status)


@login_required
@require_POST
def plan_move(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = current_user(request)
    assignment, membership = get_visible(user, Assignment, pk=pk)
    form = MoveForm(request.POST)
    status = problem_status(
        form, lambda: services.move_assignment(actor=membership, assignment=assignment, **form.cleaned_data)
    )
    if status is not None:
        return _plan_page(request, user, form, status)
    messages.success(request, "The lesson has its new dates.")
    address = reverse("teaching:plan")
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@login_required
@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """What has left the lists, so that it can be found and taken out again."""
    user = current_user(request)
    get_school(user)
    table = asked_for(request, queries.archive_table(user))
    return file_of(request, [table]) or render(request, "teaching/archive.html", {"table": table})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_copy(request: HttpRequest) -> HttpResponse:
    """First which class to copy from and to; then the lessons, each with its tick and its new day."""
    user = current_user(request)
    get_school(user)
    targets = queries.settable_classes(user)
    sources = list(queries.visible_classes(user).order_by("-school_year", "school__name", "age_from", "name"))
    asked = CopyFromForm(request.GET if "source" in request.GET else None, sources=sources, targets=targets)
    if not asked.is_bound or not asked.is_valid():
        context = {"form": asked, "has_classes": bool(targets) and len(sources) > 1}
        return render(request, "teaching/plan_copy_from.html", context, status=400 if asked.is_bound else 200)
    source, target = asked.classes
    page = queries.copy_page(source, target, queries.today())
    form = CopyForm(request.POST if request.method == "POST" else None, page=page)
    status = problem_status(form, lambda: services.copy_plan(actor=user, source=source, target=target, **form.values))
    if status is not None:
        return render(request, "teaching/plan_copy.html", {"form": form, "page": page}, status=status)
    messages.success(request, f"The plan is copied: {len(form.opens)} lessons are set for {target.name}.")
    return redirect("dashboards:class-detail", pk=target.pk)
