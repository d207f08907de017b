"""The audit as the desk reads it, on its page and as a file."""

import csv
import datetime
import io
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safeguarding.audit.models import AuditEntry
from safeguarding.audit.services import record
from tests.factories import GuideFactory, LessonFactory, UserFactory

from .builders import a_draft, live

ADDRESSES = ["/desk/audit/", "/desk/audit.csv"]
HEADING = ["When", "Who", "Number of the person", "Action", "Kind", "Title", "Number of the item", "Version", "Why"]


def an_entry(actor=None, at=None, **changes):
    values = {
        "action": "published",
        "object_type": "lesson",
        "object_id": 1,
        "object_label": "Ask first",
        "version_number": 1,
    }
    moment = at or timezone.now()
    with mock.patch("django.utils.timezone.now", return_value=moment), transaction.atomic():
        return record(actor=actor, **{**values, **changes})


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def titles(response):
    return [row.entry.item for row in response.context["page_obj"].object_list]


def lines(response):
    assert response.status_code == 200
    heading, *rows = csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline=""))
    assert heading == HEADING
    return rows


@pytest.fixture
def reader(desk, signed_in):
    return signed_in(desk.reviewer)


# --- who may see ----------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("writer", 200),
        ("reviewer", 200),
        ("chief", 200),
        ("operator", 403),
        ("stranger", 403),
        (None, 302),
    ],
)
def test_the_audit_is_read_by_the_desk_alone(desk, signed_in, client, address, who, status):
    assert (signed_in(getattr(desk, who)) if who else client).get(address).status_code == status


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_audit_is_read_only(reader, address):
    assert reader.post(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cache_keeps_the_audit(reader, address):
    assert "no-store" in reader.get(address)["Cache-Control"]


# --- what it shows --------------------------------------------------------


def test_an_entry_says_who_did_what_to_which_version_when_and_why(desk, reader):
    an_entry(desk.writer, day("2027-07-01T12:30"), action="returned", version_number=3, reason="Say it\nmore kindly.")
    html = reader.get("/desk/audit/").content.decode()

    for text in ("1 Jul 2027, 13:30", "Wanda Writer", "returned version 3", "Ask first", "Say it<br>more kindly."):
        assert text in html


def test_what_was_typed_is_shown_as_text(reader):
    an_entry(object_label="<script>alert(1)</script>", reason="<b>bold</b>")
    html = reader.get("/desk/audit/").content.decode()

    assert "<script>alert" not in html
    assert "<b>bold" not in html


def test_an_empty_audit_says_what_will_stand_there(reader):
    assert "Nothing is recorded yet" in reader.get("/desk/audit/").content.decode()
    assert lines(reader.get("/desk/audit.csv")) == []


def test_an_entry_leads_to_its_version_while_that_is_there(desk, reader):
    draft = a_draft(desk.writer)
    link = f'href="/desk/lessons/the-funny-photo/{draft.number}/"'
    assert link in reader.get("/desk/audit/").content.decode()

    identity = draft.identity
    draft.delete()
    identity.delete()
    html = reader.get("/desk/audit/").content.decode()
    assert link not in html
    assert "The funny photo (no longer there)" in html


def test_an_entry_of_another_kind_than_the_desk_knows_is_shown_without_a_link(reader):
    an_entry(object_type="unit", version_number=None)

    row = reader.get("/desk/audit/").context["page_obj"].object_list[0]
    assert (row.entry.kind, row.url) == ("unit", "")


def test_the_desk_and_a_version_lead_to_the_audit(desk, reader):
    version = live(desk.writer, desk.reviewer)
    an_entry(object_label="Another", object_id=version.identity.pk + 1)
    an_entry(object_label="A guide", object_id=version.identity.pk, object_type="guide")

    assert 'href="/desk/audit/"' in reader.get("/desk/").content.decode()
    address = f"/desk/audit/?item=lesson-{version.identity.pk}"
    assert f'href="{address}"' in reader.get("/desk/lessons/the-funny-photo/1/").content.decode()
    page = reader.get(address)
    assert [row.entry.action for row in page.context["page_obj"].object_list] == [
        "published",
        "approved",
        "submitted",
        "began",
    ]
    assert "Only entries of the lesson <strong>The funny photo</strong>" in page.content.decode()


def test_there_are_fifty_on_a_page_the_newest_first_and_the_filter_goes_along(reader):
    for number in range(52):
        an_entry(object_label=f"Lesson {number}")
    an_entry(object_label="Another", action="began")

    first = reader.get("/desk/audit/?action=published")
    assert titles(first)[:2] == ["Lesson 51", "Lesson 50"]
    assert len(titles(first)) == 50
    assert "?action=published&amp;page=2" in first.content.decode()
    assert titles(reader.get("/desk/audit/?action=published&page=2")) == ["Lesson 1", "Lesson 0"]


# --- filters --------------------------------------------------------------


@pytest.fixture
def entries(desk):
    an_entry(desk.writer, day("2027-03-01T12:00"), action="began", object_label="Ask first")
    an_entry(desk.reviewer, day("2027-03-02T12:00"), action="returned", object_label="Live video", reason="Too long.")
    an_entry(None, day("2027-07-01T23:30"), action="loaded", object_type="guide", object_id=2, object_label="Grooming")


FILTERS = [
    ("", ["Grooming", "Live video", "Ask first"]),
    ("?words=WANDA", ["Ask first"]),
    ("?words=video", ["Live video"]),
    ("?words=long+rui", ["Live video"]),
    ("?words=starter", ["Grooming"]),
    ("?words=100%25", []),
    ("?words=%00", ["Grooming", "Live video", "Ask first"]),
    ("?words=" + "a" * 5_000, []),
    ("?action=began", ["Ask first"]),
    ("?kind=guide", ["Grooming"]),
    ("?kind=guide&action=began", []),
    ("?item=guide-2", ["Grooming"]),
    ("?item=lesson-2", []),
    ("?item=lesson-999999999999999999", []),
    ("?since=2027-03-02", ["Grooming", "Live video"]),
    ("?until=2027-03-01", ["Ask first"]),
    ("?since=2027-03-02&until=2027-03-02", ["Live video"]),
    ("?since=2027-07-02", ["Grooming"]),  # half past midnight in London
    ("?until=2027-07-01", ["Live video", "Ask first"]),
    ("?since=2000-01-01&until=2999-12-31", ["Grooming", "Live video", "Ask first"]),
    ("?page=99", ["Grooming", "Live video", "Ask first"]),
    ("?page=%D9%A3", ["Grooming", "Live video", "Ask first"]),
    ("?page=" + "9" * 5_000, ["Grooming", "Live video", "Ask first"]),
    ("?nothing=known", ["Grooming", "Live video", "Ask first"]),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_the_page_and_the_file_hold_what_was_asked_for(reader, entries, query, found):
    page = reader.get(f"/desk/audit/{query}")

    assert page.status_code == 200
    assert titles(page) == found
    assert ("Nothing fits" in page.content.decode()) == (not found)
    assert [line[5] for line in lines(reader.get(f"/desk/audit.csv{query}"))] == found


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=yesterday", "Write the date as 2027-11-22."),
        ("until=2027-02-30", "Write the date as 2027-11-22."),
        ("since=0001-01-01", "Give a year from 2000 to 2999."),
        ("until=9999-12-31", "Give a year from 2000 to 2999."),
        ("since=2027-03-02&until=2027-03-01", "The last day cannot be before the first."),
        ("action=stolen", "Nothing of this is recorded"),
        ("kind=%00", "Nothing of this is recorded"),
        ("item=lesson", "There is no such lesson or guide."),
        ("item=lesson-9999999999999999999", "There is no such lesson or guide."),
        ("item=lesson-1%0A", "There is no such lesson or guide."),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence_and_lists_nothing(reader, entries, address, query, sentence):
    answer = reader.get(f"{address}?{query}&words=video")
    html = answer.content.decode()

    assert answer.status_code == 400
    assert sentence in html
    assert 'value="video"' in html
    assert "Live video" not in html


class AnyQuery(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(st.dictionaries(st.sampled_from(["words", "action", "kind", "since", "until", "item", "page"]), st.text()))
    def test_no_query_breaks_the_page_or_the_file(self, query):
        self.client.force_login(
            UserFactory(is_editor=True), backend="allauth.account.auth_backends.AuthenticationBackend"
        )

        for address in ADDRESSES:
            assert self.client.get(f"{address}?{urlencode(query)}").status_code in (200, 400)


# --- the file -------------------------------------------------------------


def test_the_file_says_all_that_the_database_knows(desk, reader):
    an_entry(desk.writer, day("2027-07-01T12:30"), action="returned", object_id=7, version_number=3, reason="Émile’s")
    an_entry(None, day("2027-12-01T12:30"), action="loaded", version_number=None)

    assert lines(reader.get("/desk/audit.csv")) == [
        ["2027-12-01 12:30:00+00:00", "Starter library", "", "loaded", "lesson", "Ask first", "1", "", ""],
        [
            "2027-07-01 13:30:00+01:00",
            "Wanda Writer",
            str(desk.writer.pk),
            "returned",
            "lesson",
            "Ask first",
            "7",
            "3",
            "Émile’s",
        ],
    ]


def test_the_file_is_streamed_with_a_byte_order_mark_and_the_date_in_its_name(reader):
    response = reader.get("/desk/audit.csv")

    assert response.streaming
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'


def test_a_title_or_a_reason_cannot_run_in_a_spreadsheet(reader):
    an_entry(object_label="=HYPERLINK(1)", reason="  +1")

    line = lines(reader.get("/desk/audit.csv"))[0]
    assert (line[5], line[8]) == ("'=HYPERLINK(1)", "'  +1")


def test_the_page_offers_the_file_under_the_same_filters(reader, entries):
    html = reader.get("/desk/audit/?words=video&since=2027-03-01").content.decode()

    assert 'href="/desk/audit.csv?words=video&amp;since=2027-03-01"' in html


# --- figures --------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_audit_takes_as_many_queries_for_thirty(reader, address):
    def add(count):
        for _ in range(count):
            for kind, item in (("lesson", LessonFactory()), ("guide", GuideFactory())):
                an_entry(UserFactory(), object_type=kind, object_id=item.pk)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            reader.get(address).getvalue()
        return len(captured)

    add(1)
    few = queries()
    add(29)

    assert AuditEntry.objects.count() == 60
    assert queries() == few <= 8
