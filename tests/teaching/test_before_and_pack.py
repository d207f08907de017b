from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from lessons.library.enums import ActivityKind, LessonSectionKind
from lessons.library.models import Activity, LessonSection
from lessons.teaching import queries
from lessons.teaching.models import Assignment
from lessons.teaching.sheets import card_sheets
from safeguarding.core import pdf
from tests.factories import ActivityFactory


def url_of(name: str, assignment: Assignment) -> str:
    return reverse(f"teaching:{name}", args=[assignment.pk])


@pytest.fixture
def needing(assignment: Assignment) -> Assignment:
    """Of a topic that waits for the lead."""
    topic = assignment.version.lesson.topic
    topic.least_age = 11
    topic.save()
    return assignment


def test_the_tick_lets_the_class_be_taught_and_says_who_ticked(signed_in, cast, needing):
    client = signed_in(cast.teacher)
    assert client.get(url_of("present", needing)).status_code == 409
    page = client.post(url_of("before", needing), {"knows": "on"}, follow=True)
    assert "The lead knows since" in page.text
    assert "Ticked by Tess Teacher" in page.text
    assert client.get(url_of("present", needing)).status_code == 200


def test_without_the_tick_nothing_is_noted(signed_in, cast, needing):
    page = signed_in(cast.teacher).post(url_of("before", needing), {})
    assert page.status_code == 400
    assert "Tell the lead first, then tick the box." in page.text
    assert Assignment.objects.get(pk=needing.pk).lead_told_at is None


@pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("outsider", 404)])
def test_others_tick_nothing(signed_in, cast, needing, who, status):
    response = signed_in(getattr(cast, who)).post(url_of("before", needing), {"knows": "on"})
    assert response.status_code == status
    assert Assignment.objects.get(pk=needing.pk).lead_told_at is None


def test_the_note_is_addressed_to_this_schools_lead_and_nothing_in_it_breaks_the_link(signed_in, cast, needing):
    cast.northfield.lead_email = "lena+lead@northfield.example"
    cast.northfield.save()
    needing.school_class.name = "8A & 8C?subject=x"
    needing.school_class.save()
    note = signed_in(cast.teacher).get(url_of("before", needing)).context["note"]
    link = urlsplit(note.mailto)
    assert link.path == "lena%2Blead@northfield.example"
    sent = parse_qs(link.query, strict_parsing=True)
    assert sent["subject"] == [note.subject]
    assert "8A & 8C?subject=x" in sent["subject"][0]
    assert sent["body"] == [note.body.replace("\n", "\r\n")]


def test_where_nobody_has_named_the_lead_the_page_says_who_can(signed_in, cast, assignment):
    cast.northfield.lead_name = cast.northfield.lead_contact = ""
    cast.northfield.save()
    for name in ("before", "cover"):
        page = signed_in(cast.teacher).get(url_of(name, assignment))
        assert "has not yet said here who its safeguarding lead is" in page.text


def test_the_lead_stands_on_the_sheet_with_phone_and_room(signed_in, cast, assignment):
    cast.northfield.lead_phone = "01234 567"
    cast.northfield.save()
    for name in ("before", "cover"):
        page = signed_in(cast.teacher).get(url_of(name, assignment))
        assert "Northfield: Mx Lead (Room 4, 01234 567)." in page.text


def test_a_pack_holds_the_parts_that_were_chosen(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    whole = client.get(url_of("pack", assignment)).text
    assert all(
        heading in whole for heading in ("The plan</h2>", "Answers, for you</h2>", "Check after the lesson</h2>")
    )
    some = client.get(url_of("pack", assignment), {"parts": ["checks"]}).text
    assert "Check before the lesson</h2>" in some
    assert "The plan</h2>" not in some
    wrong = client.get(url_of("pack", assignment), {"parts": ["secrets"]})
    assert wrong.status_code == 400
    assert "Choose from the parts below" in wrong.text


def test_what_pupils_get_holds_no_answer(signed_in, cast, assignment):
    page = signed_in(cast.teacher).get(url_of("pack", assignment), {"parts": ["handouts", "cards", "checks"]}).text
    assert "Because 1." not in page
    assert "Feedback on" not in page
    assert "Do not write your name" in page


def test_a_pack_comes_as_a_pdf_where_one_can_be_made(signed_in, cast, assignment, monkeypatch):
    pytest.importorskip("weasyprint")
    LessonSection.objects.create(version=assignment.version, kind=LessonSectionKind.SCRIPT, body="<p>Say it.</p>")
    client, slug = signed_in(cast.teacher), assignment.version.lesson.slug
    for name in ("pack", "cover"):
        made = client.get(url_of(name, assignment), {"as": "pdf"})
        assert made.content.startswith(b"%PDF-")
        assert made["Content-Disposition"] == f'attachment; filename="{slug}-{name}.pdf"'
    monkeypatch.setattr(pdf, "weasyprint", None)
    page = client.get(url_of("pack", assignment))
    assert "Download as PDF" not in page.text
    assert "<h1" in client.get(url_of("pack", assignment), {"as": "pdf"}).text


def test_cards_stand_in_no_order_that_gives_the_answer_away(assignment):
    Activity.objects.filter(version=assignment.version).delete()
    order = ActivityFactory(version=assignment.version, kind=ActivityKind.ORDER)
    (sheet,) = card_sheets(queries.lesson_for_class(assignment.pk))
    texts = [card.text for card in sheet.cards]
    right = list(order.items.values_list("text", flat=True))
    assert sorted(texts) == sorted(right)
    assert texts != right


@pytest.mark.parametrize("kind", ActivityKind)
def test_every_kind_of_activity_is_shown_and_printed(signed_in, cast, assignment, kind):
    Activity.objects.filter(version=assignment.version).delete()
    activity = ActivityFactory(version=assignment.version, kind=kind)
    client = signed_in(cast.teacher)
    for name in ("present", "pack"):
        page = client.get(url_of(name, assignment)).text
        assert activity.title in page
        assert all(item.text in page for item in activity.items.all())
