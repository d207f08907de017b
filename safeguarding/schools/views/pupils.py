from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import queries, services
from ..access import get_visible
from ..errors import ClassArchived, ClassIsAnonymous, Conflict
from ..forms.pupils import PupilNamesForm
from ..models import Membership, Pupil, SchoolClass
from .of_class import archived_page, of_current_class


@of_current_class
def class_pupils(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    if request.method != "POST":
        return _pupils_page(request, school_class, PupilNamesForm(), 200)
    form = PupilNamesForm(request.POST)
    if school_class.is_named and not form.is_valid():
        return _pupils_page(request, school_class, form, 400)
    try:
        added = services.add_pupils(
            actor=membership,
            school_class=school_class,
            lines=form.cleaned_data["names"] if school_class.is_named else [],
        )
    except ClassIsAnonymous:
        return _pupils_page(request, school_class, PupilNamesForm(), 409)
    except Conflict as error:
        form.refuse(error)
        return _pupils_page(request, school_class, form, 409)
    messages.success(request, "One pupil was added." if added == 1 else f"{added} pupils were added.")
    return redirect("schools:class-pupils", pk=school_class.pk)


def _pupils_page(request: HttpRequest, school_class: SchoolClass, form: PupilNamesForm, status: int) -> HttpResponse:
    if not school_class.is_named:
        context = {"school_class": school_class, "why": str(ClassIsAnonymous())}
        return render(request, "schools/class_pupils_none.html", context, status=status)
    context = {"school_class": school_class, "form": form, "pupils": queries.list_pupils(school_class)}
    return render(request, "schools/class_pupils.html", context, status=status)


@login_required
@never_cache
@require_POST
def pupil_reset(request: HttpRequest, pk: int) -> HttpResponse:
    pupil, membership = _pupil(request, pk)
    try:
        services.reset_pupil(actor=membership, pupil=pupil)
    except ClassArchived:
        return archived_page(request, pupil.school_class)
    messages.success(request, "The secret was reset. The pupil chooses a new one when they next join.")
    return redirect("schools:class-pupils", pk=pupil.school_class_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pupil_remove(request: HttpRequest, pk: int) -> HttpResponse:
    pupil, membership = _pupil(request, pk)
    if request.method == "POST":
        try:
            services.remove_pupil(actor=membership, pupil=pupil)
        except ClassArchived:
            return archived_page(request, pupil.school_class)
        messages.success(request, "The pupil was removed from the class.")
        return redirect("schools:class-pupils", pk=pupil.school_class_id)
    context = {"school_class": pupil.school_class, "name": pupil.display_name, "pupil_id": pupil.pk}
    return render(request, "schools/pupil_remove.html", context)


def _pupil(request: HttpRequest, pk: int) -> tuple[Pupil, Membership]:
    return get_visible(request.user, Pupil, pk=pk)
