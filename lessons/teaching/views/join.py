from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.schools.models import Pupil

from .. import pupil_session, queries, services
from ..errors import PicturesNotTheSame, PicturesTaken, TeachingError
from ..forms import CodeForm, NameForm, PicturesForm
from ..pupil_session import Visit
from .pupil_page import joined, keep_nowhere

# Why somebody has been led back to the page where one joins.
AGAIN = {
    "start": "Type your class code to begin.",
    "time": "It has been a while, so please join again.",
    "code": "Your class has a new code. Ask your teacher for it.",
    "mode": "Your teacher has changed how your class joins. Please join again.",
    "name": "Your name is not on the list any more. Ask your teacher, then join again.",
    "pictures": "Your teacher has cleared your pictures. Join again to choose new ones.",
    "left": "You have left your class on this device. The next person can’t see what you did.",
}

at_door = partial(joined, at_door=True)


@require_http_methods(["GET", "HEAD", "POST"])
@keep_nowhere
def code(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        again = AGAIN.get(request.GET.get("again", ""))
        return _join_page(request, CodeForm(), 200, again)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _join_page(request, form, 400)
    try:
        school_class = services.find_class(form.cleaned_data["code"])
    except TeachingError as error:
        form.add_error("code", str(error))
        return _join_page(request, form, error.status)
    pupil_session.begin(request, school_class)
    return redirect("teaching:join-name" if school_class.is_named else "teaching:pupil-lessons")


def _join_page(request: HttpRequest, form: CodeForm, status: int, again: str | None = None) -> HttpResponse:
    visit = pupil_session.find_visit(request)
    return render(request, "teaching/join.html", {"form": form, "again": again, "visit": visit}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def name(request: HttpRequest, visit: Visit) -> HttpResponse:
    if not visit.school_class.is_named:
        return redirect("teaching:pupil-lessons")
    posted = request.POST if request.method == "POST" else None
    form = NameForm(posted, names=queries.pupil_names(visit.school_class))
    if form.is_valid():
        pupil_session.come_to_door(request, form.cleaned_data["pupil"])
        return redirect("teaching:join-pictures")
    status = 400 if form.is_bound else 200
    return render(request, "teaching/join_name.html", {"form": form, "visit": visit}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def pictures(request: HttpRequest, visit: Visit) -> HttpResponse:
    pupil = visit.door_pupil
    if pupil is None:
        return redirect("teaching:pupil-lessons" if visit.is_inside else "teaching:join-name")
    posted = request.POST if request.method == "POST" else None
    is_new = not pupil.secret
    form = PicturesForm(posted, is_new=is_new)
    if form.is_valid():
        try:
            known = _choose(request, pupil, form.chosen) if is_new else _show(pupil, form.chosen)
        except TeachingError as error:
            # Drop the choice, so that three blank rows stand under the sentence.
            form = PicturesForm(is_new=is_new and not isinstance(error, PicturesTaken))
            return _pictures_page(request, form, pupil, error.status, str(error))
        if known is None:
            return redirect("teaching:join-pictures")
        pupil_session.enter(request, known)
        return redirect("teaching:pupil-lessons")
    return _pictures_page(request, form, pupil, 400 if form.is_bound else 200)


def _choose(request: HttpRequest, pupil: Pupil, chosen: list[str]) -> Pupil | None:
    """The first time keeps the choice for comparison and gives nobody; the second time lets the pupil in."""
    first_time = pupil_session.chosen(request)
    if not first_time:
        pupil_session.keep_chosen(request, services.hash_pictures(chosen))
        return None
    pupil_session.forget_chosen(request)
    if not services.are_same_pictures(chosen, first_time):
        raise PicturesNotTheSame
    return services.keep_pictures(pupil=pupil, secret_hash=first_time)


def _show(pupil: Pupil, chosen: list[str]) -> Pupil:
    return services.try_pictures(pupil=pupil, chosen=chosen)


def _pictures_page(
    request: HttpRequest, form: PicturesForm, pupil: Pupil, status: int, problem: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "pupil": pupil,
        "problem": problem,
        "is_second_time": form.is_new and bool(pupil_session.chosen(request)),
    }
    return render(request, "teaching/join_pictures.html", context, status=status)


@require_POST
@keep_nowhere
def leave(request: HttpRequest) -> HttpResponse:
    pupil_session.forget(request)
    return redirect("/join/?again=left")


@require_safe
@keep_nowhere
def pupil_help(request: HttpRequest) -> HttpResponse:
    """For anybody. Neither stored nor logged, and a visitor needs no session for it."""
    visit = pupil_session.find_visit(request)
    return render(request, "teaching/pupil_help.html", {"help": queries.help_for(visit), "visit": visit})
