"""Two teachers at the same moment. PostgreSQL runs them side by side; SQLite lets one writer in at a time."""

import datetime
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.audience import Audience
from lessons.teaching.dates import Days
from lessons.teaching.enums import ForWhom
from lessons.teaching.errors import AlreadySet, LeavesOutBegun, TeachingError
from lessons.teaching.models import Assignment, Attempt
from lessons.teaching.pupil_session import Visit
from lessons.teaching.services import Slot
from lessons.teaching.steps import steps_of
from tests.cast import Cast, make_cast
from tests.factories import AssignmentFactory, LessonVersionFactory, make_live

from .test_doing_at_once import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite's tests share one connection; only PostgreSQL has two at once"
    ),
]
TODAY = timezone.localdate()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def outcome(job) -> object:
    try:
        return job() or "done"
    except TeachingError as refusal:
        return type(refusal)


def test_a_lesson_that_several_set_for_a_class_is_set_once(cast):
    version = make_live(LessonVersionFactory())
    job = partial(
        services.set_lesson,
        actor=cast.teacher.user,
        lesson=version.lesson,
        classes=[cast.anonymous_class],
        opens_on=TODAY,
        due_on=TODAY,
        way="devices",
    )
    results = all_at_once([partial(outcome, job)] * 6)
    assert results.count(AlreadySet) == 5
    assert Assignment.objects.count() == 1


def test_two_who_set_units_for_the_same_classes_in_another_order_do_not_block_each_other(cast):
    versions = [make_live(LessonVersionFactory(parts=False)) for _ in range(3)]
    slots = [Slot(v.lesson, Days(TODAY, TODAY), "devices", v.title) for v in versions]
    classes = [cast.anonymous_class, cast.named_class]
    jobs = [
        partial(services.set_lessons, actor=cast.lead.user, slots=order, classes=of)
        for order, of in ((slots, classes), (slots[::-1], classes[::-1])) * 3
    ]
    results = all_at_once([partial(outcome, job) for job in jobs])
    assert results.count(AlreadySet) == 5
    assert Assignment.objects.count() == 6


def test_one_later_check_is_made(cast):
    closed = AssignmentFactory(
        school_class=cast.anonymous_class,
        opens_on=TODAY - datetime.timedelta(days=90),
        due_on=TODAY,
        closed_at=timezone.now() - datetime.timedelta(days=50),
    )
    option = closed.version.questions.first().options.first()
    closed.answer_counts.create(option=option, moment="after", count=5)
    job = partial(services.set_later_check, actor=cast.teacher, assignment=closed, opens_on=TODAY, due_on=TODAY)
    all_at_once([partial(outcome, job)] * 6)
    assert Assignment.objects.filter(later_of=closed).count() == 1


def test_a_pupil_who_begins_while_they_are_left_out_is_in_or_has_not_begun(cast):
    assignment = AssignmentFactory(school_class=cast.named_class)
    steps = steps_of(assignment.version)
    visit = Visit(cast.named_class, cast.bo, None, None)
    leave_out = partial(
        services.change_assignment,
        actor=cast.teacher,
        assignment=assignment,
        opens_on=assignment.opens_on,
        due_on=assignment.due_on,
        note="",
        audience=Audience(ForWhom.PUPILS, pupils=[cast.ada.pk]),
    )
    begin = partial(services.take_step, visit=visit, assignment=assignment, steps=steps, number=1)
    left_out, _ = all_at_once([partial(outcome, leave_out), partial(outcome, begin)])
    if left_out is LeavesOutBegun:
        assert Attempt.objects.filter(pupil=cast.bo).exists()
        assert Assignment.objects.get().for_whom == ForWhom.CLASS
    else:
        assert Assignment.objects.get().for_whom == ForWhom.PUPILS


def test_moving_and_closing_at_once_leave_dates_in_order(cast):
    assignment = AssignmentFactory(school_class=cast.anonymous_class)
    move = partial(
        services.move_assignment,
        actor=cast.teacher,
        assignment=assignment,
        opens_on=TODAY + datetime.timedelta(days=20),
    )
    close = partial(services.close_assignment, actor=cast.lead, assignment=assignment)
    all_at_once([partial(outcome, move), partial(outcome, close)] * 3)
    kept = Assignment.objects.get()
    assert kept.is_closed
    assert kept.opens_on <= kept.due_on
