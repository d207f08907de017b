import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lessons.teaching import services
from lessons.teaching.models import Assignment, CalendarFeed
from tests.factories import AssignmentFactory, LessonVersionFactory, MembershipFactory, make_live

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()
PAGE = reverse("teaching:calendar")


@pytest.fixture
def lesson(cast) -> Assignment:
    version = make_live(LessonVersionFactory(title="Ask first; then, share", parts=False))
    return AssignmentFactory(school_class=cast.named_class, version=version, note="For Ada and Bo")


@pytest.fixture
def feed(cast, lesson) -> str:
    return address(services.make_feed(actor=cast.teacher.user))


def address(feed: CalendarFeed) -> str:
    return reverse("teaching:calendar-feed", args=[feed.secret])


def events(page) -> list[tuple[str, datetime.date, datetime.date]]:
    found = Calendar.from_ical(page.content).walk("VEVENT")
    return [(str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND")) for event in found]


def test_a_calendar_reads_whole_days_with_class_title_and_link(feed, lesson):
    page = Client().get(feed)
    assert page.status_code == 200
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert events(page) == [
        ("8B: Ask first; then, share opens", lesson.opens_on, lesson.opens_on + DAY),
        ("8B: Ask first; then, share is due", lesson.due_on, lesson.due_on + DAY),
    ]
    link = str(Calendar.from_ical(page.content).walk("VEVENT")[0]["URL"])
    assert link.endswith(reverse("dashboards:assignment-results", args=[lesson.pk]))
    assert link.startswith("http")


def test_it_names_no_pupil_and_no_note(feed, cast):
    text = Client().get(feed).text
    for word in ("Ada", "Bo", "For Ada", cast.teacher.user.email, cast.named_class.code):
        assert word not in text


def test_no_cookie_no_shared_cache_no_referrer(signed_in, cast, feed):
    page = Client().get(feed)
    assert not page.cookies
    assert page["Cache-Control"] == "private, max-age=900"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"


def test_a_browser_may_send_the_form_that_makes_the_address(signed_in, cast):
    """With “no-referrer” it would send the origin “null”, and the form would be refused as if from another site."""
    assert signed_in(cast.teacher).get(PAGE)["Referrer-Policy"] == "same-origin"


def test_a_moved_lesson_keeps_its_entry(feed, lesson, cast):
    before = [str(event["UID"]) for event in Calendar.from_ical(Client().get(feed).content).walk("VEVENT")]
    services.move_assignment(actor=cast.teacher, assignment=lesson, opens_on=lesson.opens_on + 7 * DAY)
    after = Calendar.from_ical(Client().get(feed).content).walk("VEVENT")
    assert [str(event["UID"]) for event in after] == before
    assert after[0].decoded("DTSTART") == lesson.opens_on + 7 * DAY


def test_only_classes_that_the_person_still_sees_are_in_it(feed, cast, lesson):
    AssignmentFactory(school_class=cast.southfield_class)
    assert len(events(Client().get(feed))) == 2
    cast.named_class.teachers.clear()
    assert events(Client().get(feed)) == []


@pytest.mark.parametrize("change", [{"archived_at": timezone.now()}, {"due_on": TODAY - 57 * DAY}])
def test_what_is_put_away_or_long_ago_is_out_of_it(feed, change):
    Assignment.objects.update(opens_on=TODAY - 200 * DAY, closed_at=timezone.now(), **change)
    assert events(Client().get(feed)) == []


def test_a_new_address_ends_the_old_one_and_off_is_off(signed_in, cast, feed):
    client = signed_in(cast.teacher)
    assert feed in client.get(PAGE).text
    client.post(PAGE)
    fresh = address(CalendarFeed.objects.get())
    assert fresh != feed
    assert Client().get(feed).status_code == 404
    assert Client().get(fresh).status_code == 200
    client.post(PAGE, {"end": "yes"})
    page = Client().get(fresh)
    assert page.status_code == 404
    assert "This calendar address is not in use." in page.text
    assert not page.cookies
    assert "Make the address" in client.get(PAGE).text


def test_looking_makes_no_address(signed_in, cast):
    signed_in(cast.teacher).get(PAGE)
    assert not CalendarFeed.objects.exists()


def test_a_closed_account_and_a_lost_membership_end_it(feed, cast):
    type(cast.teacher).objects.filter(pk=cast.teacher.pk).update(is_active=False)
    assert events(Client().get(feed)) == []
    cast.teacher.user.is_active = False
    cast.teacher.user.save()
    assert Client().get(feed).status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "é", "a" * 500])
def test_a_guess_is_a_sentence(db, secret):
    page = Client().get(f"/calendar/{secret}.ics")
    assert page.status_code == 404
    assert not page.cookies


def test_the_secret_is_long(cast):
    assert len(services.make_feed(actor=cast.teacher.user).secret) >= 40


def test_somebody_at_two_schools_reads_which_one(feed, cast):
    MembershipFactory(user=cast.teacher.user, school=cast.southfield, role="lead")
    assert events(Client().get(feed))[0][0] == "8B (Northfield): Ask first; then, share opens"


def test_a_later_check_is_called_one(feed, cast, lesson):
    Assignment.objects.create(
        school_class=cast.named_class, version=lesson.version, later_of=lesson, opens_on=TODAY, due_on=TODAY
    )
    assert "8B: later check of Ask first; then, share opens" in [one for one, _, _ in events(Client().get(feed))]


def test_visitors_editors_and_other_methods(signed_in, client, cast, feed):
    assert client.get(PAGE).status_code == 302
    assert signed_in(cast.editor).get(PAGE).status_code == 403
    assert signed_in(cast.teacher).put(PAGE).status_code == 405
    assert client.post(feed).status_code == 405


def test_it_takes_the_same_queries_for_1_and_30_lessons(feed, cast, django_assert_num_queries):
    with django_assert_num_queries(4):
        Client().get(feed)
    version = make_live(LessonVersionFactory(parts=False))
    for n in range(29):
        AssignmentFactory(
            school_class=cast.named_class, version=version, closed_at=timezone.now(), due_on=TODAY + n * DAY
        )
    with django_assert_num_queries(4):
        assert len(events(Client().get(feed))) == 60
