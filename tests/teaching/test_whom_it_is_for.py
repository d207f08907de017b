"""Which lessons a pupil meets: theirs, ready, and of a class that goes on."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.enums import ForWhom
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import steps_of
from tests.factories import AssignmentFactory, PupilFactory, PupilGroupFactory, TopicFactory

from .conftest import count_queries, step_url

LIST = "/join/lessons/"


@pytest.fixture
def group_lesson(cast) -> Assignment:
    """Set for a group of 8B that Ada is in and Bo is not."""
    assignment = AssignmentFactory(school_class=cast.named_class, for_whom=ForWhom.GROUPS)
    assignment.groups.add(PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada]))
    return assignment


@pytest.fixture
def unready(cast) -> Assignment:
    assignment = AssignmentFactory(school_class=cast.anonymous_class)
    assignment.version.lesson.topic = TopicFactory(slug="exploitation", least_age=11)
    assignment.version.lesson.save()
    return assignment


def test_a_lesson_for_a_group_is_met_by_its_pupils_alone(join, cast, group_lesson):
    ada, bo = join(cast.named_class, cast.ada), join(cast.named_class, cast.bo)
    assert group_lesson.version.title in ada.get(LIST).text
    assert ada.get(step_url(group_lesson, 1)).status_code == 200
    assert group_lesson.version.title not in bo.get(LIST).text
    for page in (bo.get(step_url(group_lesson, 1)), bo.post(step_url(group_lesson, 1), {"next": 1})):
        assert page.status_code == 404
        assert "not on your list" in page.text
    assert Attempt.objects.count() == 0


def test_a_pupil_of_two_of_its_groups_meets_a_lesson_once(join, cast, group_lesson):
    group_lesson.groups.add(PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada]))
    assert join(cast.named_class, cast.ada).get(LIST).text.count(f"<h2>{group_lesson.version.title}</h2>") == 1


def test_a_lesson_for_chosen_pupils_is_met_by_them_alone(join, cast):
    chosen = AssignmentFactory(school_class=cast.named_class, for_whom=ForWhom.PUPILS)
    chosen.pupils.add(cast.bo)
    assert step_url(chosen, 1) in join(cast.named_class, cast.bo).get(LIST).text
    assert step_url(chosen, 1) not in join(cast.named_class, cast.ada).get(LIST).text


def test_a_class_without_names_meets_what_is_for_all_of_it(join, cast):
    whole = AssignmentFactory(school_class=cast.anonymous_class)
    part = AssignmentFactory(school_class=cast.anonymous_class, for_whom=ForWhom.PUPILS)
    client = join(cast.anonymous_class)
    page = client.get(LIST).text
    assert step_url(whole, 1) in page
    assert step_url(part, 1) not in page
    assert client.get(step_url(part, 1)).status_code == 404


def test_a_pupil_taken_out_of_the_group_half_way_counts_nothing_more(join, cast, group_lesson):
    ada, steps = join(cast.named_class, cast.ada), steps_of(group_lesson.version)
    ada.post(step_url(group_lesson, 1), {"next": 1})
    group_lesson.groups.get().pupils.clear()
    page = ada.post(step_url(group_lesson, 2), {"choice": steps[1].question.options[0].pk})
    assert page.status_code == 404
    assert "Have a look at your lessons" in page.text
    assert not AnswerCount.objects.exists()
    assert Attempt.objects.get().position == 1


def test_a_pupil_taken_out_between_the_look_and_the_count_counts_nothing(join, cast, group_lesson, monkeypatch):
    ada = join(cast.named_class, cast.ada)
    real = services.take_step

    def after_a_change(**step: object) -> int:
        group_lesson.groups.get().pupils.clear()
        return real(**step)

    monkeypatch.setattr(services, "take_step", after_a_change)
    assert ada.post(step_url(group_lesson, 1), {"next": 1}).status_code == 404
    assert not Attempt.objects.exists()


def test_until_the_lead_knows_pupils_are_asked_to_wait_and_nothing_begins(join, cast, unready):
    client = join(cast.anonymous_class)
    page = client.get(LIST).text
    assert "Not ready yet" in page
    assert step_url(unready, 1) not in page
    for page in (client.get(step_url(unready, 1)), client.post(step_url(unready, 1), {"next": 1})):
        assert page.status_code == 409
        assert "still getting this lesson ready" in page.text
        assert "/join/help/" in page.text
    assert not Attempt.objects.exists()
    services.tell_lead(actor=cast.teacher, assignment=unready)
    assert client.get(step_url(unready, 1)).status_code == 200


def test_no_step_is_taken_of_a_lesson_that_is_not_ready(join, cast, unready, monkeypatch):
    monkeypatch.setattr("lessons.teaching.views.doing.is_ready", lambda assignment: True)
    assert join(cast.anonymous_class).post(step_url(unready, 1), {"next": 1}).status_code == 409
    assert not Attempt.objects.exists()


def test_the_teachers_note_stands_on_the_list_and_where_the_lesson_begins(join, cast):
    assignment = AssignmentFactory(school_class=cast.anonymous_class, note="Headphones on & <b>take your time</b>.")
    client = join(cast.anonymous_class)
    safe = "Headphones on &amp; &lt;b&gt;take your time&lt;/b&gt;."
    assert safe in client.get(LIST).text
    assert safe in client.get(step_url(assignment, 1)).text
    client.post(step_url(assignment, 1), {"next": 1})
    assert safe not in client.get(step_url(assignment, 2)).text


def test_nothing_is_said_where_there_is_no_note(join, cast, assignment):
    assert "From your teacher" not in join(cast.anonymous_class).get(LIST).text


def test_the_code_of_a_class_of_last_year_has_stopped_working(client: Client, cast):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    page = client.post("/join/", {"code": cast.anonymous_class.code})
    assert page.status_code == 410
    assert "Ask your teacher for a new one" in page.text


def test_whoever_was_inside_a_class_that_ended_is_told(join, cast, assignment):
    client = join(cast.anonymous_class)
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    for page in (client.get(LIST, follow=True), client.post(step_url(assignment, 1), {"next": 1}, follow=True)):
        assert "This class is over" in page.text
    assert not Attempt.objects.exists()


def test_in_a_named_class_one_goes_on_where_one_was_after_two_hours(join, cast, named_assignment, monkeypatch):
    client = join(cast.named_class, cast.ada)
    client.post(step_url(named_assignment, 1), {"next": 1})
    later = timezone.now() + datetime.timedelta(hours=2, minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = client.post(step_url(named_assignment, 2), {"choice": 1}, follow=True)
    assert "You will go on where you were" in page.text
    assert step_url(named_assignment, 2) in join(cast.named_class, cast.ada).get(LIST).text


def test_in_a_class_without_names_one_is_told_that_a_lesson_begins_again(join, cast, assignment, monkeypatch):
    client = join(cast.anonymous_class)
    client.post(step_url(assignment, 1), {"next": 1})
    later = timezone.now() + datetime.timedelta(hours=2, minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "begins again at its first step" in client.get(LIST, follow=True).text
    assert "Not started" in join(cast.anonymous_class).get(LIST).text


def test_the_list_takes_the_same_queries_with_1_and_30_groups(join, cast, group_lesson):
    client = join(cast.named_class, cast.ada)
    few = count_queries(client, LIST)
    for _ in range(29):
        group_lesson.groups.add(PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada]))
        PupilFactory(school_class=cast.named_class)
    assert count_queries(client, LIST) == few <= 8
