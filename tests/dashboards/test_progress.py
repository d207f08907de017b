import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.dashboards.queries.progress import State, assignment_state, days_in_words, list_assignments
from lessons.library.models import Topic
from lessons.teaching.enums import ForWhom, Way
from lessons.teaching.models import Assignment
from safeguarding.schools.enums import ClassMode
from tests.factories import PupilFactory, PupilGroupFactory, SchoolClassFactory

from .builders import begin, set_lesson, teach, today

DAY = datetime.date(2026, 11, 22)


def on(days):
    return DAY + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("opens", "due", "closed", "taught", "all_finished", "state"),
    [
        (-9, -1, True, True, True, State.CLOSED),
        (-9, -1, False, True, False, State.TAUGHT),
        (-9, -1, False, False, True, State.FINISHED),
        (-9, -1, False, False, False, State.OVERDUE),
        (-9, 0, False, False, False, State.SOON),
        (-9, 7, False, False, False, State.SOON),
        (-9, 8, False, False, False, State.OPEN),
        (1, 3, False, False, False, State.LATER),
    ],
)
def test_a_lesson_stands_where_its_dates_and_what_was_done_put_it(opens, due, closed, taught, all_finished, state):
    found = assignment_state(
        opens_on=on(opens), due_on=on(due), is_closed=closed, is_taught=taught, is_finished_by_all=all_finished, on=DAY
    )

    assert found == state


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "2 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (6, "in 6 days")],
)
def test_a_day_is_near_in_words(days, words):
    assert days_in_words(on(days), DAY) == words


def rows():
    return list_assignments(Assignment.objects.all(), today())


def test_a_named_class_says_of_how_many(cast):
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.ada, finished=True)

    (row,) = rows()

    assert (row.size, row.progress_in_words) == (2, "1 of 2 started, 1 finished")


def test_an_anonymous_class_gives_counts_alone(cast):
    assignment = set_lesson(cast.anonymous_class)
    begin(assignment)

    (row,) = rows()

    assert (row.size, row.progress_in_words) == (None, "1 started, 0 finished")


def test_a_lesson_that_every_pupil_has_finished_is_never_overdue(cast):
    assignment = set_lesson(cast.named_class, due=-3)
    for pupil in (cast.ada, cast.bo):
        begin(assignment, pupil, finished=True)

    assert rows()[0].state == State.FINISHED


def test_a_lesson_taught_together_says_when(cast):
    assignment = set_lesson(cast.anonymous_class, way=Way.TOGETHER)
    assert rows()[0].progress_in_words == "No record yet"

    teach(assignment, days=0)

    assert rows()[0].progress_in_words.startswith("Taught on ")
    assert rows()[0].state == State.TAUGHT


@pytest.mark.parametrize(("least_age", "told", "ready"), [(10, False, True), (11, False, False), (11, True, True)])
def test_a_topic_of_eleven_and_over_is_not_ready_until_the_lead_knows(cast, least_age, told, ready):
    assignment = set_lesson(cast.anonymous_class, due=2, lead_told_at=timezone.now() if told else None)
    Topic.objects.update(least_age=least_age)

    (row,) = rows()

    assert (row.is_ready, row.state.word) == (
        ready,
        "Due this week" if ready else "Not ready: tell your lead",
    )
    assert row.is_due_soon
    assignment.closed_at = timezone.now()
    assignment.save()
    assert rows()[0].state == State.CLOSED


def test_a_lesson_that_was_taught_all_the_same_is_taught(cast):
    teach(set_lesson(cast.anonymous_class))
    Topic.objects.update(least_age=12)

    assert rows()[0].state == State.TAUGHT


def test_a_pupil_of_two_groups_is_counted_once(cast):
    cy = PupilFactory(school_class=cast.named_class)
    readers = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada, cast.bo])
    singers = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.bo, cy])
    PupilFactory(school_class=cast.named_class)
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    assignment.groups.set([readers, singers])

    (row,) = rows()

    assert (row.size, row.members) == (3, {cast.ada.pk, cast.bo.pk, cy.pk})
    assert row.for_whom_in_words == "For groups: 3 pupils"


def test_whoever_has_left_the_group_after_beginning_still_counts(cast):
    group = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada, cast.bo])
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    assignment.groups.set([group])
    begin(assignment, cast.ada, finished=True)
    group.pupils.remove(cast.ada)

    (row,) = rows()

    assert row.progress_in_words == "1 of 2 started, 1 finished"


def test_a_lesson_for_chosen_pupils_is_finished_when_they_have_finished_it(cast):
    assignment = set_lesson(cast.named_class, due=-3, for_whom=ForWhom.PUPILS)
    assignment.pupils.set([cast.ada])
    begin(assignment, cast.ada, finished=True)

    (row,) = rows()

    assert (row.size, row.state, row.for_whom_in_words) == (1, State.FINISHED, "For 1 pupil")


def test_a_lesson_for_an_empty_group_is_for_nobody_and_never_finished(cast):
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    assignment.groups.set([PupilGroupFactory(school_class=cast.named_class)])

    (row,) = rows()

    assert (row.size, row.state) == (0, State.SOON)


def test_a_class_of_a_past_year_is_as_large_as_it_was(cast):
    kept, counted = set_lesson(cast.named_class, size_then=7), set_lesson(cast.named_class)
    for _ in range(7):
        begin(kept, finished=True)
    cast.named_class.pupils.all().delete()
    cast.named_class.archived_at, cast.named_class.pupils_then = timezone.now(), 9
    cast.named_class.save()

    by_pk = {row.pk: row for row in rows()}

    assert (by_pk[kept.pk].size, by_pk[counted.pk].size) == (7, 9)
    assert by_pk[kept.pk].class_is_archived


def test_a_later_check_is_told_apart_from_its_lesson(cast):
    lesson = set_lesson(cast.anonymous_class, due=-50, closed=-50)
    Topic.objects.update(least_age=12)
    set_lesson(cast.anonymous_class, due=3, version=lesson.version, later_of=lesson)

    first, later = rows()

    assert (first.has_later_check, first.is_later_check) == (True, False)
    assert (later.later_of_pk, later.title) == (lesson.pk, f"Later check: {lesson.version.title}")
    assert later.state == State.SOON  # the lead knew of the lesson
    assert [row.pk for row in list_assignments(Assignment.objects.lessons(), today())] == [lesson.pk]


def test_what_is_archived_is_still_counted(cast):
    set_lesson(cast.anonymous_class, due=-9, closed=-8, archived_at=timezone.now())

    (row,) = rows()

    assert (row.is_archived, row.state) == (True, State.CLOSED)


@pytest.mark.parametrize("many", [1, 30])
def test_one_or_thirty_assignments_take_three_queries(cast, django_assert_num_queries, many):
    group = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada])
    for _ in range(many):
        teach(set_lesson(cast.anonymous_class))
        set_lesson(cast.named_class, for_whom=ForWhom.GROUPS).groups.set([group])

    with django_assert_num_queries(3):
        assert len(rows()) == 2 * many


@given(
    groups=st.lists(st.sets(st.integers(0, 5)), max_size=3),
    chosen=st.sets(st.integers(0, 5)),
    begun=st.sets(st.integers(0, 5)),
    for_whom=st.sampled_from(ForWhom),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_pupil_whom_a_lesson_is_for_is_counted_once(db, groups, chosen, begun, for_whom):
    Assignment.objects.all().delete()
    school_class = SchoolClassFactory(mode=ClassMode.NAMED)
    pupils = PupilFactory.create_batch(6, school_class=school_class)
    assignment = set_lesson(school_class, for_whom=for_whom)
    assignment.groups.set(
        PupilGroupFactory(school_class=school_class, pupils=[pupils[n] for n in group]) for group in groups
    )
    assignment.pupils.set(pupils[n] for n in chosen)
    for n in begun:
        begin(assignment, pupils[n])

    (row,) = rows()

    meant = {ForWhom.CLASS: set(range(6)), ForWhom.GROUPS: set().union(*groups), ForWhom.PUPILS: chosen}[for_whom]
    assert row.size == len(meant | begun)
    assert row.tally.started == len(begun) <= row.size
