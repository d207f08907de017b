"""What a class of the trial schools was set, and what its pupils have done of it, by the product's own services."""

import datetime
import random

from django.utils import timezone

from lessons.library.models import Lesson
from lessons.teaching.audience import WHOLE_CLASS, Audience
from lessons.teaching.enums import ForWhom
from lessons.teaching.models import Assignment, Attempt
from lessons.teaching.services import (
    close_assignment,
    close_poll,
    keep_secret,
    open_poll,
    record_delivery,
    set_later_check,
    set_lesson,
    vote,
)
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Membership, SchoolClass

from .answering import go_through, visits_of
from .plan import PlannedLesson, PlannedPoll


def seed_lesson(
    school_class: SchoolClass,
    teacher: Membership,
    lesson: Lesson,
    planned: PlannedLesson,
    secret: str,
    from_day: datetime.date,
) -> None:
    """Set, done, taught and closed as planned, in days from `from_day`; nothing where the class has had it."""
    if Assignment.objects.filter(school_class=school_class, version__lesson=lesson).exists():
        return

    def day(number: int) -> datetime.date:
        return from_day + datetime.timedelta(days=number)

    # The same every time, so that screenshots and tests show the same numbers.
    chance = random.Random(f"{school_class.school.slug} {school_class.name} {planned.slug}")  # noqa: S311  # no secret
    (assignment,) = set_lesson(
        actor=teacher.user,
        lesson=lesson,
        classes=[school_class],
        opens_on=day(planned.opens),
        due_on=day(planned.due),
        way=planned.way,
        note=planned.note,
        audience=_audience(school_class, planned.group),
        lead_told=planned.told,
    )
    _do(assignment, planned.started, planned.finished, planned.hard, secret, chance)
    if planned.taught is not None:
        record_delivery(
            actor=teacher, assignment=assignment, taught_on=day(planned.taught), pupils_present=planned.present
        )
    if planned.closed is None:
        return
    close_assignment(actor=teacher, assignment=assignment)
    _closed_on(assignment, day(planned.closed))
    if planned.later:
        assignment.refresh_from_db()
        later = set_later_check(
            actor=teacher, assignment=assignment, opens_on=day(planned.later.opens), due_on=day(planned.later.due)
        )
        _do(later, planned.later.finished, planned.later.finished, None, secret, chance)


def seed_poll(school_class: SchoolClass, teacher: Membership, planned: PlannedPoll) -> None:
    """Asked, answered and closed; nothing where the class has been asked anything."""
    if school_class.polls.exists():
        return
    poll = open_poll(actor=teacher, school_class=school_class, question=planned.question, options=planned.choices)
    chance = random.Random(planned.question)  # noqa: S311  # no secret
    for option, votes in zip(poll.options.all(), planned.votes, strict=True):
        for visit in visits_of(school_class, [], votes, chance):
            vote(visit=visit, poll_id=poll.pk, option_pk=option.pk)
    close_poll(actor=teacher, poll=poll)


def _audience(school_class: SchoolClass, group: str) -> Audience:
    if not group:
        return WHOLE_CLASS
    return Audience(ForWhom.GROUPS, groups=list(school_class.groups.filter(name=group).values_list("pk", flat=True)))


def _do(
    assignment: Assignment, started: int, finished: int, hard: int | None, secret: str, chance: random.Random
) -> None:
    """Finished by today or by the day that it was due, whichever came first."""
    school_class = assignment.school_class
    pupils = [pupil for pupil in school_class.pupils.all() if _is_for(assignment, pupil.pk)]
    visits = visits_of(school_class, pupils, started, chance)
    for visit in visits:
        if visit.pupil and not visit.pupil.secret:
            keep_secret(pupil=visit.pupil, kind=SecretKind.PICTURES, secret_hash=secret)
    go_through(assignment, visits, finished=finished, hard=hard, chance=chance)
    done_on = min(timezone.localdate(), assignment.due_on)
    Attempt.objects.filter(assignment=assignment, finished_on__isnull=False).update(finished_on=done_on)


def _is_for(assignment: Assignment, pupil_pk: int) -> bool:
    if assignment.for_whom == ForWhom.CLASS:
        return True
    return assignment.groups.filter(pupils=pupil_pk).exists()


def _closed_on(assignment: Assignment, on: datetime.date) -> None:
    """The services write down today, as they should; the trial needs a past."""
    closed_at = timezone.make_aware(datetime.datetime.combine(on, datetime.time(15)))
    Assignment.objects.filter(pk=assignment.pk).update(closed_at=closed_at)
