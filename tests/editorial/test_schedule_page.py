"""The schedule as a list and a month, the page on which one item is planned, and the desk's home."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.editorial import services
from lessons.library.enums import State
from tests.factories import GuideVersionFactory, LessonVersionFactory

from .builders import in_review, item_of, live
from .pages import url

SOON = timezone.now() + datetime.timedelta(days=3)


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def approved(desk):
    version = in_review(desk.writer)
    return services.approve_version(actor=desk.reviewer, version=version, number=version.number)


def stored(version):
    return type(version)._default_manager.get(pk=version.pk)


@pytest.mark.parametrize(("who", "status"), [("writer", 200), ("reviewer", 200), ("operator", 403), ("stranger", 403)])
def test_the_schedule_is_for_the_desk(desk, signed_in, who, status):
    assert signed_in(getattr(desk, who)).get("/desk/schedule/").status_code == status


def test_a_visitor_signs_in_first_and_nothing_is_written_here(client, desk, signed_in):
    assert client.get("/desk/schedule/").status_code == 302
    assert signed_in(desk.writer).post("/desk/schedule/").status_code == 405


def test_an_empty_schedule_says_what_to_do(desk, signed_in):
    assert "Publish at a time" in signed_in(desk.writer).get("/desk/schedule/").text


def test_a_version_is_planned_shown_everywhere_changed_and_cancelled(desk, signed_in):
    version = approved(desk)
    client = signed_in(desk.reviewer)
    assert client.post(url(version, "plan"), {"live_from": typed(SOON)}).status_code == 302

    listed = client.get(f"/desk/schedule/?month={timezone.localtime(SOON):%Y-%m}").text
    assert listed.count(version.title) == 2
    assert "Rui Reviewer" in listed
    assert "Scheduled" in client.get("/desk/").text
    page = client.get(url(version)[:-1]).text
    assert "Version 1 goes live on" in page
    assert "Change or cancel the time" in page
    assert client.get("/desk/?status=scheduled").context["page_obj"].object_list[0].slug == version.identity.slug

    client.post(url(version, "plan/cancel"))
    assert stored(version).state == State.APPROVED
    assert "Nothing is planned" in client.get("/desk/schedule/").text


def test_what_is_live_is_retired_at_a_time_from_its_page(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    client = signed_in(desk.reviewer)
    assert client.post(url(version, "plan"), {"at": typed(SOON), "reason": ""}).status_code == 400
    assert client.post(url(version, "plan"), {"at": typed(SOON), "reason": "A new law."}).status_code == 302

    assert stored(version).live_until is not None
    assert "is retired" in client.get("/desk/schedule/").text.lower()


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("soon", "Write a date and a time, such as 2027-03-01 09:00."),
        ("2020-01-01T09:00", "has passed"),
        ("2027-03-28T01:30", "The clocks change in Europe/London"),
        ("2027-10-31T01:30", "The clocks change in Europe/London"),
        ("", "Say when it goes live."),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_stays_in_the_form(desk, signed_in, moment, sentence):
    version = approved(desk)
    answer = signed_in(desk.reviewer).post(url(version, "plan"), {"live_from": moment})

    assert answer.status_code == 400
    assert sentence in answer.text
    assert f'value="{moment}"' in answer.text or not moment
    assert stored(version).state == State.APPROVED


@pytest.mark.parametrize("page", ["plan", "plan/cancel"])
def test_planning_is_for_reviewers(desk, signed_in, page):
    version = approved(desk)

    assert signed_in(desk.writer).post(url(version, page), {"live_from": typed(SOON)}).status_code == 403
    assert stored(version).state == State.APPROVED


def test_what_cannot_be_planned_says_so(desk, signed_in):
    version = in_review(desk.writer)
    client = signed_in(desk.reviewer)

    assert "Nothing can be planned for this version" in client.get(url(version, "plan")).text
    assert client.post(url(version, "plan"), {"live_from": typed(SOON)}).status_code == 409
    assert client.get(url(version, "plan/cancel")).status_code == 405


@pytest.mark.parametrize("month", ["2027-13", "1066-10", "soon", "٢٠٢٧-٠٣"])
def test_a_month_that_is_none_is_refused_and_this_one_shown(desk, signed_in, month):
    answer = signed_in(desk.writer).get("/desk/schedule/", {"month": month})

    assert answer.status_code == 400
    assert "There is no such month here." in answer.text


def test_a_day_with_much_on_it_shows_five_and_folds_the_others(desk, signed_in):
    for number in range(8):
        LessonVersionFactory(title=f"Lesson {number}", status=State.APPROVED, live_from=SOON)
    month = f"/desk/schedule/?month={timezone.localtime(SOON):%Y-%m}"
    page = signed_in(desk.writer).get(month)
    days = [day for week in page.context["month"].weeks for day in week if day.moments]

    assert [(len(day.shown), len(day.others)) for day in days] == [(5, 3)]
    assert page.text.count("<summary>and 3 more") == 1
    assert [page.text.count(f"Lesson {number}<") for number in range(8)] == [2] * 8  # the list, and the month


def test_the_month_has_every_day_in_weeks_from_monday_and_its_neighbours(desk, signed_in):
    month = signed_in(desk.writer).get("/desk/schedule/?month=2027-03").context["month"]

    assert [day.on.isoformat() for day in (month.weeks[0][0], month.weeks[-1][-1])] == ["2027-03-01", "2027-04-04"]
    assert (month.previous.isoformat(), month.next.isoformat()) == ("2027-02-01", "2027-04-01")


def test_one_that_is_replaced_is_told_once_and_of_both_kinds(desk, signed_in):
    old = live(desk.writer, desk.reviewer)
    services.schedule_version(actor=desk.reviewer, version=approved(desk), live_from=SOON)
    GuideVersionFactory(title="A guide", status="approved", live_from=SOON)
    moments = signed_in(desk.writer).get("/desk/schedule/").context["page_obj"].object_list

    assert sorted((moment.title, moment.number, moment.what) for moment in moments) == [
        ("A guide", 1, "goes live"),
        (old.title, 2, "goes live"),
    ]


def test_as_many_queries_for_thirty_as_for_one(desk, signed_in):
    client = signed_in(desk.reviewer)

    def queries_with(count):
        for _ in range(count):
            LessonVersionFactory(parts=False, status="approved", live_from=SOON)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/desk/schedule/?month={SOON:%Y-%m}")
        return len(queries)

    assert queries_with(1) == queries_with(29) <= 12


def test_one_item_that_fails_its_checks_by_then_stops_no_other(desk, signed_in, monkeypatch):
    first = services.schedule_version(actor=desk.reviewer, version=approved(desk), live_from=SOON)
    other = GuideVersionFactory(status="approved", live_from=SOON)
    type(first).objects.filter(pk=first.pk).update(summary="")
    monkeypatch.setattr(timezone, "now", lambda: SOON)

    assert item_of(first).live_version == first
    assert item_of(other).live_version == other
