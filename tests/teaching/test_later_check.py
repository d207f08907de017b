import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.library.models import QuestionOption
from lessons.teaching import services
from lessons.teaching.audience import WHOLE_CLASS
from lessons.teaching.enums import Moment, Way
from lessons.teaching.errors import AlreadySet, LaterTooEarly, NoLaterCheck
from lessons.teaching.models import AnswerCount, Assignment
from tests.factories import AssignmentFactory

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()


@pytest.fixture
def closed(cast) -> Assignment:
    """Done on devices, closed seven weeks ago."""
    assignment = AssignmentFactory(
        school_class=cast.anonymous_class,
        opens_on=TODAY - 60 * DAY,
        due_on=TODAY - 50 * DAY,
        closed_at=timezone.now() - 49 * DAY,
    )
    option = QuestionOption.objects.filter(question__version=assignment.version).first()
    AnswerCount.objects.create(assignment=assignment, option=option, moment=Moment.AFTER, count=5)
    return assignment


@pytest.fixture
def url(closed) -> str:
    return reverse("teaching:later-check", args=[closed.pk])


def data(**other) -> dict[str, object]:
    return {"opens_on": TODAY, "due_on": TODAY + 7 * DAY, "note": "", **other}


def test_the_class_gets_the_questions_of_the_same_version_once_more(signed_in, cast, closed, url):
    assert signed_in(cast.teacher).get(url).context["form"].initial["opens_on"] == TODAY
    page = signed_in(cast.teacher).post(url, data(note="Ten minutes."))
    assert page.url == f"/teach/classes/{cast.anonymous_class.pk}/"
    made = Assignment.objects.get(later_of=closed)
    assert (made.school_class, made.version, made.way) == (closed.school_class, closed.version, Way.DEVICES)
    assert (made.opens_on, made.due_on, made.note) == (TODAY, TODAY + 7 * DAY, "Ten minutes.")


def test_it_is_offered_where_the_lesson_was_closed(signed_in, cast, closed, url):
    assert url in signed_in(cast.teacher).get(reverse("teaching:assignment-edit", args=[closed.pk])).text


@pytest.mark.parametrize(("days", "status"), [(27, 400), (28, 302)])
def test_it_opens_four_weeks_after_the_closing_at_the_earliest(signed_in, cast, closed, url, days, status):
    opens_on = timezone.localdate(closed.closed_at) + days * DAY
    page = signed_in(cast.teacher).post(url, data(opens_on=opens_on))
    assert page.status_code == status
    if status == 400:
        assert "four weeks or more after the lesson was closed" in page.text
        assert not Assignment.objects.filter(later_of=closed).exists()


def test_the_page_names_the_weeks_that_suit_best(signed_in, cast, closed, url):
    page = signed_in(cast.teacher).get(url).text
    for weeks in (4, 6, 12):
        assert (timezone.localdate(closed.closed_at) + weeks * 7 * DAY).strftime("%-d %B %Y") in page
    assert "The twelve weeks are over." not in page
    Assignment.objects.update(closed_at=timezone.now() - 100 * DAY)
    assert "The twelve weeks are over." in signed_in(cast.teacher).get(url).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"way": Way.TOGETHER}, "done together"),
        ({"closed_at": None}, "Close the lesson first"),
    ],
)
def test_what_speaks_against_it_is_a_sentence(signed_in, cast, closed, url, change, sentence):
    Assignment.objects.update(**change)
    assert sentence in signed_in(cast.teacher).get(url).text
    page = signed_in(cast.teacher).post(url, data())
    assert page.status_code == 409
    assert sentence in page.text
    assert not Assignment.objects.filter(later_of=closed).exists()


def test_without_answers_there_is_nothing_to_compare(signed_in, cast, closed, url):
    AnswerCount.objects.all().delete()
    assert "nothing to compare with" in signed_in(cast.teacher).post(url, data()).text


def test_a_withdrawn_lesson_is_not_asked_again(signed_in, cast, closed, url):
    closed.version.live_until = closed.version.withdrawn_at = timezone.now()
    closed.version.save()
    assert "has been withdrawn" in signed_in(cast.teacher).post(url, data()).text


def test_there_is_one_and_it_has_none_of_its_own(signed_in, cast, closed, url):
    client = signed_in(cast.teacher)
    client.post(url, data())
    page = client.post(url, data())
    assert page.status_code == 409
    assert "has a later check of this lesson already" in page.text
    made = Assignment.objects.get(later_of=closed)
    with pytest.raises(NoLaterCheck):
        services.set_later_check(actor=cast.teacher, assignment=made, opens_on=TODAY, due_on=TODAY)


def test_dates_the_wrong_way_round_are_a_sentence(signed_in, cast, url):
    page = signed_in(cast.teacher).post(url, data(due_on=TODAY - DAY))
    assert page.status_code == 400
    assert "cannot be due before it opens" in page.text


def test_it_keeps_its_distance_when_its_dates_change(cast, closed):
    made = services.set_later_check(actor=cast.teacher, assignment=closed, opens_on=TODAY, due_on=TODAY)
    early = timezone.localdate(closed.closed_at) + 27 * DAY
    with pytest.raises(LaterTooEarly):
        services.move_assignment(actor=cast.teacher, assignment=made, opens_on=early)
    with pytest.raises(LaterTooEarly):
        services.change_assignment(
            actor=cast.teacher, assignment=made, opens_on=early, due_on=TODAY, note="", audience=WHOLE_CLASS
        )


def test_it_is_not_taught_and_is_always_ready(signed_in, cast, closed):
    made = services.set_later_check(actor=cast.teacher, assignment=closed, opens_on=TODAY, due_on=TODAY)
    sent = {"taught_on": TODAY, "pupils_present": 20}
    page = signed_in(cast.teacher).post(reverse("teaching:delivery-create", args=[made.pk]), sent)
    assert page.status_code == 409
    assert "A later check is answered and not taught." in page.text
    assert (
        "Record teaching" not in signed_in(cast.teacher).get(reverse("teaching:assignment-edit", args=[made.pk])).text
    )


def test_the_lesson_can_be_set_again_beside_its_later_check(cast, closed):
    services.set_later_check(actor=cast.teacher, assignment=closed, opens_on=TODAY, due_on=TODAY)
    again = {
        "actor": cast.teacher.user,
        "lesson": closed.version.lesson,
        "classes": [cast.anonymous_class],
        "opens_on": TODAY,
        "due_on": TODAY,
        "way": Way.DEVICES,
    }
    services.set_lesson(**again)
    with pytest.raises(AlreadySet):
        services.set_lesson(**again)


def test_others_do_not_set_it(signed_in, client, cast, url):
    assert signed_in(cast.lead).get(url).status_code == 200
    assert signed_in(cast.colleague).post(url, data()).status_code == 403
    assert signed_in(cast.outsider).post(url, data()).status_code == 404
    assert client.get(url).status_code == 302
    assert signed_in(cast.teacher).put(url).status_code == 405
