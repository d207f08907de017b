"""What is live and waits for somebody: listed on the desk, counted, and found in the library by the same filter."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.editorial import services
from lessons.library.models import Edition, Framework, Strand
from tests.factories import FindingFactory, GuideVersionFactory, LessonVersionFactory, SourceFactory, make_live

TODAY = datetime.date(2026, 9, 1)
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def desk_of(client):
    return client.get("/desk/").context["desk"]


def titles(listing):
    return [row.title for row in listing.rows]


def filtered(client, need):
    """The titles of the library's table, both kinds of item or one."""
    return [row.title for row in client.get(f"/desk/?status={need}").context["page_obj"].object_list]


def an_edition(name, begins=None, ends=None, framework="RSHE"):
    of, _ = Framework.objects.get_or_create(slug=framework.lower(), name=framework)
    return Edition.objects.create(framework=of, slug=name, name=name, in_force_from=begins, in_force_to=ends)


def citing(*editions, title="Cites it"):
    version = make_live(LessonVersionFactory(parts=False, title=title))
    for edition in editions:
        for slug in ("wellbeing", "safety"):
            version.strands.add(Strand.objects.get_or_create(edition=edition, slug=slug, name=slug)[0])
    return version


def test_what_is_overdue_stands_apart_from_what_is_due(desk, signed_in, today):
    make_live(LessonVersionFactory(parts=False, title="Late", review_by=YESTERDAY))
    make_live(GuideVersionFactory(title="Later", review_by=YESTERDAY - datetime.timedelta(days=9)))
    make_live(LessonVersionFactory(parts=False, title="Today", review_by=TODAY))
    LessonVersionFactory(parts=False, title="A draft", review_by=YESTERDAY)
    client = signed_in(desk.writer)

    assert titles(desk_of(client).overdue) == ["Later", "Late"]
    assert titles(desk_of(client).due) == ["Today"]
    assert filtered(client, "overdue") == ["Late", "Later"]
    assert filtered(client, "due") == ["Today"]


@pytest.mark.parametrize(
    ("older", "newer", "is_flagged"),
    [
        ((None, None), None, False),
        ((None, TODAY), None, False),
        ((None, YESTERDAY), None, True),
        ((None, None), (TODAY, None), True),
        ((YESTERDAY, None), (TODAY, None), True),
        ((YESTERDAY, None), (TOMORROW, None), False),
        ((TODAY, None), (YESTERDAY, None), False),
        ((TODAY, None), (TODAY, None), False),
        ((YESTERDAY, None), (None, None), False),
    ],
)
def test_a_newer_edition_flags_what_cites_the_older_from_the_day_it_is_in_force(
    desk, signed_in, today, older, newer, is_flagged
):
    citing(an_edition("older", *older))
    if newer:
        an_edition("newer", *newer)
    client = signed_in(desk.writer)

    assert titles(desk_of(client).old_editions) == filtered(client, "edition") == ["Cites it"] * is_flagged


def test_an_edition_of_another_framework_flags_nothing(desk, signed_in, today):
    citing(an_edition("older", YESTERDAY))
    an_edition("newer", TODAY, framework="EFACW")

    assert not desk_of(signed_in(desk.writer)).old_editions


def test_a_lesson_stands_there_once_with_each_old_edition_named(desk, signed_in, today):
    citing(an_edition("Of 2019", YESTERDAY), an_edition("Of 2020", ends=YESTERDAY, framework="EFACW"))
    an_edition("newer", TODAY)
    client = signed_in(desk.reviewer)
    listing = desk_of(client).old_editions

    assert titles(listing) == ["Cites it"]
    assert listing.rows[0].note == "“EFACW: Of 2020” has been superseded. “RSHE: Of 2019” has been superseded."
    assert "They cite an old edition of a framework" in client.get("/desk/").content.decode()


def test_a_version_that_cites_the_newer_edition_leaves_the_list_and_nothing_is_taken_down(desk, signed_in, today):
    old = citing(an_edition("older", YESTERDAY))
    newer = an_edition("newer", TODAY)
    client = signed_in(desk.writer)
    draft = services.start_draft(actor=desk.writer, identity=old.lesson)
    draft.strands.set([Strand.objects.create(edition=newer, slug="wellbeing", name="Wellbeing")])
    assert titles(desk_of(client).old_editions) == ["Cites it"]
    assert client.get(f"/lessons/{old.lesson.slug}/").status_code == 200

    make_live(draft)
    assert not desk_of(client).old_editions


def test_what_is_live_without_evidence_is_named(desk, signed_in):
    make_live(LessonVersionFactory(parts=False, title="A lesson without"))
    make_live(GuideVersionFactory(title="A guide without"))
    make_live(GuideVersionFactory(title="With")).findings.add(FindingFactory())
    LessonVersionFactory(parts=False, title="A draft without")
    client = signed_in(desk.writer)

    assert sorted(titles(desk_of(client).without_evidence)) == ["A guide without", "A lesson without"]
    assert filtered(client, "no-evidence") == ["A guide without", "A lesson without"]


def test_an_item_that_rests_on_two_superseded_reports_stands_there_once(desk, signed_in):
    version = make_live(LessonVersionFactory(parts=False))
    for code in ("ONE", "TWO"):
        finding = FindingFactory(
            source=SourceFactory(
                code=code, title=code, superseded_at=timezone.now(), superseded_reason=f"{code} is old."
            )
        )
        version.findings.add(finding)
    listing = desk_of(signed_in(desk.writer)).superseded

    assert len(listing.rows) == listing.count == 1
    assert "ONE is old." in listing.rows[0].note
    assert "TWO is old." in listing.rows[0].note


def test_where_there_are_more_than_shown_the_count_leads_to_all_of_them(desk, signed_in, today):
    for _ in range(25):
        make_live(LessonVersionFactory(parts=False, review_by=YESTERDAY)).findings.add(FindingFactory())
    client = signed_in(desk.writer)
    html = client.get("/desk/").content.decode()

    assert "These are 20 of 25." in html
    assert '<a href="/desk/?status=overdue#library">See all 25 in the library</a>' in html
    assert len(filtered(client, "overdue")) == 25


def test_the_desk_takes_as_many_queries_for_thirty_in_need_as_for_one(desk, signed_in, today):
    old = an_edition("older", ends=YESTERDAY)
    source = SourceFactory(superseded_at=timezone.now(), superseded_reason="Counts otherwise.")
    client = signed_in(desk.both)

    def queries_with(count):
        for _ in range(count):
            make_live(GuideVersionFactory(review_by=YESTERDAY))
            citing(old).findings.add(FindingFactory(source=source))
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/")
        return len(queries)

    assert queries_with(1) == queries_with(29) <= 12
