from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lessons.library.models import Lesson
from safeguarding.accounts.current import current_user
from safeguarding.accounts.models import User
from safeguarding.schools.access import get_school, get_visible
from safeguarding.schools.models import SchoolClass

from .. import queries, services
from ..enums import Way
from ..errors import NotAllowed, TeachingError
from ..forms import DeliveryForm, DueDateForm, NewerVersionForm, RefusableForm, SetLessonForm
from ..models import Assignment


def _problem_status(form: RefusableForm, carry_out: Callable[[], Any]) -> int | None:
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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_create(request: HttpRequest, slug: str) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    lesson = Lesson.objects.live().filter(slug=slug).first()
    if lesson is None:
        raise Http404("There is no such lesson, or it has been taken down.")
    form = SetLessonForm(
        request.POST if request.method == "POST" else None,
        lesson=lesson,
        classes=queries.settable_classes(user),
        chosen=_class_in_query(request, user),
    )
    status = _problem_status(form, lambda: services.set_lesson(actor=user, lesson=lesson, **form.values))
    if status is not None:
        return render(request, "teaching/assignment_form.html", {"form": form, "lesson": lesson}, status=status)
    classes = form.values["classes"]
    messages.success(request, _set_sentence(classes, form.values["way"]))
    if len(classes) == 1:
        return redirect("dashboards:class-detail", pk=classes[0].pk)
    return redirect("dashboards:teach-home")


def _class_in_query(request: HttpRequest, user: User) -> SchoolClass | None:
    """Raises Http404 for what is not a class, or one of another school."""
    asked = request.GET.get("class", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404("There is no such class.")
    return get_visible(user, SchoolClass, pk=int(asked))[0]


def _set_sentence(classes: list[SchoolClass], way: str) -> str:
    names = ", ".join(school_class.name for school_class in classes)
    if way == Way.TOGETHER:
        return f"The lesson is set for {names}. When you have taught it, record it here."
    where = "on this page" if len(classes) == 1 else "on the page of each class"
    return f"The lesson is set for {names}. Pupils join at /join/ with the class code, which you find {where}."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = DueDateForm(request.POST if request.method == "POST" else None, initial={"due_on": assignment.due_on})
    status = _problem_status(
        form, lambda: services.change_due_date(actor=membership, assignment=assignment, **form.cleaned_data)
    )
    if status is not None:
        context = {"form": form, "assignment": queries.with_names(assignment)}
        return render(request, "teaching/assignment_edit.html", context, status=status)
    messages.success(request, "The new date is saved.")
    return redirect("dashboards:class-detail", pk=assignment.school_class_id)


@login_required
@require_POST
def assignment_close(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    services.close_assignment(actor=membership, assignment=assignment)
    messages.success(request, "The lesson is closed. Nobody can answer any more, and the class's results are complete.")
    return redirect("dashboards:assignment-results", pk=assignment.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_newer(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = NewerVersionForm(request.POST if request.method == "POST" else None)
    status = _problem_status(
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
    status = _problem_status(
        form, lambda: services.record_delivery(actor=membership, assignment=assignment, **form.cleaned_data)
    )
    if status is not None:
        context = {
            "form": form,
            "assignment": queries.with_names(assignment),
            "deliveries": queries.deliveries_of(assignment),
        }
        return render(request, "teaching/delivery_form.html", context, status=status)
    messages.success(request, "It is recorded that the class was taught this lesson.")
    return redirect("dashboards:class-detail", pk=assignment.school_class_id)
