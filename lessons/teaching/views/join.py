from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil

from .. import pupil_session, queries, services
from ..errors import PicturesNotTheSame, SecretTaken, TeachingError
from ..forms import SECRET_FORMS, CodeForm, NameForm, SecretForm
from ..pupil_secrets import draw_words, kind_for
from ..pupil_session import Visit
from .pupil_page import joined, keep_nowhere

# Why somebody has been led back to the page where one joins.
AGAIN = {
    "start": "Type your class code to begin.",
    "time": "It has been a while, so please join again. You will go on where you were.",
    "anew": (
        "It has been a while, so please join again. Your class keeps no names, so a lesson that you had not finished "
        "begins again at its first step."
    ),
    "code": "Your class has a new code. Ask your teacher for it.",
    "mode": "Your teacher has changed how your class joins. Please join again.",
    "name": "Your name is not on the list any more. Ask your teacher, then join again.",
    "secret": "Your teacher has cleared your secret. Join again to choose a new one.",
    "ended": "This class is over. Ask your teacher for the code of your new class.",
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
        return redirect("teaching:join-secret")
    status = 400 if form.is_bound else 200
    return render(request, "teaching/join_name.html", {"form": form, "visit": visit}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def secret(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Pictures, words or a PIN: chosen the first time, shown from then on."""
    pupil = visit.door_pupil
    if pupil is None:
        return redirect("teaching:pupil-lessons" if visit.is_inside else "teaching:join-name")
    kind, is_new = kind_for(pupil, visit.school_class), not pupil.secret
    words = draw_words(visit.seed, pupil.pk)
    form = SECRET_FORMS[kind](request.POST if request.method == "POST" else None, is_new=is_new, words=words)
    if not form.is_valid():
        return _secret_page(request, form, kind, pupil, 400 if form.is_bound else 200)
    try:
        known = _choose(request, pupil, kind, form.text) if is_new else services.try_secret(pupil=pupil, text=form.text)
    except TeachingError as error:
        # Drop what was sent, so that a blank form stands under the sentence.
        form = SECRET_FORMS[kind](is_new=is_new and not isinstance(error, SecretTaken), words=words)
        return _secret_page(request, form, kind, pupil, error.status, str(error))
    if known is None:
        return redirect("teaching:join-secret")
    pupil_session.enter(request, known)
    return redirect("teaching:pupil-lessons")


def _choose(request: HttpRequest, pupil: Pupil, kind: SecretKind, text: str) -> Pupil | None:
    """Lets the pupil in; pictures only once they have been chosen twice, and the first time gives nobody."""
    if kind != SecretKind.PICTURES:
        return services.keep_secret(pupil=pupil, kind=kind, secret_hash=services.hash_secret(text))
    first_time = pupil_session.chosen(request)
    if not first_time:
        pupil_session.keep_chosen(request, services.hash_secret(text))
        return None
    pupil_session.forget_chosen(request)
    if not services.is_same_secret(text, first_time):
        raise PicturesNotTheSame
    return services.keep_secret(pupil=pupil, kind=kind, secret_hash=first_time)


def _secret_page(
    request: HttpRequest, form: SecretForm, kind: SecretKind, pupil: Pupil, status: int, problem: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "pupil": pupil,
        "problem": problem,
        "is_second_time": form.is_new and bool(pupil_session.chosen(request)),
        "shows_words": form.is_new and not form.is_bound and "ready" not in request.GET,
    }
    return render(request, f"teaching/join_{kind}.html", context, status=status)


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
