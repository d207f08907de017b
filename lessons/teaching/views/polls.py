from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.accounts.current import current_user
from safeguarding.accounts.models import User
from safeguarding.schools.access import get_visible
from safeguarding.schools.models import SchoolClass

from .. import queries, rules, services
from ..errors import LeadNotTold, PollClosed, TaughtNoMore
from ..forms import PollForm, VoteForm
from ..forms.polls import PRESETS
from ..models import Assignment, Poll
from ..poll_questions import AskedInLesson, questions_of
from ..pupil_session import Visit
from .answering import problem_status
from .pupil_page import joined, refused
from .taught_page import not_now


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def class_polls(request: HttpRequest, pk: int) -> HttpResponse:
    user = current_user(request)
    school_class, membership = get_visible(user, SchoolClass, pk=pk)
    assignment = _lesson_asked_in(request, user, school_class)
    lesson = queries.lesson_for_class(assignment.pk) if assignment else None
    if lesson and lesson.version.withdrawn_at:
        return not_now(request, TaughtNoMore(), lesson)
    if lesson and not rules.is_ready(lesson.assignment):
        return not_now(request, LeadNotTold(), lesson)
    asked = questions_of(lesson.plan.activities) if lesson else []
    form = _poll_form(request, asked)
    opened: list[Poll] = []
    status = problem_status(
        form,
        lambda: opened.append(
            services.open_poll(
                actor=membership,
                school_class=school_class,
                assignment=lesson.assignment if lesson else None,
                **form.values,
            )
        ),
    )
    if status is None:
        return redirect("teaching:poll", pk=opened[0].pk)
    context = {
        "school_class": school_class,
        "polls": queries.class_polls(school_class),
        "form": form,
        "asked": asked,
        "lesson": lesson,
        "presets": PRESETS,
    }
    return render(request, "teaching/class_polls.html", context, status=status)


def _lesson_asked_in(request: HttpRequest, user: User, school_class: SchoolClass) -> Assignment | None:
    """Raises Http404 for what is not a lesson of this class."""
    asked = request.GET.get("lesson", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404("There is no such lesson.")
    return get_visible(user, Assignment, pk=int(asked), school_class=school_class)[0]


def _poll_form(request: HttpRequest, asked: list[AskedInLesson]) -> PollForm:
    """Empty, or with what the address names: a set of choices, or a question of the lesson."""
    if request.method == "POST":
        return PollForm(request.POST)
    number = request.GET.get("ask", "")
    if number.isdecimal() and len(number) <= 3 and 1 <= int(number) <= len(asked):
        chosen = asked[int(number) - 1]
        return PollForm(question=chosen.question, options=chosen.options or PRESETS["talk"])
    return PollForm(options=PRESETS.get(request.GET.get("choices", ""), PRESETS["agree"]))


@login_required
@require_safe
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    found, _ = get_visible(current_user(request), Poll, pk=pk)
    page = queries.poll_page(found.pk)
    context = {
        "page": page,
        "host": request.get_host(),
        "spoken_code": page.school_class.code.replace("-", " "),
    }
    return render(request, "teaching/poll.html", context)


@login_required
@require_safe
def poll_votes(request: HttpRequest, pk: int) -> HttpResponse:
    """For the board, which asks every few seconds: how many have voted, and never for what."""
    found, _ = get_visible(current_user(request), Poll, pk=pk)
    line = queries.poll_page(found.pk).line
    return JsonResponse({"votes": line.votes, "closed": line.is_closed})


@login_required
@require_POST
def poll_close(request: HttpRequest, pk: int) -> HttpResponse:
    found, membership = get_visible(current_user(request), Poll, pk=pk)
    services.close_poll(actor=membership, poll=found)
    messages.success(request, "The poll is closed. Nobody can vote any more.")
    return redirect("teaching:poll", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@joined
def pupil_poll(request: HttpRequest, visit: Visit) -> HttpResponse:
    found = queries.pupil_poll(visit)
    if found is None:
        if request.method == "POST":
            return refused(request, "This question is closed", PollClosed())
        return render(request, "teaching/pupil_poll.html", {"visit": visit, "found": None})
    form = VoteForm(
        request.POST if request.method == "POST" else None,
        poll_id=found.poll.pk,
        question=found.poll.question,
        options=found.options,
    )
    if form.is_bound and request.POST.get("poll") != str(found.poll.pk):
        return refused(request, "There is a new question", PollClosed("Your teacher has asked a new question."))
    if form.is_valid():
        try:
            services.vote(visit=visit, poll_id=found.poll.pk, option_pk=form.cleaned_data["choice"])
        except PollClosed as error:
            return refused(request, "This question is closed", error)
        return redirect("teaching:pupil-poll")
    context = {"visit": visit, "found": found, "form": form}
    return render(request, "teaching/pupil_poll.html", context, status=400 if form.is_bound else 200)
