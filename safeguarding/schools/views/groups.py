from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import queries, services
from ..access import get_visible
from ..errors import ClassArchived, ClassIsAnonymous, Conflict
from ..forms.groups import GroupForm
from ..models import Membership, PupilGroup, SchoolClass
from .of_class import archived_page, of_current_class


@of_current_class
def class_groups(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    """Lists the groups; a POST makes one."""
    if not school_class.is_named:
        context = {"school_class": school_class, "why": str(ClassIsAnonymous())}
        status = 409 if request.method == "POST" else 200
        return render(request, "schools/class_pupils_none.html", context, status=status)
    pupils = queries.pupil_choices(school_class)
    if request.method != "POST":
        return _groups_page(request, school_class, GroupForm(pupils=pupils), 200)
    form = GroupForm(request.POST, pupils=pupils)
    if not form.is_valid():
        return _groups_page(request, school_class, form, 400)
    try:
        services.make_group(actor=membership, school_class=school_class, **form.values)
    except Conflict as error:
        form.refuse(error)
        return _groups_page(request, school_class, form, 409)
    messages.success(request, "The group was made.")
    return redirect("schools:class-groups", pk=school_class.pk)


def _groups_page(request: HttpRequest, school_class: SchoolClass, form: GroupForm, status: int) -> HttpResponse:
    context = {"school_class": school_class, "form": form, "groups": queries.list_groups(school_class)}
    return render(request, "schools/class_groups.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group, membership = get_visible(request.user, PupilGroup, pk=pk)
    school_class = group.school_class
    if school_class.is_archived:
        return archived_page(request, school_class)
    pupils = queries.pupil_choices(school_class)
    if request.method != "POST":
        there = list(group.pupils.values_list("pk", flat=True))
        form = GroupForm(pupils=pupils, initial={"name": group.name, "pupils": there})
        return _edit_page(request, group, form, 200)
    form = GroupForm(request.POST, pupils=pupils)
    if not form.is_valid():
        return _edit_page(request, group, form, 400)
    try:
        services.update_group(actor=membership, group=group, **form.values)
    except ClassArchived:
        return archived_page(request, school_class)
    except Conflict as error:
        form.refuse(error)
        return _edit_page(request, group, form, 409)
    messages.success(request, "The group was saved.")
    return redirect("schools:class-groups", pk=school_class.pk)


def _edit_page(request: HttpRequest, group: PupilGroup, form: GroupForm, status: int) -> HttpResponse:
    context = {"school_class": group.school_class, "group_pk": group.pk, "form": form}
    return render(request, "schools/group_edit.html", context, status=status)
