"""The questions once more, some weeks after the lesson."""

import pytest

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import StepKind, steps_for
from tests.factories import AssignmentFactory, TopicFactory

from .conftest import count_queries, step_url


@pytest.fixture
def later(cast, assignment) -> Assignment:
    return AssignmentFactory(school_class=cast.anonymous_class, version=assignment.version, later_of=assignment)


def test_it_asks_the_questions_without_worry_and_nothing_else(later):
    steps = steps_for(later)
    assert [step.kind for step in steps] == [StepKind.INTRO, *[StepKind.LATER] * 3, StepKind.DONE]
    assert QuestionKind.WORRY not in {step.question.kind for step in steps if step.question}


def test_its_answers_count_as_later_ones_of_its_own_and_the_lessons_stay_as_they_were(join, cast, assignment, later):
    client, steps = join(cast.anonymous_class), steps_for(later)
    intro = client.get(step_url(later, 1)).text
    assert "some weeks ago" in intro
    assert "Ground rules" not in intro
    client.post(step_url(later, 1), {"next": 1})
    page = client.post(step_url(later, 2), {"choice": steps[1].question.options[1].pk}, follow=True).text
    assert "Feedback on share it." in page, "Feedback comes at once."
    client.post(step_url(later, 2), {"read": 1})
    for step in steps[2:4]:
        client.post(step_url(later, step.number), {"choice": step.question.options[0].pk})
        client.post(step_url(later, step.number), {"read": 1})
    done = client.get(step_url(later, 5)).text
    assert "Your answers help your teacher to see what the class remembers." in done
    assert "Get help" in done
    assert {(row.assignment_id, row.moment, row.count) for row in AnswerCount.objects.filter(count__gt=0)} == {
        (later.pk, Moment.LATER, 1)
    }
    assert Attempt.objects.get().is_finished
    assert Attempt.objects.get().assignment == later


def test_the_list_says_what_it_is(join, cast, later):
    assert "its questions once more" in join(cast.anonymous_class).get("/join/lessons/").text


def test_it_waits_for_nobody_because_the_lesson_was_taught(join, cast, later):
    later.version.lesson.topic = TopicFactory(slug="exploitation", least_age=11)
    later.version.lesson.save()
    assert join(cast.anonymous_class).get(step_url(later, 1)).status_code == 200


def test_its_page_takes_few_queries(join, cast, later):
    assert count_queries(join(cast.anonymous_class), step_url(later, 1)) <= 8
