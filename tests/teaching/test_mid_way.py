"""What changes while a pupil is on the way: nothing is lost, and nothing counted twice."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lessons.teaching.errors import LessonNotYours
from lessons.teaching.models import AnswerCount, Attempt
from lessons.teaching.pupil_session import Visit
from lessons.teaching.services import take_step
from lessons.teaching.steps import Step, steps_of
from safeguarding.schools.codes import new_code
from safeguarding.schools.models import Pupil
from safeguarding.schools.services import remove_pupil
from tests.factories import SchoolClassFactory

from .conftest import step_url

NEXT = {"next": 1}


@pytest.fixture
def steps(named_assignment) -> tuple[Step, ...]:
    return steps_of(named_assignment.version)


@pytest.fixture
def ada(join, cast, named_assignment) -> Client:
    """Ada's device, on which the introduction lies behind her."""
    client = join(cast.named_class, cast.ada)
    client.post(step_url(named_assignment, 1), NEXT)
    return client


def choose(step: Step, index: int = 0) -> dict[str, int]:
    assert step.question
    return {"choice": step.question.options[index].pk}


def counts() -> int:
    return sum(AnswerCount.objects.values_list("count", flat=True))


def test_a_tab_that_was_left_behind_leads_to_where_the_pupil_is(ada, named_assignment, steps):
    for step in steps[1:3]:
        ada.post(step_url(named_assignment, step.number), choose(step))
    page = ada.post(step_url(named_assignment, 2), choose(steps[1], 2))
    assert page.url == step_url(named_assignment, 4)
    assert counts() == 2
    assert not AnswerCount.objects.filter(option=steps[1].question.options[2].pk, count__gt=0).exists()


def test_two_devices_of_one_pupil_go_one_way_together(join, cast, ada, named_assignment, steps):
    other = join(cast.named_class, cast.ada)
    assert other.get("/join/lessons/").text.count("Go on") == 1
    other.post(step_url(named_assignment, 2), choose(steps[1]))
    assert ada.post(step_url(named_assignment, 2), choose(steps[1])).url == step_url(named_assignment, 3)
    assert counts() == 1
    assert Attempt.objects.get().position == 2


def test_what_is_sent_from_another_tab_after_leaving_counts_nothing(ada, named_assignment, steps):
    ada.post(reverse("teaching:leave"))
    assert ada.post(step_url(named_assignment, 2), choose(steps[1])).url == "/join/?again=start"
    assert counts() == 0


def test_an_answer_that_was_sent_too_late_can_be_given_again_after_a_new_code(join, cast, ada, named_assignment, steps):
    cast.named_class.code = new_code()
    cast.named_class.save()
    page = ada.post(step_url(named_assignment, 2), choose(steps[1]), follow=True)
    assert "Your class has a new code" in page.text
    assert counts() == 0
    again = join(cast.named_class, cast.ada)
    assert again.post(step_url(named_assignment, 2), choose(steps[1])).url == step_url(named_assignment, 3)
    assert counts() == 1


def test_a_pupil_who_moved_to_another_class_half_way_is_asked_for_its_code(cast, ada, named_assignment, steps):
    cast.ada.school_class = SchoolClassFactory(school=cast.northfield, mode="named")
    cast.ada.save()
    page = ada.post(step_url(named_assignment, 2), choose(steps[1]), follow=True)
    assert page.redirect_chain[-1][0] == "/join/?again=code"
    assert counts() == 0


def test_a_pupil_who_is_taken_off_the_list_while_a_step_is_on_its_way_leaves_nothing(cast, named_assignment, steps):
    visit = Visit(cast.named_class, Pupil.objects.get(pk=cast.ada.pk), None, uuid4())
    remove_pupil(actor=cast.teacher, pupil=cast.ada)
    with pytest.raises(LessonNotYours):
        take_step(visit=visit, assignment=named_assignment, steps=steps, number=1)
    assert not Attempt.objects.exists()
