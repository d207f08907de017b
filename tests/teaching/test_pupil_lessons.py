import datetime

from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.enums import Way
from lessons.teaching.models import Attempt
from tests.factories import AssignmentFactory

from .conftest import count_queries, step_url

URL = "/join/lessons/"
DAY = datetime.timedelta(days=1)


def test_a_class_without_a_lesson_is_told_so(join, cast):
    assert "Nothing to do right now" in join(cast.anonymous_class).get(URL).text


def test_only_open_lessons_of_the_class_for_devices_are_shown(join, cast):
    today = timezone.localdate()
    ours = {"school_class": cast.anonymous_class}
    shown = AssignmentFactory(**ours)
    hidden = [
        AssignmentFactory(**ours, closed_at=timezone.now()),
        AssignmentFactory(**ours, opens_on=today + DAY),
        AssignmentFactory(**ours, way=Way.TOGETHER),
        AssignmentFactory(school_class=cast.southfield_class),
    ]
    page = join(cast.anonymous_class).get(URL).text
    assert shown.version.title in page
    for assignment in hidden:
        assert step_url(assignment, 1) not in page


def test_a_lesson_is_not_started_then_on_the_way_then_done(join, cast, assignment):
    client = join(cast.anonymous_class)
    assert "Not started" in client.get(URL).text
    client.post(step_url(assignment, 1), {"next": 1})
    page = client.get(URL).text
    assert "On the way" in page
    assert step_url(assignment, 2) in page
    Attempt.objects.update(finished_on=timezone.localdate())
    page = client.get(URL).text
    assert "Look again" in page
    assert ">Done<" in page


def test_being_late_is_said_without_blame(join, cast, assignment):
    assignment.opens_on = assignment.due_on = timezone.localdate() - DAY
    assignment.save()
    assert "You can still do it" in join(cast.anonymous_class).get(URL).text


def test_another_pupils_progress_is_not_ones_own(join, cast, named_assignment):
    join(cast.named_class, cast.ada).post(step_url(named_assignment, 1), {"next": 1})
    assert "Not started" in join(cast.named_class, cast.bo).get(URL).text
    assert "On the way" in join(cast.named_class, cast.ada).get(URL).text


def test_in_an_anonymous_class_an_attempt_tells_nothing_of_whose_it_is(join, cast, assignment):
    client = join(cast.anonymous_class)
    client.post(step_url(assignment, 1), {"next": 1})
    attempt = Attempt.objects.get()
    assert attempt.pupil is None
    assert "Not started" in join(cast.anonymous_class).get(URL).text


def test_it_takes_the_same_queries_for_1_and_30_lessons(join, cast):
    for school_class, pupil in ((cast.anonymous_class, None), (cast.named_class, cast.ada)):
        client = join(school_class, pupil)
        first = AssignmentFactory(school_class=school_class)
        client.post(step_url(first, 1), {"next": 1})
        few = count_queries(client, reverse("teaching:pupil-lessons"))
        for _ in range(29):
            AssignmentFactory(school_class=school_class)
        assert count_queries(client, reverse("teaching:pupil-lessons")) == few <= 15


def test_an_open_question_to_the_class_leads_to_its_page_until_it_is_answered(join, cast):
    client = join(cast.anonymous_class)
    poll = services.open_poll(
        actor=cast.teacher, school_class=cast.anonymous_class, question="Is it kind?", options=["Yes", "No"]
    )
    page = client.get(URL).text
    assert "Is it kind?" in page
    assert reverse("teaching:pupil-poll") in page
    assert "Nothing to do" not in page
    assert "Is it kind?" not in join(cast.southfield_class).get(URL).text
    client.post(reverse("teaching:pupil-poll"), {"poll": poll.pk, "choice": poll.options.first().pk})
    assert "Is it kind?" not in client.get(URL).text
    services.close_poll(actor=cast.teacher, poll=poll)
    assert "Is it kind?" not in join(cast.anonymous_class).get(URL).text
