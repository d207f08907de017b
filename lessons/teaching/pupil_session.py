"""Who is on a pupil's page: kept in the Django session for two hours, under a key of its own, and nowhere else.

A signed-in teacher may try a lesson as a pupil; that leaves their sign-in alone.
"""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from lessons.library.steps import Option, Step
from safeguarding.schools.enums import ClassMode
from safeguarding.schools.models import Pupil, SchoolClass

KEY = "pupil"
ANSWER, ANSWER_PATH = "answer", "/join/lessons/"
LASTS = datetime.timedelta(hours=2)
# So much longer the cookie lives, so that whoever comes back too late is told why they have to join again.
REMEMBERED = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Visit:
    """A class, and in a named class the pupil. `door_pupil` has chosen a name but not shown their secret yet."""

    school_class: SchoolClass
    pupil: Pupil | None
    door_pupil: Pupil | None
    seed: uuid.UUID

    @property
    def is_inside(self) -> bool:
        return self.pupil is not None or not self.school_class.is_named

    def attempt_key(self, assignment_id: int) -> uuid.UUID:
        """Of an attempt in an anonymous class. Made from a seed that only this session knows, so that two requests at
        once find the same attempt, and nobody finds it when the session is gone."""
        return uuid.uuid5(self.seed, str(assignment_id))


class BackToJoin(Exception):
    """The session does not carry any further. `why` is one of the words that the join page has a sentence for."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def begin(request: HttpRequest, school_class: SchoolClass) -> None:
    """Whoever was on this device before is forgotten, attempts included."""
    forget(request)
    # A new key, so that nobody who planted the old one can look on. A sign-in has already had its own.
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(int((LASTS + REMEMBERED).total_seconds()))
    request.session[KEY] = {
        "class": school_class.pk,
        "code": school_class.code,
        "mode": school_class.mode,
        "seed": str(uuid.uuid4()),
        "until": (timezone.now() + LASTS).timestamp(),
    }


def come_to_door(request: HttpRequest, pupil_id: int) -> None:
    request.session[KEY] = {**_inside_the_class(request), "door": pupil_id}


def keep_chosen(request: HttpRequest, secret_hash: str) -> None:
    """The hash of what was chosen first, until it has been chosen a second time."""
    request.session[KEY] = {**request.session[KEY], "chosen": secret_hash}


def chosen(request: HttpRequest) -> str:
    return str(request.session.get(KEY, {}).get("chosen", ""))


def forget_chosen(request: HttpRequest) -> None:
    request.session[KEY] = {name: value for name, value in request.session[KEY].items() if name != "chosen"}


def enter(request: HttpRequest, pupil: Pupil) -> None:
    if not request.user.is_authenticated:
        request.session.cycle_key()
    request.session[KEY] = {**_inside_the_class(request), "pupil": pupil.pk, "proof": _proof(pupil)}


def forget(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        request.session.pop(KEY, None)
    else:
        request.session.flush()


def keep_answer(response: HttpResponse, visit: Visit, assignment_id: int, step: Step, option_pk: int) -> None:
    """For the one page that shows the feedback on it; the next thing the pupil sends drops it.

    It stands with the pupil's own device alone, and there as a mark that only their session can read: beside the name
    in a session, the database would hold who it is that is worried.
    """
    response.set_cookie(
        ANSWER,
        _mark(visit, assignment_id, step, option_pk),
        max_age=LASTS,
        path=ANSWER_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept_answer(request: HttpRequest, visit: Visit, assignment_id: int, step: Step) -> Option | None:
    mark = request.COOKIES.get(ANSWER)
    if not mark or step.question is None:
        return None
    options = step.question.options
    return next((o for o in options if constant_time_compare(mark, _mark(visit, assignment_id, step, o.pk))), None)


def drop_answer(response: HttpResponse) -> None:
    response.delete_cookie(ANSWER, path=ANSWER_PATH, samesite="Lax")


def _mark(visit: Visit, assignment_id: int, step: Step, option_pk: int) -> str:
    said = f"{visit.seed} {assignment_id} {step.number} {option_pk}"
    return salted_hmac("lessons.teaching.answer", said, algorithm="sha256").hexdigest()


def visit_of(request: HttpRequest) -> Visit:
    """Reads only. One query for the session, one for the class or the pupil.

    Raises BackToJoin where nobody has joined, the two hours are over, or the class has changed since.
    """
    kept: dict[str, Any] = request.session.get(KEY) or {}
    if not kept:
        raise BackToJoin("start")
    if kept["until"] < timezone.now().timestamp():
        raise BackToJoin("time" if kept["mode"] == ClassMode.NAMED else "anew")
    pupil_id = kept.get("pupil") or kept.get("door")
    pupil = (
        Pupil.objects.select_related("school_class__school__country").filter(pk=pupil_id).first() if pupil_id else None
    )
    school_class = (
        pupil.school_class
        if pupil
        else SchoolClass.objects.select_related("school__country").filter(pk=kept["class"]).first()
    )
    if school_class is None or school_class.pk != kept["class"] or school_class.code != kept["code"]:
        raise BackToJoin("code")
    if school_class.is_archived:
        raise BackToJoin("ended")
    if school_class.mode != kept["mode"]:
        raise BackToJoin("mode")
    if pupil_id and pupil is None:
        raise BackToJoin("name")
    is_inside = pupil is not None and "pupil" in kept
    if pupil and is_inside and not constant_time_compare(kept["proof"], _proof(pupil)):
        raise BackToJoin("secret")
    return Visit(
        school_class=school_class,
        pupil=pupil if is_inside else None,
        door_pupil=None if is_inside else pupil,
        seed=uuid.UUID(kept["seed"]),
    )


def find_visit(request: HttpRequest) -> Visit | None:
    try:
        return visit_of(request)
    except BackToJoin:
        return None


def _proof(pupil: Pupil) -> str:
    """Changes with the pupil's secret, so that a teacher who clears it also ends what was entered with it."""
    return salted_hmac("lessons.teaching.pupil_session", pupil.secret).hexdigest()


def _inside_the_class(request: HttpRequest) -> dict[str, Any]:
    """What the session keeps of the class, without what it kept of a pupil."""
    kept: dict[str, Any] = request.session[KEY]
    return {name: kept[name] for name in ("class", "code", "mode", "seed", "until")}
