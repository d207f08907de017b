"""Two who change the same classes at the same moment, and pupils who answer while their class moves up."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.teaching.audience import Audience
from lessons.teaching.dates import WEEK
from lessons.teaching.enums import ForWhom, Moment, YearAction
from lessons.teaching.errors import GroupInUse, LessonClosed, NotOfTheClass, TeachingError, YearRefused
from lessons.teaching.models import Assignment, Attempt
from lessons.teaching.pupil_session import Visit
from lessons.teaching.queries.years import new_year_page
from lessons.teaching.services import (
    Move,
    archive_class,
    begin_year,
    change_assignment,
    delete_group,
    set_later_check,
    take_step,
)
from lessons.teaching.steps import steps_of
from safeguarding.schools.errors import ClassArchived, Conflict
from safeguarding.schools.models import Pupil, SchoolClass
from tests.cast import Cast, make_cast
from tests.dashboards.builders import answer, set_lesson
from tests.factories import PupilFactory, PupilGroupFactory
from tests.schools.rosters import csv_of, do_import

from .test_doing_at_once import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite's tests share one connection; only PostgreSQL has two at once"
    ),
]


@pytest.fixture
def people() -> Cast:
    return make_cast()


def refused(job: Callable[[], object], *errors: type[Exception]) -> bool:
    try:
        job()
    except errors:
        return True
    return False


def next_year(people: Cast) -> Callable[[], object]:
    year = people.named_class.school_year + 1
    page = new_year_page(people.lead, year)
    moves = [Move(each.pk, YearAction.UP, f"{each.name} up", "", 12, 13) for each in page.classes]
    return partial(begin_year, actor=people.lead, year=year, moves=moves, expected=page.token)


def test_of_two_who_begin_the_year_one_does(people: Cast) -> None:
    job = next_year(people)
    outcomes = all_at_once([partial(refused, job, YearRefused, ClassArchived) for _ in range(2)])
    assert sorted(outcomes) == [False, True]
    assert SchoolClass.objects.filter(previous=people.named_class).count() == 1
    assert Pupil.objects.filter(school_class__previous=people.named_class).count() == 2


def test_whoever_answers_while_the_class_moves_up_is_counted_or_told_that_it_is_closed(people: Cast) -> None:
    pupils = [PupilFactory(school_class=people.named_class) for _ in range(6)]
    assignment = set_lesson(people.named_class)
    steps = steps_of(assignment.version)
    answers = [
        partial(
            refused,
            partial(
                take_step,
                visit=Visit(people.named_class, pupil, None, uuid4()),
                assignment=assignment,
                steps=steps,
                number=1,
            ),
            LessonClosed,
        )
        for pupil in pupils
    ]
    *closed, moved = all_at_once([*answers, partial(refused, next_year(people), YearRefused)])
    assert not moved
    assert Attempt.objects.filter(pupil__isnull=True).count() == closed.count(False)
    assert not Attempt.objects.filter(pupil__isnull=False).exists()


def test_of_two_who_import_the_same_file_one_adds_each_pupil_and_makes_each_class(people: Cast) -> None:
    data = csv_of([("8B", "Cy", ""), ("8C", "Di", "")])
    job = partial(do_import, people.teacher, data)
    all_at_once([partial(refused, job, Conflict) for _ in range(2)])
    assert Pupil.objects.filter(display_name__in=["Cy", "Di"]).count() == 2
    assert SchoolClass.objects.filter(name="8C").count() == 1


def test_a_later_check_that_is_set_while_its_class_is_archived_stops_neither(people: Cast) -> None:
    """Each waits for the other where the check names the class that the other holds."""
    original = set_lesson(people.named_class, due=-60, closed=-60)
    answer(original, QuestionKind.KNOWLEDGE, Moment.AFTER, 1)
    today = timezone.localdate()
    set_check = partial(set_later_check, actor=people.teacher, assignment=original, opens_on=today, due_on=today + WEEK)
    for _ in range(3):
        _, archived = all_at_once(
            [
                partial(refused, set_check, TeachingError),
                partial(refused, partial(archive_class, actor=people.lead, school_class=people.named_class)),
            ]
        )
        assert not archived
        assert not Assignment.objects.filter(closed_at__isnull=True).exists()
        Assignment.objects.filter(later_of=original).delete()
        SchoolClass.objects.update(archived_at=None)


def test_a_group_that_is_deleted_while_a_lesson_is_given_to_it_leaves_no_lesson_without_it(people: Cast) -> None:
    for _ in range(3):
        group = PupilGroupFactory(school_class=people.named_class, pupils=[people.ada])
        assignment = set_lesson(people.named_class)
        give = partial(
            change_assignment,
            actor=people.teacher,
            assignment=assignment,
            opens_on=assignment.opens_on,
            due_on=assignment.due_on,
            note="",
            audience=Audience(ForWhom.GROUPS, [group.pk]),
        )
        all_at_once(
            [
                partial(refused, give, NotOfTheClass),
                partial(refused, partial(delete_group, actor=people.lead, group=group), GroupInUse),
            ]
        )
        assignment.refresh_from_db()
        assert (assignment.for_whom == ForWhom.GROUPS) == assignment.groups.exists()
