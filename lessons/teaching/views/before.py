from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_visible

from .. import rules, services
from ..forms import LeadKnowsForm
from ..lead_note import note_to_lead
from ..models import Assignment
from ..queries import ClassLesson
from .answering import problem_status
from .taught_page import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def before(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, membership = get_visible(current_user(request), Assignment, pk=pk)
    form = LeadKnowsForm(request.POST if request.method == "POST" else None)
    status = problem_status(form, lambda: services.tell_lead(actor=membership, assignment=assignment))
    if status is None:
        messages.success(request, "It is noted that the lead knows. The lesson can be taught.")
        return redirect("teaching:before", pk=pk)

    def page(request: HttpRequest, lesson: ClassLesson) -> HttpResponse:
        return render(request, "teaching/before.html", _context(request, lesson, form), status=status)

    return show(request, assignment.pk, page, teaches=False)


def _context(request: HttpRequest, lesson: ClassLesson, form: LeadKnowsForm) -> dict[str, object]:
    plan = request.build_absolute_uri(reverse("library:lesson-detail", kwargs={"slug": lesson.slug}))
    return {
        "lesson": lesson,
        "assignment": lesson.assignment,
        "form": form,
        "needs_lead": rules.needs_lead(lesson.version.lesson.topic) and not lesson.is_later_check,
        "note": note_to_lead(lesson.assignment, teacher=str(request.user), plan_address=plan),
        "code": lesson.language.code,
    }
