"""Two requests at the same moment. PostgreSQL runs them side by side; SQLite lets one writer in at a time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import Sum
from django.test import Client

from lessons.teaching import services
from lessons.teaching.errors import AlreadyBegun
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.pupil_session import Visit
from lessons.teaching.steps import StepKind, steps_of
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil, SchoolClass
from tests.cast import make_cast
from tests.dashboards.builders import next_version
from tests.factories import AssignmentFactory, PupilFactory

from .conftest import step_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite's tests share one connection; only PostgreSQL has two at once"
    ),
]
AT_ONCE = 8


def all_at_once(jobs):
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def school_class() -> SchoolClass:
    return make_cast().anonymous_class


@pytest.fixture
def assignment(school_class) -> Assignment:
    return AssignmentFactory(school_class=school_class)


def joined(school_class: SchoolClass) -> Client:
    client = Client()
    client.post("/join/", {"code": school_class.code})
    return client


def same_device(client: Client) -> Client:
    twin = Client()
    twin.cookies = client.cookies.copy()
    return twin


def test_a_double_click_on_the_first_step_makes_one_attempt(school_class, assignment):
    device = joined(school_class)
    url = step_url(assignment, 1)
    pages = all_at_once([partial(same_device(device).post, url, {"next": 1}) for _ in range(AT_ONCE)])
    assert {page.status_code for page in pages} == {302}
    assert Attempt.objects.get().position == 1


def test_a_double_click_on_an_answer_counts_it_once(school_class, assignment):
    device = joined(school_class)
    device.post(step_url(assignment, 1), {"next": 1})
    question = next(step.question for step in steps_of(assignment.version) if step.kind == StepKind.BEFORE)
    url, data = step_url(assignment, 2), {"choice": question.options[0].pk}
    pages = all_at_once([partial(same_device(device).post, url, data) for _ in range(AT_ONCE)])
    assert {page.status_code for page in pages} == {302}
    assert AnswerCount.objects.get(count__gt=0).count == 1
    assert Attempt.objects.get().position == 2


def test_a_class_that_answers_at_once_is_counted_whole(school_class, assignment):
    devices = [joined(school_class) for _ in range(AT_ONCE)]
    for device in devices:
        device.post(step_url(assignment, 1), {"next": 1})
    question = next(step.question for step in steps_of(assignment.version) if step.kind == StepKind.BEFORE)
    url, data = step_url(assignment, 2), {"choice": question.options[0].pk}
    all_at_once([partial(device.post, url, data) for device in devices])
    assert AnswerCount.objects.get(count__gt=0).count == AT_ONCE


def test_no_answer_slips_in_once_a_lesson_is_closed(school_class, assignment, monkeypatch):
    real = services.doing._count
    monkeypatch.setattr(services.doing, "_count", lambda *counted: sleep(0.05) or real(*counted))
    devices = [joined(school_class) for _ in range(AT_ONCE)]
    for device in devices:
        device.post(step_url(assignment, 1), {"next": 1})
    question = next(step.question for step in steps_of(assignment.version) if step.kind == StepKind.BEFORE)
    url, data = step_url(assignment, 2), {"choice": question.options[0].pk}
    teacher = school_class.teachers.get()
    seen_at_closing = []

    def close() -> None:
        sleep(0.1)  # some have answered, some are about to
        services.close_assignment(actor=teacher, assignment=assignment)
        seen_at_closing.append(AnswerCount.objects.aggregate(total=Sum("count"))["total"] or 0)

    all_at_once([*(partial(device.post, url, data) for device in devices), close])
    assert (AnswerCount.objects.aggregate(total=Sum("count"))["total"] or 0) == seen_at_closing[0]


def test_guesses_at_the_pictures_sent_at_once_are_five_at_most(monkeypatch):
    pupil = make_cast().ada
    pupil.secret = services.hash_secret("cat-boat-tree")
    pupil.save()
    looked_at = []
    real = services.joining.is_same_secret
    monkeypatch.setattr(services.joining, "is_same_secret", lambda *a: looked_at.append(1) or real(*a))

    def guess() -> None:
        with pytest.raises(Exception, match="teacher"):
            services.try_secret(pupil=pupil, text="sun-cup-kite")

    all_at_once([guess] * 12)
    assert len(looked_at) == 5


def test_guesses_at_many_names_of_a_class_sent_at_once_are_no_more_than_one_after_the_other(monkeypatch):
    monkeypatch.setattr(services.joining, "MOST_WRONG_TRIES_OF_A_CLASS", 4)
    school_class = make_cast().named_class
    names = PupilFactory.create_batch(
        12, school_class=school_class, secret=services.hash_secret("cat-boat-tree"), secret_kind=SecretKind.PICTURES
    )
    looked_at = []
    real = services.joining.is_same_secret
    monkeypatch.setattr(services.joining, "is_same_secret", lambda *a: looked_at.append(1) or real(*a))

    def guess(pupil: Pupil) -> None:
        with pytest.raises(Exception, match="teacher"):
            services.try_secret(pupil=pupil, text="sun-cup-kite")

    all_at_once([partial(guess, pupil) for pupil in names])
    assert len(looked_at) == 4


def test_a_class_that_shows_what_it_chose_at_once_is_let_in_whole():
    school_class = make_cast().named_class
    names = PupilFactory.create_batch(
        AT_ONCE, school_class=school_class, secret=services.hash_secret("2917"), secret_kind=SecretKind.PIN
    )
    assert set(all_at_once([partial(services.try_secret, pupil=pupil, text="2917") for pupil in names])) == set(names)


def test_a_class_that_begins_while_its_teacher_takes_the_newer_version_has_one_version(assignment):
    """Whoever is first wins: the teacher is refused, or no step of the old version is taken."""
    next_version(assignment.version)
    teacher = assignment.school_class.teachers.get()
    steps = steps_of(assignment.version)
    visits = [Visit(assignment.school_class, None, None, uuid4()) for _ in range(AT_ONCE - 1)]

    def choose():
        with suppress(AlreadyBegun):
            services.use_newer_version(actor=teacher, assignment=assignment, number=2)

    begin = [partial(services.take_step, visit=visit, assignment=assignment, steps=steps, number=1) for visit in visits]
    all_at_once([*begin, choose])

    was_moved = Assignment.objects.get().version_id != assignment.version_id
    assert Attempt.objects.count() == (0 if was_moved else AT_ONCE - 1)
