from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.core.tables import asked_for, file_of

from .. import queries, rules, services
from ..access import get_school, memberships_of
from ..errors import Conflict, ModeFixed
from ..forms.classes import ClassForm, CodeEndForm
from ..models import Membership, SchoolClass
from .of_class import of_current_class


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def class_create(request: HttpRequest) -> HttpResponse:
    get_school(request.user)  # refuses somebody who belongs to no school
    form = ClassForm(
        request.POST if request.method == "POST" else None,
        memberships=memberships_of(request.user),
        initial={"school": _school_id(request)},
    )
    if request.method != "POST":
        return _create_page(request, form, 200)
    if not form.is_valid():
        return _create_page(request, form, 400)
    try:
        made = services.create_class(actor=form.actor, **form.values)
    except Conflict as error:
        form.refuse(error)
        return _create_page(request, form, 409)
    messages.success(request, f"The class {made.name} was made.")
    return redirect("schools:class-pupils" if made.is_named else "schools:class-code", pk=made.pk)


def _school_id(request: HttpRequest) -> int | None:
    """The school that the address names (`?school=<slug>`), if it is one of the person's."""
    slug = request.GET.get("school")
    return next((m.school_id for m in memberships_of(request.user) if m.school.slug == slug), None)


def _create_page(request: HttpRequest, form: ClassForm, status: int) -> HttpResponse:
    return render(request, "schools/class_create.html", {"form": form}, status=status)


@of_current_class
def class_edit(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    if request.method != "POST":
        return _edit_page(request, school_class, ClassForm.of(school_class, membership), 200)
    form = ClassForm.of(school_class, membership, request.POST)
    if not form.is_valid():
        return _edit_page(request, school_class, form, 400)
    try:
        services.update_class(actor=membership, school_class=school_class, **form.values)
    except Conflict as error:
        form.refuse(error)
        return _edit_page(request, school_class, form, 409)
    messages.success(request, "The settings of the class were saved.")
    return redirect("dashboards:class-detail", pk=school_class.pk)


def _edit_page(request: HttpRequest, school_class: SchoolClass, form: ClassForm, status: int) -> HttpResponse:
    if not rules.can_change_mode(has_pupils=queries.has_pupils(school_class)):
        form.fields["mode"].help_text = str(ModeFixed())
    return render(request, "schools/class_edit.html", {"form": form, "school_class": school_class}, status=status)


@of_current_class
def class_code(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    """A POST with `end` says when the code stops working; any other makes a new code."""
    if request.method != "POST":
        return _code_page(request, school_class, CodeEndForm())
    if "end" not in request.POST:
        services.renew_code(actor=membership, school_class=school_class)
        messages.success(request, "This is the new code. The old one has stopped working.")
        return redirect("schools:class-code", pk=school_class.pk)
    form = CodeEndForm(request.POST)
    if not form.is_valid():
        return _code_page(request, school_class, form, 400)
    try:
        services.set_code_end(actor=membership, school_class=school_class, end=form.cleaned_data["end"])
    except Conflict as error:
        form.add_error("end", str(error))
        return _code_page(request, school_class, form, 409)
    messages.success(request, "The end of the code was saved.")
    return redirect("schools:class-code", pk=school_class.pk)


def _code_page(request: HttpRequest, school_class: SchoolClass, form: CodeEndForm, status: int = 200) -> HttpResponse:
    context = {
        "school_class": school_class,
        "spoken_code": school_class.code.replace("-", " "),
        "host": request.get_host(),
        "form": form,
    }
    return render(request, "schools/class_code.html", context, status=status)


@of_current_class
def class_cards(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    """To print and cut up: for each pupil their name, the class code and where to go. Nobody's secret is on it."""
    context = {
        "school_class": school_class,
        "names": [row.name for row in queries.list_pupils(school_class)] if school_class.is_named else [],
        "spoken_code": school_class.code.replace("-", " "),
        "host": request.get_host(),
    }
    return render(request, "schools/class_cards.html", context)


@login_required
@never_cache
@require_safe
def archived_classes(request: HttpRequest) -> HttpResponseBase:
    get_school(request.user)
    table = asked_for(request, queries.archived_table(memberships_of(request.user)))
    return file_of(request, [table]) or render(request, "schools/archived_classes.html", {"table": table})
