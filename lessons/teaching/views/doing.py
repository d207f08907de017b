from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lessons.library.step_forms import AnswerForm, activity_form
from lessons.library.steps import Option, Step, StepKind

from .. import pupil_session, queries, services
from ..errors import LessonClosed, LessonNotOpen, LessonNotReady, LessonNotYours, LessonWithdrawn
from ..models import Assignment
from ..pupil_session import Visit
from ..rules import is_ready
from ..steps import steps_for, terms_of
from .pupil_page import joined, refused


@require_safe
@joined
def pupil_lessons(request: HttpRequest, visit: Visit) -> HttpResponse:
    lessons = queries.pupil_lessons(visit, queries.today())
    context = {"visit": visit, "lessons": lessons, "poll": queries.pupil_poll(visit)}
    return render(request, "teaching/pupil_lessons.html", context)


@dataclass(frozen=True)
class Place:
    """Where a pupil is: the step they asked for, and how many they have behind them."""

    visit: Visit
    assignment: Assignment
    steps: Sequence[Step]
    step: Step
    position: int

    @property
    def is_next(self) -> bool:
        return self.step.number == self.position + 1


@require_http_methods(["GET", "HEAD", "POST"])
@joined
def step(request: HttpRequest, visit: Visit, pk: int, number: int) -> HttpResponse:
    assignment = queries.find_assignment(visit, pk)
    if assignment is None:
        return refused(request, "Not on your list", LessonNotYours())
    if assignment.version.withdrawn_at:
        return _withdrawn(request, visit, assignment)
    if assignment.is_closed:
        return refused(request, "This lesson is closed", LessonClosed())
    if not assignment.is_open(queries.today()):
        return refused(request, "Not open yet", LessonNotOpen())
    if not is_ready(assignment):
        return refused(request, "Nearly ready", LessonNotReady())
    steps = steps_for(assignment)
    position = queries.position_in(visit, assignment)
    if not 1 <= number <= min(position + 1, len(steps)):
        return _lead_on(request, assignment, position)
    place = Place(visit, assignment, steps, steps[number - 1], position)
    return _send(request, place) if request.method == "POST" else _show(request, place)


def _withdrawn(request: HttpRequest, visit: Visit, assignment: Assignment) -> HttpResponse:
    """Calm, wherever in the lesson the pupil was: what happened, who knows, and who can help."""
    services = queries.help_for(visit, topic_id=assignment.version.lesson.topic_id)
    context = {"sentence": str(LessonWithdrawn()), "help": services}
    return render(request, "teaching/pupil_withdrawn.html", context, status=LessonWithdrawn.status)


def _lead_on(request: HttpRequest, assignment: Assignment, position: int) -> HttpResponse:
    """To where the pupil is: after a double click, in a second tab, on the way back, or when all went well."""
    response = redirect("teaching:step", pk=assignment.pk, number=position + 1)
    if request.method == "POST":
        pupil_session.drop_answer(response)
    return response


def _send(request: HttpRequest, place: Place) -> HttpResponse:
    step = place.step
    if step.activity and "next" not in request.POST:
        return _try_activity(request, place)
    if not place.is_next:
        if _kept_answer(request, place) and "read" not in request.POST:
            # The answer was sent twice: its feedback has not been read yet.
            return redirect("teaching:step", pk=place.assignment.pk, number=step.number)
        return _lead_on(request, place.assignment, place.position)
    chosen: Option | None = None
    if step.question:
        form = AnswerForm(request.POST, question=step.question)
        if not form.is_valid():
            return _show(request, place, form, status=400)
        chosen = step.question.option(form.cleaned_data["choice"])
    try:
        position = services.take_step(
            visit=place.visit,
            assignment=place.assignment,
            steps=place.steps,
            number=step.number,
            option_pk=chosen.pk if chosen else None,
        )
    except LessonClosed as error:
        return refused(request, "This lesson is closed", error)
    except LessonNotYours as error:
        return refused(request, "Not on your list", error)
    except LessonNotReady as error:
        return refused(request, "Nearly ready", error)
    except LessonWithdrawn:
        return _withdrawn(request, place.visit, place.assignment)
    response = _lead_on(request, place.assignment, position)
    if chosen and step.feedback_on(chosen) and position == step.number:
        response = redirect("teaching:step", pk=place.assignment.pk, number=step.number)
        pupil_session.keep_answer(response, place.visit, place.assignment.pk, step, chosen.pk)
    return response


def _kept_answer(request: HttpRequest, place: Place) -> Option | None:
    return pupil_session.kept_answer(request, place.visit, place.assignment.pk, place.step)


def _try_activity(request: HttpRequest, place: Place) -> HttpResponse:
    """Feedback at once, as often as one likes, at any time. Nothing is stored."""
    form = activity_form(place.step.activity, request.POST)
    if form is None:
        return _lead_on(request, place.assignment, place.position)
    return _show(request, place, form, status=200 if form.is_valid() else 400)


def _form_of(place: Place) -> forms.Form | None:
    if place.step.question and place.is_next:
        return AnswerForm(question=place.step.question)
    return activity_form(place.step.activity)


def _show(request: HttpRequest, place: Place, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    step, assignment, question = place.step, place.assignment, place.step.question
    chosen = _kept_answer(request, place)
    worried = bool(question and chosen and question.is_worried(chosen))
    context = {
        "assignment": assignment,
        "step": step,
        "form": form or _form_of(place),
        "is_next": place.is_next,
        "total": len(place.steps),
        "position": place.position,
        "chosen": chosen,
        "worried": worried,
        "terms": terms_of(assignment.version),
        "help": _help(place) if worried or step.kind == StepKind.DONE else None,
    }
    return render(request, "teaching/step.html", context, status=status)


def _help(place: Place) -> queries.PupilHelp:
    return queries.help_for(place.visit, topic_id=place.assignment.version.lesson.topic_id)
