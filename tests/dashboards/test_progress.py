import datetime

import pytest

from lessons.dashboards.queries.progress import State, assignment_state, days_in_words, list_assignments
from lessons.teaching.enums import Way
from lessons.teaching.models import Assignment

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

    assert (row.class_size, row.progress_in_words) == (2, "1 of 2 started, 1 finished")


def test_an_anonymous_class_gives_counts_alone(cast):
    assignment = set_lesson(cast.anonymous_class)
    begin(assignment)

    (row,) = rows()

    assert (row.class_size, row.progress_in_words) == (None, "1 started, 0 finished")


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


def test_many_assignments_take_four_queries(cast, django_assert_num_queries):
    for _ in range(5):
        teach(set_lesson(cast.named_class))

    with django_assert_num_queries(4):
        assert len(rows()) == 5
