from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from safeguarding.accounts.current import current_user
from safeguarding.accounts.models import User
from safeguarding.schools.access import get_school
from safeguarding.schools.models import SchoolClass

from .. import queries, services
from ..audience import WHOLE_CLASS, Audience
from ..enums import ForWhom, Way
from ..errors import NobodyChosen, NotAllowed, NotOfTheClass, TeachingError
from ..forms import ChosenForm, SetLessonForm, SetUnitForm
from .answering import class_in_query, day_in_query

SetForm = SetLessonForm | SetUnitForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_create(request: HttpRequest, slug: str) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    lesson = queries.lesson_to_set(slug)
    if lesson is None or lesson.live_version is None:
        return _taken_down(request, slug)
    form = SetLessonForm(
        request.POST if request.method == "POST" else None,
        lesson=lesson,
        classes=queries.settable_classes(user),
        chosen=class_in_query(request, user),
        opens_on=day_in_query(request),
    )
    page = {
        "title": lesson.live_version.title,
        "band": lesson.band,
        "back": reverse("library:lesson-detail", args=[lesson.slug]),
    }
    return _set(request, user, form, page, always_confirm=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit_set(request: HttpRequest, slug: str) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    found = queries.unit_to_set(slug)
    if found is None:
        raise Http404("There is no such unit, or none of its lessons can be set now.")
    unit, lessons = found
    form = SetUnitForm(
        request.POST if request.method == "POST" else None,
        unit=unit,
        lessons=lessons,
        classes=queries.settable_classes(user),
        chosen=class_in_query(request, user),
        opens_on=day_in_query(request),
    )
    page = {
        "title": unit.title,
        "band": unit.band,
        "back": reverse("library:unit-detail", args=[unit.slug]),
        "is_unit": True,
    }
    return _set(request, user, form, page, always_confirm=True)


def _set(
    request: HttpRequest, user: User, form: SetForm, page: dict[str, Any], *, always_confirm: bool
) -> HttpResponse:
    """One page, or a second one where dates are to be looked at or somebody is to be chosen."""
    context = {**page, "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "teaching/assignment_form.html", context, status=400 if form.is_bound else 200)
    values = form.values
    chosen = _chosen_form(request, form)
    has_second_page = always_confirm or form.chosen_for != ForWhom.CLASS
    try:
        if has_second_page and not (chosen.is_bound and chosen.is_valid()):
            checked = {name: values[name] for name in ("classes", "all_the_same")}
            services.check_lessons(actor=user, slots=form.slots, **checked)
            return _confirm(request, form, chosen, context, status=400 if chosen.is_bound else 200)
        made = services.set_lessons(actor=user, slots=form.slots, audience=_audience(form, chosen), **values)
    except NotAllowed:
        raise
    except (NobodyChosen, NotOfTheClass) as error:
        chosen.refuse(error)
        return _confirm(request, form, chosen, context, status=error.status)
    except TeachingError as error:
        form.refuse(error)
        return render(request, "teaching/assignment_form.html", context, status=error.status)
    messages.success(request, _set_sentence(form.chosen_classes, form.slots[0].way, len(form.slots)))
    if len(form.chosen_classes) == 1:
        return redirect("dashboards:class-detail", pk=made[0].school_class_id)
    return redirect("dashboards:teach-home")


def _chosen_form(request: HttpRequest, form: SetForm) -> ChosenForm:
    groups: list[tuple[int, str]] = []
    pupils: list[tuple[int, str]] = []
    if form.chosen_for == ForWhom.GROUPS:
        groups = queries.group_names(form.chosen_classes[0])
    if form.chosen_for == ForWhom.PUPILS:
        pupils = queries.pupil_names(form.chosen_classes[0])
    sent = request.POST if "confirmed" in request.POST else None
    return ChosenForm(sent, for_whom=form.chosen_for, groups=groups, pupils=pupils)


def _audience(form: SetForm, chosen: ChosenForm) -> Audience:
    return WHOLE_CLASS if form.chosen_for == ForWhom.CLASS else chosen.audience


def _confirm(
    request: HttpRequest, form: SetForm, chosen: ChosenForm, context: dict[str, Any], *, status: int
) -> HttpResponse:
    days = [slot.days.opens_on for slot in form.slots]
    schools = {school_class.school_id: school_class.school for school_class in form.chosen_classes}
    outside = {day for school in schools.values() for day in queries.outside_terms(school, days)}
    context |= {
        "chosen": chosen,
        "classes": form.chosen_classes,
        "slots": [(slot, slot.days.opens_on in outside) for slot in form.slots],
    }
    return render(request, "teaching/assignment_confirm.html", context, status=status)


def _taken_down(request: HttpRequest, slug: str) -> HttpResponse:
    """Raises Http404 for what nobody could ever read."""
    gone = queries.taken_down(slug)
    if gone is None:
        raise Http404("There is no such lesson.")
    return render(request, "teaching/assignment_gone.html", {"gone": gone}, status=410)


def _set_sentence(classes: list[SchoolClass], way: str, number: int) -> str:
    names = ", ".join(school_class.name for school_class in classes)
    done = f"The lesson is set for {names}." if number == 1 else f"{number} lessons are set for {names}."
    if way == Way.TOGETHER:
        return f"{done} When you have taught {'it' if number == 1 else 'one'}, record it here."
    where = "on this page" if len(classes) == 1 else "on the page of each class"
    return f"{done} Pupils join at /join/ with the class code, which you find {where}."
