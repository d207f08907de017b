import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.teaching.models import Assignment, Attempt, Delivery
from tests.factories import (
    AssignmentFactory,
    LessonFactory,
    LessonVersionFactory,
    MembershipFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    make_live,
)

from .conftest import count_queries

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()
MONDAY = TODAY - TODAY.weekday() * DAY
URL = reverse("teaching:plan")


def planned(school_class, title, opens_on, **other) -> Assignment:
    version = make_live(LessonVersionFactory(title=title, parts=False))
    return AssignmentFactory(
        school_class=school_class, version=version, opens_on=opens_on, due_on=opens_on + 7 * DAY, **other
    )


def weeks_of(page, school_class) -> dict[datetime.date, list[tuple[str, str]]]:
    (shown,) = [one for one in page.context["plan"].classes if one.pk == school_class.pk]
    return {
        week.monday: [(lesson.title, lesson.word) for lesson in week.lessons] for week in shown.weeks if week.lessons
    }


def test_a_lesson_stands_with_its_class_in_the_week_in_which_it_opens(signed_in, cast):
    planned(cast.anonymous_class, "Sunday's", MONDAY + 13 * DAY)
    planned(cast.anonymous_class, "Monday's", MONDAY + 14 * DAY)
    planned(cast.named_class, "Now", MONDAY)
    page = signed_in(cast.teacher).get(URL)
    assert weeks_of(page, cast.anonymous_class) == {
        MONDAY + 7 * DAY: [("Sunday's", "Opens later")],
        MONDAY + 14 * DAY: [("Monday's", "Opens later")],
    }
    assert weeks_of(page, cast.named_class) == {MONDAY: [("Now", "Open")]}


def test_the_state_is_said_in_words(signed_in, cast):
    TermFactory(school=cast.northfield, starts_on=MONDAY - 56 * DAY, ends_on=MONDAY + 56 * DAY)
    planned(cast.anonymous_class, "a", MONDAY - 21 * DAY)
    planned(cast.anonymous_class, "b", MONDAY - 14 * DAY, closed_at=timezone.now())
    taught = planned(cast.anonymous_class, "c", MONDAY - 28 * DAY)
    Delivery.objects.create(assignment=taught, taught_on=TODAY, pupils_present=20)
    gone = planned(cast.anonymous_class, "d", MONDAY - 7 * DAY)
    gone.version.live_until = gone.version.withdrawn_at = timezone.now()
    gone.version.save()
    page = signed_in(cast.teacher).get(URL)
    words = {title: word for week in weeks_of(page, cast.anonymous_class).values() for title, word in week}
    assert words == {"a": "Overdue", "b": "Closed", "c": "Taught", "d": "Withdrawn"}


def test_what_is_in_the_archive_is_out_of_the_plan(signed_in, cast):
    planned(cast.anonymous_class, "Put away", MONDAY, closed_at=timezone.now(), archived_at=timezone.now())
    assert "Put away" not in signed_in(cast.teacher).get(URL).text


def test_it_says_where_the_lead_is_still_to_be_told(signed_in, cast):
    lesson = LessonFactory(topic=TopicFactory(slug="older", least_age=11))
    AssignmentFactory(
        school_class=cast.anonymous_class, version=make_live(LessonVersionFactory(lesson=lesson)), opens_on=TODAY
    )
    page = signed_in(cast.teacher).get(URL).text
    assert "The lead is still to be told" in page
    assert reverse("teaching:before", args=[Assignment.objects.get().pk]) in page
    Assignment.objects.update(lead_told_at=timezone.now())
    assert "The lead is still to be told" not in signed_in(cast.teacher).get(URL).text


def test_the_term_of_today_is_shown_and_others_can_be_chosen(signed_in, cast):
    now = TermFactory(school=cast.northfield, name="Autumn", starts_on=TODAY - 30 * DAY, ends_on=TODAY + 30 * DAY)
    later = TermFactory(school=cast.northfield, name="Spring", starts_on=TODAY + 45 * DAY, ends_on=TODAY + 90 * DAY)
    client = signed_in(cast.teacher)
    assert client.get(URL).context["plan"].span.pk == now.pk
    assert client.get(URL, {"term": later.pk}).context["plan"].span.pk == later.pk
    for nonsense in ("x", "-1", "9" * 40, TermFactory(school=cast.southfield).pk):
        page = client.get(URL, {"term": nonsense})
        assert page.status_code == 200
        assert page.context["plan"].span.pk == now.pk


def test_between_two_terms_the_next_one_is_shown_and_after_the_last_the_last(signed_in, cast):
    past = TermFactory(school=cast.northfield, name="Past", starts_on=TODAY - 90 * DAY, ends_on=TODAY - 30 * DAY)
    client = signed_in(cast.teacher)
    assert client.get(URL).context["plan"].span.pk == past.pk
    coming = TermFactory(school=cast.northfield, name="Next", starts_on=TODAY + 3 * DAY, ends_on=TODAY + 30 * DAY)
    assert client.get(URL).context["plan"].span.pk == coming.pk


def test_without_terms_it_shows_the_next_weeks_and_says_why(signed_in, cast):
    page = signed_in(cast.teacher).get(URL)
    assert "terms are not known yet" in page.text
    terms = reverse("schools:school-settings")
    assert terms not in page.text
    assert terms in signed_in(cast.lead).get(URL).text
    mondays = page.context["plan"].mondays
    assert mondays[0] == MONDAY
    assert 2 <= len(mondays) <= 12


def test_a_free_week_leads_to_a_lesson_for_that_class_and_week(signed_in, cast):
    TermFactory(school=cast.northfield, starts_on=MONDAY - 7 * DAY, ends_on=MONDAY + 27 * DAY)
    page = signed_in(cast.teacher).get(URL)
    find = f"{reverse('dashboards:find')}?class={cast.anonymous_class.pk}&amp;opens="
    assert [f"{find}{day}" in page.text for day in (TODAY, MONDAY + 7 * DAY)] == [True, True]
    assert f"{find}{MONDAY - 7 * DAY}" not in page.text  # that week is over


def test_a_lesson_is_moved_to_another_week_and_stays_as_long(signed_in, cast):
    lesson = planned(cast.anonymous_class, "Moved", MONDAY + 7 * DAY)
    move = reverse("teaching:plan-move", args=[lesson.pk])
    page = signed_in(cast.teacher).post(f"{move}?term=3", {"opens_on": MONDAY + 22 * DAY})
    assert page.url == f"{URL}?term=3"
    lesson.refresh_from_db()
    assert (lesson.opens_on, lesson.due_on) == (MONDAY + 22 * DAY, MONDAY + 29 * DAY)


def test_one_that_has_begun_stays_and_the_plan_says_why(signed_in, cast):
    lesson = planned(cast.anonymous_class, "Begun", MONDAY)
    client, move = signed_in(cast.teacher), reverse("teaching:plan-move", args=[lesson.pk])
    assert move in client.get(URL).text
    Attempt.objects.create(assignment=lesson)
    assert move not in client.get(URL).text
    page = client.post(move, {"opens_on": MONDAY + 7 * DAY})
    assert page.status_code == 409
    assert "the day that it opened stays" in page.text
    assert client.post(move, {"opens_on": "soon"}).status_code == 400
    refused = client.post(f"{move}?table=plan&as=csv", {"opens_on": "soon"})
    assert refused.status_code == 400, "A move that was refused is told, and no file."
    lesson.refresh_from_db()
    assert lesson.opens_on == MONDAY


def test_the_lead_sees_every_class_of_this_year_and_a_colleague_none(signed_in, cast):
    SchoolClassFactory(school=cast.northfield, name="Past", archived_at=timezone.now())
    names = [one.name for one in signed_in(cast.lead).get(URL).context["plan"].classes]
    assert names == ["8A", "8B"]
    page = signed_in(cast.colleague).get(URL)
    assert "Make a class first" in page.text
    assert [one.name for one in signed_in(cast.outsider).get(URL).context["plan"].classes] == ["8S"]


def test_somebody_at_two_schools_chooses_one(signed_in, cast):
    MembershipFactory(user=cast.teacher.user, school=cast.southfield, role="lead")
    client = signed_in(cast.teacher)
    assert [one.name for one in client.get(URL).context["plan"].classes] == ["8A", "8B"]
    page = client.get(URL, {"school": "southfield"})
    assert [one.name for one in page.context["plan"].classes] == ["8S"]
    assert signed_in(cast.outsider).get(URL, {"school": "northfield"}).status_code == 404


def test_it_is_taken_away_as_a_file_with_the_same_words(signed_in, cast):
    planned(cast.anonymous_class, "=Sum", MONDAY + 7 * DAY)
    page = signed_in(cast.teacher).get(URL, {"table": "plan", "as": "csv"})
    text = b"".join(page.streaming_content).decode() if page.streaming else page.text
    assert "=Sum (Opens later)" in text
    assert "\n=Sum" not in text
    assert ",=Sum" not in text


def test_visitors_sign_in_and_editors_are_refused(signed_in, client, cast):
    assert client.get(URL).status_code == 302
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert signed_in(cast.teacher).post(URL).status_code == 405


def test_it_takes_the_same_queries_for_1_and_30_lessons_and_for_more_classes(signed_in, cast):
    client = signed_in(cast.lead)
    version = make_live(LessonVersionFactory(parts=False))
    few = None
    for number in range(30):
        AssignmentFactory(
            school_class=SchoolClassFactory(school=cast.northfield, name=f"1{number:02}"),
            version=version,
            opens_on=MONDAY,
        )
        few = few or count_queries(client, URL)
    assert count_queries(client, URL) == few <= 12
    assert len(client.get(URL).context["plan"].classes) == 12
    assert "Page 1 of 3" in client.get(URL).text


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_that_there_is_not_is_one_that_there_is(signed_in, cast, page):
    assert signed_in(cast.lead).get(URL, {"page": page}).status_code == 200
