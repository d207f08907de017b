"""What a teacher is told of, on the page of notices."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.dashboards.queries.notices import NoticeKind, notices
from lessons.library.models import LessonVersion
from lessons.teaching.models import Assignment, NoticeSetting
from tests.factories import (
    LessonFactory,
    LessonVersionFactory,
    SchoolClassFactory,
    TopicFactory,
    make_live,
    retire,
)

from .builders import begin, next_version, set_lesson, teach, today

URL = "/teach/notices/"


def live(least_age=5, **fields):
    topic = TopicFactory(slug=f"from-{least_age}", least_age=least_age)
    version = make_live(LessonVersionFactory(lesson=LessonFactory(topic=topic), **fields))
    # Live for long, so that this is no news.
    LessonVersion.objects.filter(pk=version.pk).update(live_from=timezone.now() - datetime.timedelta(days=90))
    return version


def planned(school_class, *, least_age=5, title="The funny photo", **fields):
    return set_lesson(school_class, version=live(least_age, title=title), **fields)


def told(who, days=0):
    return notices(who.user, timezone.now() + datetime.timedelta(days=days))


def kinds(who, days=0):
    return [notice.kind for notice in told(who, days)]


@pytest.mark.parametrize(("due", "is_told"), [(2, False), (1, True), (0, True), (-12, True), (-14, False)])
def test_a_lesson_is_told_of_from_the_day_before_it_is_due_for_two_weeks(cast, due, is_told):
    planned(cast.anonymous_class, due=due, opens=-60)

    assert kinds(cast.teacher) == ([NoticeKind.DUE] if is_told else [])


def test_the_sentence_says_which_day_it_is(cast):
    planned(cast.anonymous_class, due=1)
    (notice,) = told(cast.teacher)
    assert notice.sentence.startswith("It is due tomorrow, ")

    (notice,) = told(cast.teacher, days=4)
    assert notice.sentence.startswith("It was due 3 days ago, ")


def test_what_is_closed_taught_or_of_an_archived_class_is_told_of_no_more(cast):
    planned(cast.anonymous_class, due=1, closed=-1)
    teach(planned(cast.anonymous_class, due=1))
    planned(cast.named_class, due=1)
    cast.named_class.archived_at = timezone.now()
    cast.named_class.save()

    assert told(cast.teacher) == []


def test_a_topic_of_eleven_and_over_that_opens_tomorrow_waits_for_the_lead(cast):
    assignment = planned(cast.anonymous_class, least_age=11, opens=1, due=9)
    planned(cast.anonymous_class, least_age=10, opens=1, due=9)
    planned(cast.anonymous_class, least_age=12, opens=2, due=9)

    (notice,) = told(cast.teacher)
    assert (notice.assignment_pk, notice.kind) == (assignment.pk, NoticeKind.LEAD)
    assert notice.sentence.startswith("It opens tomorrow, ")
    assert notice.url == f"/teach/assignments/{assignment.pk}/before/"

    Assignment.objects.update(lead_told_at=timezone.now())
    assert told(cast.teacher) == []


def test_a_later_check_of_such_a_topic_needs_no_telling(cast):
    first = planned(cast.anonymous_class, least_age=11, due=-60, closed=-50)
    set_lesson(cast.anonymous_class, version=first.version, later_of=first, opens=1, due=9)

    assert told(cast.teacher) == []


def test_a_newer_version_is_told_of_while_nobody_has_begun(cast):
    assignment = planned(cast.anonymous_class, due=9)
    next_version(assignment.version)

    (notice,) = told(cast.teacher)
    assert notice.kind == NoticeKind.VERSION
    assert notice.sentence.startswith("Version 2 is live now; the class has version 1.")
    assert notice.url == f"/teach/assignments/{assignment.pk}/newer/"

    begin(assignment)
    assert told(cast.teacher) == []


def test_a_version_that_has_been_newer_for_long_is_no_news(cast):
    assignment = planned(cast.anonymous_class, due=9)
    newer = next_version(assignment.version)
    LessonVersion.objects.filter(pk=newer.pk).update(live_from=timezone.now() - datetime.timedelta(days=15))

    assert told(cast.teacher) == []


def test_a_withdrawn_lesson_is_told_of_as_that_alone(cast):
    assignment = planned(cast.anonymous_class, least_age=11, due=1, opens=1)
    retire(assignment.version)
    LessonVersion.objects.filter(pk=assignment.version_id).update(withdrawn_at=timezone.now())

    assert kinds(cast.teacher) == [NoticeKind.WITHDRAWN]


def test_the_last_ones_stand_first(cast):
    planned(cast.anonymous_class, title="Due long ago", due=-5)
    planned(cast.named_class, title="Due tomorrow", due=1)

    assert [notice.title for notice in told(cast.teacher)] == ["Due tomorrow", "Due long ago"]


# --- who is told ------------------------------------------------------------


def test_those_are_told_who_teach_the_class(cast):
    planned(cast.anonymous_class, due=1)

    assert kinds(cast.teacher) == [NoticeKind.DUE]
    assert told(cast.colleague) == told(cast.outsider) == told(cast.lead) == []


def test_a_lead_is_told_of_what_they_set_themselves(cast):
    planned(cast.anonymous_class, due=1, set_by=cast.lead)

    assert kinds(cast.lead) == kinds(cast.teacher) == [NoticeKind.DUE]


def test_who_has_left_the_class_is_told_no_more_of_what_they_set(cast):
    planned(cast.anonymous_class, due=1, set_by=cast.colleague)

    assert told(cast.colleague) == []


def test_a_lead_who_teaches_the_class_is_told_once(cast):
    planned(cast.anonymous_class, due=1, set_by=cast.lead)
    cast.anonymous_class.teachers.add(cast.lead)

    assert kinds(cast.lead) == [NoticeKind.DUE]


# --- the page ---------------------------------------------------------------


def page(client, status=200):
    response = client.get(URL)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_page_says_what_will_stand_there(cast, signed_in):
    assert "Nothing new" in page(signed_in(cast.teacher))


def test_notices_are_new_until_they_are_marked_as_read(cast, signed_in):
    planned(cast.anonymous_class, due=1)
    client = signed_in(cast.teacher)
    html = page(client)
    assert "1 new notice" in html
    assert "(1 new)" in html

    response = client.post(URL + "read/", {"until": timezone.now().isoformat()}, follow=True)

    assert "marked as read" in response.content.decode()
    assert "1 new notice" not in response.content.decode()
    assert "The funny photo" in response.content.decode()


def test_what_came_up_after_the_page_was_made_stays_new(cast, signed_in):
    assignment = planned(cast.anonymous_class, due=9)
    before = timezone.now()
    next_version(assignment.version)
    client = signed_in(cast.teacher)
    client.post(URL + "read/", {"until": before.isoformat()})

    assert "1 new notice" in page(client)


def test_an_older_page_or_a_clock_that_is_ahead_takes_nothing_back(cast, signed_in):
    client = signed_in(cast.teacher)
    client.post(URL + "read/", {"until": "2999-01-01T00:00:00Z"})
    read_at = NoticeSetting.objects.get(user=cast.teacher.user).read_at
    assert read_at <= timezone.now()

    client.post(URL + "read/", {"until": "2020-01-01T00:00:00Z"})
    assert NoticeSetting.objects.get(user=cast.teacher.user).read_at == read_at


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "", "now", "2027-13-45"])
def test_a_mark_that_cannot_be_read_changes_nothing(cast, signed_in, until):
    response = signed_in(cast.teacher).post(URL + "read/", {"until": until})

    assert response.status_code == 400
    assert "Open your notices once more" in response.content.decode()
    assert not NoticeSetting.objects.exists()


def test_one_reader_marks_nothing_as_read_for_another(cast, signed_in):
    cast.anonymous_class.teachers.add(cast.colleague)
    planned(cast.anonymous_class, due=1)
    signed_in(cast.teacher).post(URL + "read/", {"until": timezone.now().isoformat()})

    assert not told(cast.teacher)[0].is_new
    assert told(cast.colleague)[0].is_new


def test_how_often_to_be_written_to_is_chosen_here(cast, signed_in):
    client = signed_in(cast.teacher)
    response = client.post(URL + "digest/", {"digest": "weekly"}, follow=True)

    assert "written to at tess@northfield.example" in response.content.decode()
    assert response.context["form"]["digest"].value() == "weekly"
    kept = NoticeSetting.objects.get(user=cast.teacher.user)
    assert kept.digest == "weekly"
    # Told from now on: what stood on the page before is no news.
    assert kept.sent_at is not None

    client.post(URL + "digest/", {"digest": "daily"})
    assert NoticeSetting.objects.get(user=cast.teacher.user).sent_at == kept.sent_at


@pytest.mark.parametrize("digest", ["", "hourly"])
def test_another_choice_is_refused_with_a_sentence(cast, signed_in, digest):
    response = signed_in(cast.teacher).post(URL + "digest/", {"digest": digest})

    assert response.status_code == 400
    assert "Choose how often" in response.content.decode()


def test_the_page_is_for_teachers(cast, signed_in, client):
    page(signed_in(cast.editor), status=403)
    assert client.get(URL).status_code == 302
    for path in ("read/", "digest/"):
        assert signed_in(cast.editor).post(URL + path).status_code == 403
        assert signed_in(cast.teacher).get(URL + path).status_code == 405
    assert signed_in(cast.teacher).post(URL).status_code == 405


def test_no_pupil_stands_in_a_notice(cast, signed_in):
    begin(planned(cast.named_class, due=1), cast.ada)

    assert "Ada" not in page(signed_in(cast.teacher))


def test_thirty_lessons_take_the_queries_of_one(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    planned(cast.anonymous_class, due=1)
    few = count()
    for _ in range(29):
        school_class = SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher, cast.colleague])
        next_version(planned(school_class, due=1).version)
    assert count() == few <= 6


def test_the_days_of_the_summer_time_change_nothing(cast):
    assignment = planned(cast.anonymous_class, due=9)
    assignment.opens_on, assignment.due_on = datetime.date(2027, 3, 1), datetime.date(2027, 3, 29)
    assignment.save()
    noon = timezone.make_aware(datetime.datetime(2027, 3, 28, 12))

    (notice,) = notices(cast.teacher.user, noon)
    assert notice.sentence == "It is due tomorrow, 29 March."
    assert notices(cast.teacher.user, noon - datetime.timedelta(days=1)) == []
    assert today() < noon.date()
