"""The page on which all parts of a draft stand and are written."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import content_of, write_content
from tests.factories import FindingFactory

from .builders import SCENARIO, SORT, a_draft, a_guide_draft, in_review
from .pages import filled, url


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("second", 200), ("reviewer", 403), ("operator", 403), (None, 302)]
)
def test_the_page_is_for_editors(desk, signed_in, client, who, status):
    draft = a_draft(desk.writer)
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(url(draft, "write")).status_code == status


def test_nothing_is_sent_to_the_page_itself(desk, signed_in):
    assert signed_in(desk.writer).post(url(a_draft(desk.writer), "write")).status_code == 405


def test_all_parts_of_a_lesson_stand_on_it_in_reading_order_with_what_they_lack(desk, signed_in):
    draft = a_draft(desk.writer, summary="", vocabulary=())
    html = signed_in(desk.writer).get(url(draft, "write")).content.decode()

    slots = [f'id="part-{part.value}"' for part in Part] + ['id="activity-2"', 'id="question-3"']
    assert all(slot in html for slot in slots)
    assert [html.index(slot) for slot in slots[:6]] == sorted(html.index(slot) for slot in slots[:6])
    for shown in ("Ama has a photo of Ben.", "Ask or no need", "This helps", "F101: ", "Not written yet"):
        assert shown in html
    assert "1 to mend" in html
    assert "unsafe-inline" in signed_in(desk.writer).get(url(draft, "write"))["Content-Security-Policy"]


def test_an_empty_draft_says_what_is_missing(desk, signed_in):
    draft = a_draft(desk.writer, activities=(), questions=(), objectives=(), vocabulary=(), sections={}, findings=())
    html = signed_in(desk.writer).get(url(draft, "write")).content.decode()

    assert html.count("There is none yet.") == 2
    for words in ("None yet. Two to four are enough.", "Not written yet.", "Name at least one"):
        assert words in html


def test_the_parts_of_a_guide_stand_on_it(desk, signed_in):
    answer = signed_in(desk.writer).get(url(a_guide_draft(desk.writer), "write"))

    parts = [Part.BASICS, Part.TEXT, Part.EVIDENCE, Part.DOCUMENTS]
    assert [part.part for part in answer.context["page"].parts] == parts


def test_what_was_submitted_is_not_written_any_more(desk, signed_in):
    answer = signed_in(desk.writer).get(url(in_review(desk.writer), "write"))

    assert answer.status_code == 409
    assert "Start a new version" in answer.content.decode()


def test_the_page_takes_at_most_fifteen_queries_however_long_the_lesson(desk, signed_in):
    draft = a_draft(desk.writer, sections={}, activities=(), questions=())
    client = signed_in(desk.writer)
    with CaptureQueriesContext(connection) as few:
        client.get(url(draft, "write"))
    long = read_lesson(STARTER / "lessons" / "grooming-11-14.md")
    for code in long.findings:
        FindingFactory(code=code)
    shown = '<p><a href="/lessons/x/">x</a> <img src="/media/images/x.webp" alt="A cat"></p>'
    sections = {
        kind: dataclasses.replace(section, body=f"{section.body}{shown}") for kind, section in long.sections.items()
    }
    write_content(draft, dataclasses.replace(long, sections=sections))
    for person in (desk.writer, desk.second, desk.both):
        for part in (Part.TEXT, Part.BASICS):
            services.keep_words(actor=person, version=draft, part=part, token="x", words={"title": ["x"]})
    with CaptureQueriesContext(connection) as many:
        answer = client.get(url(draft, "write"))

    assert len(answer.context["page"].others) == 4
    assert len(few) + 2 == len(many) <= 15, "one more for links and one for pictures"


def test_what_is_saved_from_there_leads_back_to_its_place(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "questions/2")) | {"text": "How sure are you?"}
    answer = client.post(url(draft, "questions/2") + "?on=write", data)

    assert answer.url == url(draft, "write") + "#question-2"
    assert content_of(draft).questions[1].text == "How sure are you?"


def test_a_form_that_stands_there_has_ids_of_its_own(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    html = client.get(url(draft, "activities/2") + "?on=write").content.decode()

    assert 'id="activity-2_id_title"' in html
    assert 'id="activity-2_id_items-0-text"' in html
    assert 'id="id_' not in html.split("<form class", 1)[1].split("</form>")[0]
    data = filled(client, url(draft, "basics")) | {"title": ""}
    refused = client.post(url(draft, "basics") + "?on=write", data)
    assert 'href="#part-basics_id_title"' in refused.content.decode()


@pytest.mark.parametrize(("to", "order"), [("1", [2, 0, 1]), ("2", [0, 2, 1]), ("9", [0, 1, 2]), ("0", [0, 1, 2])])
def test_a_row_is_dragged_to_a_place(desk, signed_in, to, order):
    draft = a_draft(desk.writer)
    before = content_of(draft).questions
    data = {"to": to, "token": token_of(content_of(draft), Part.QUESTIONS)}
    answer = signed_in(desk.writer).post(url(draft, "questions/3/move") + "?on=write", data)

    assert answer.url == url(draft, "write") + "#part-questions"
    assert content_of(draft).questions == tuple(before[index] for index in order)


def test_a_list_that_somebody_changed_meanwhile_is_shown_there_as_it_is(desk, signed_in):
    draft = a_draft(desk.writer)
    answer = signed_in(desk.writer).post(url(draft, "questions/1/move") + "?on=write", {"to": "2", "token": "old"})

    assert answer.status_code == 409
    assert answer.context["refused"] == Part.QUESTIONS
    assert "saved this list after you opened it" in answer.content.decode()


def test_a_new_row_is_opened_there(desk, signed_in):
    draft = a_draft(desk.writer)
    data = {"kind": "sort", "token": token_of(content_of(draft), Part.ACTIVITIES)}
    answer = signed_in(desk.writer).post(url(draft, "activities/add") + "?on=write", data)

    assert answer.url == url(draft, "activities/3") + "?on=write"


def test_two_editors_in_two_activities_do_not_meet(desk, signed_in):
    draft = a_draft(desk.writer)
    first, second = signed_in(desk.writer), signed_in(desk.second)
    one, two = filled(first, url(draft, "activities/1")), filled(second, url(draft, "activities/2"))
    first.post(url(draft, "activities/1"), one | {"title": "Wanda's"})

    assert second.post(url(draft, "activities/2"), two | {"title": "Sven's"}).status_code == 302
    assert [activity.title for activity in content_of(draft).activities] == ["Wanda's", "Sven's"]


def test_a_row_that_took_the_place_of_another_meanwhile_is_a_conflict(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    data = filled(client, url(draft, "activities/1"))
    services.move_row(
        actor=desk.writer,
        version=draft,
        part=Part.ACTIVITIES,
        token=token_of(content_of(draft), Part.ACTIVITIES),
        place=2,
        to=1,
    )

    assert client.post(url(draft, "activities/1"), data).status_code == 409
    assert content_of(draft).activities == (SORT, SCENARIO)
