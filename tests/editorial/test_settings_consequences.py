"""What follows from a change is told before it is saved, and saved when somebody says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.editorial.queries.setting_consequences import consequence_of_change
from lessons.editorial.setting_kinds import SETTINGS, SettingKind
from lessons.evidence.models import Source
from lessons.library.models import AgeBand, Topic

from .builders import live
from .settings_builders import address, filled, token


@pytest.fixture
def published(desk):
    return live(desk.writer, desk.reviewer)


def test_raising_a_topics_least_age_names_the_live_lessons_below_it(desk, signed_in, published):
    topic = Topic.objects.get()
    client = signed_in(desk.operator)
    page = address("topics", topic)
    raised = filled(client, page) | {"least_age": 12}
    asked = client.post(page, raised)

    assert asked.status_code == 409
    html = asked.content.decode()
    assert "1 live lesson or guide would no longer pass the checks." in html
    assert "The funny photo</a>: This topic is for pupils of 12 and over; the band begins at 11." in html
    assert 'value="12"' in html
    assert Topic.objects.get().least_age == 7
    again = raised | {"told": asked.context["consequence"].token}
    assert client.post(page, again | {"least_age": 13}).status_code == 409  # it says something else
    assert client.post(page, again).status_code == 302
    assert Topic.objects.get().least_age == 12


@pytest.mark.parametrize("least_age", [5, 7, 11])
def test_an_age_that_stops_no_live_lesson_is_saved_at_once(desk, signed_in, published, least_age):
    client = signed_in(desk.operator)
    page = address("topics", Topic.objects.get())

    assert client.post(page, filled(client, page) | {"least_age": least_age}).status_code == 302


def test_a_harder_band_names_the_lessons_whose_words_it_no_longer_fits(desk, signed_in, published):
    client = signed_in(desk.operator)
    page = address("bands", AgeBand.objects.get())
    asked = client.post(page, filled(client, page) | {"age_from": 5})

    assert asked.status_code == 409
    assert "The funny photo" in asked.content.decode()
    assert AgeBand.objects.get().age_from == 11


def test_superseding_a_report_names_what_rests_on_it_and_keeps_the_moment(desk, signed_in, published):
    source = Source.objects.get()
    client = signed_in(desk.reviewer)
    page = address("sources", source)
    data = filled(client, page) | {"superseded_at": f"{timezone.localdate():%Y-%m-%d}"}
    without = client.post(page, data)
    assert without.status_code == 400
    assert "Say what replaces it and what changed." in without.content.decode()
    data |= {"superseded_reason": "A new edition."}
    asked = client.post(page, data)
    assert "1 live lesson or guide rests on it" in asked.content.decode()
    assert client.post(page, data | {"told": asked.context["consequence"].token}).status_code == 302

    source.refresh_from_db()
    moment = source.superseded_at
    assert source.is_superseded
    assert "A report they rest on was superseded" in client.get("/desk/").content.decode()
    kept = filled(client, page) | {"note": "Read it.", "token": token("sources", source)}
    assert client.post(page, kept).status_code == 302
    source.refresh_from_db()
    assert (source.superseded_at, source.note) == (moment, "Read it.")


def test_an_edition_does_not_end_before_it_begins(desk, signed_in):
    client = signed_in(desk.operator)
    client.post(address("frameworks", page="new"), {"name": "RSHE"})
    framework = SETTINGS[SettingKind.FRAMEWORKS].model.objects.get()
    data = {"framework": framework.pk, "name": "2026", "in_force_from": "2026-09-01", "in_force_to": "2026-08-31"}
    answer = client.post(address("editions", page="new"), data)

    assert answer.status_code == 400
    assert "It cannot end before it begins." in answer.content.decode()
    assert client.post(address("editions", page="new"), data | {"in_force_to": ""}).status_code == 302


def test_what_follows_is_found_in_as_many_queries_for_many(desk, published):
    topic = Topic.objects.get()
    wanted = Topic.objects.get()
    wanted.least_age = 12

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = consequence_of_change(SETTINGS[SettingKind.TOPICS], topic, wanted)
        return len(captured), len(found.items)

    few, one = queries()
    for number in range(4):
        live(desk.writer, desk.reviewer, slug=f"photo-{number}")
    assert (one, queries()) == (1, (few, 5))
