import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.editorial import services
from lessons.library.models import HelpService
from tests.factories import (
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    HelpServiceFactory,
    LessonFactory,
    LessonVersionFactory,
    SourceFactory,
    make_live,
)

from .builders import a_draft, in_review


def page_of(client, query=""):
    return client.get(f"/desk/{query}")


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 200), ("both", 200), ("operator", 403), ("stranger", 403)]
)
def test_the_desk_is_for_editors_and_reviewers(desk, signed_in, who, status):
    assert page_of(signed_in(getattr(desk, who))).status_code == status


def test_a_visitor_is_asked_to_sign_in(client, db):
    response = page_of(client)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_the_desk_is_read_only(desk, signed_in):
    assert signed_in(desk.writer).post("/desk/").status_code == 405


def test_an_empty_desk_says_what_to_do(desk, signed_in):
    html = page_of(signed_in(desk.writer)).content.decode()

    assert "The library is empty" in html
    assert "Write a lesson" in html


def test_my_drafts_are_mine_alone(desk, signed_in):
    a_draft(desk.writer, title="On my table")

    assert page_of(signed_in(desk.writer)).context["desk"].drafts.rows[0].title == "On my table"
    assert not page_of(signed_in(desk.second)).context["desk"].drafts


def test_what_was_returned_to_me_comes_with_the_reason(desk, signed_in):
    services.return_version(actor=desk.reviewer, version=in_review(desk.writer), reason="Say it more kindly.")
    page = page_of(signed_in(desk.writer))

    assert not page.context["desk"].drafts
    assert page.context["desk"].returned.rows[0].number == 2
    assert "Say it more kindly." in page.content.decode()


def test_a_reviewer_sees_what_waits_and_why_they_may_not_approve_their_own(desk, signed_in):
    in_review(desk.both)

    assert page_of(signed_in(desk.reviewer)).context["desk"].waiting.rows[0].why_not == ""
    assert "somebody else must approve it" in page_of(signed_in(desk.both)).content.decode()


def test_what_is_due_within_sixty_days_is_named(desk, signed_in):
    today = timezone.localdate()
    make_live(LessonVersionFactory(title="Soon", review_by=today + datetime.timedelta(days=60)))
    make_live(GuideVersionFactory(title="Later", review_by=today + datetime.timedelta(days=61)))
    make_live(GuideVersionFactory(title="Today", review_by=today))

    rows = page_of(signed_in(desk.reviewer)).context["desk"].due.rows
    assert [row.title for row in rows] == ["Today", "Soon"]


def test_help_services_to_be_verified_are_counted(desk, signed_in):
    HelpServiceFactory()
    HelpServiceFactory(last_verified_on=timezone.localdate())
    HelpServiceFactory(last_verified_on=timezone.localdate() - datetime.timedelta(days=366))

    desk_home = page_of(signed_in(desk.writer)).context["desk"]
    assert desk_home.unverified_services == sum(s.is_to_be_verified for s in HelpService.objects.all()) == 2


def test_what_is_to_be_verified_is_listed_a_press_away(desk, signed_in):
    HelpServiceFactory()
    link = '<a href="/desk/settings/services/?only=unverified">'

    assert link in page_of(signed_in(desk.writer)).content.decode()
    assert "a reviewer or an operator can verify them" in page_of(signed_in(desk.writer)).content.decode()
    assert "can verify them" not in page_of(signed_in(desk.reviewer)).content.decode()


@pytest.fixture
def library(db):
    make_live(LessonVersionFactory(title="Ask first", lesson__topic__slug="image-sharing"))
    LessonVersionFactory(title="Live video", lesson__topic__slug="live-video")
    soon = timezone.localdate() + datetime.timedelta(days=10)
    make_live(GuideVersionFactory(title="For parents", guide__topic__slug="live-video", review_by=soon))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Ask first", "For parents", "Live video"]),
        ("?kind=lessons", ["Ask first", "Live video"]),
        ("?kind=guides", ["For parents"]),
        ("?status=live", ["Ask first", "For parents"]),
        ("?status=draft", ["Live video"]),
        ("?status=due", ["For parents"]),
        ("?topic=live-video", ["For parents", "Live video"]),
        ("?words=VIDEO", ["For parents", "Live video"]),
        ("?words=live+for", ["For parents"]),
        ("?words=nothing", []),
        ("?kind=books&status=x&page=99", ["Ask first", "For parents", "Live video"]),
        ("?page=%D9%A3", ["Ask first", "For parents", "Live video"]),
        ("?page=" + "9" * 5_000, ["Ask first", "For parents", "Live video"]),
        ("?words=%00", ["Ask first", "For parents", "Live video"]),
    ],
)
def test_the_library_is_filtered(desk, signed_in, library, query, titles):
    page = page_of(signed_in(desk.writer), query)

    assert page.status_code == 200
    assert [row.title for row in page.context["page_obj"].object_list] == titles


def test_the_table_shows_the_newest_version_and_what_is_live(desk, signed_in):
    version = make_live(LessonVersionFactory())
    services.start_draft(actor=desk.writer, identity=version.lesson)

    row = page_of(signed_in(desk.writer)).context["page_obj"].object_list[0]
    assert (row.number, row.status, row.live_number) == (2, "draft", 1)


def test_the_library_has_fifty_on_a_page(desk, signed_in):
    for _ in range(26):
        LessonVersionFactory(parts=False)
        GuideVersionFactory()
    client = signed_in(desk.writer)

    assert len(page_of(client).context["page_obj"].object_list) == 50
    assert len(page_of(client, "?page=2").context["page_obj"].object_list) == 2


def test_the_desk_takes_at_most_twelve_queries_however_much_there_is(desk, signed_in):
    def add(count: int) -> None:
        soon = timezone.localdate() + datetime.timedelta(days=5)
        for _ in range(count):
            for identity, version in ((LessonFactory, LessonVersionFactory), (GuideFactory, GuideVersionFactory)):
                name = "lesson" if version is LessonVersionFactory else "guide"
                item = identity()
                make_live(version(**{name: item}, number=1, review_by=soon))
                version(**{name: item}, number=2, author=desk.both)
                version(number=1, status="in_review", author=desk.writer)

    client = signed_in(desk.both)
    add(1)
    with CaptureQueriesContext(connection) as few:
        page_of(client)
    add(29)
    with CaptureQueriesContext(connection) as many:
        page_of(client)

    assert len(few) == len(many) <= 12


def superseded(source, when):
    source.superseded_at, source.superseded_reason = when, "A new edition counts otherwise."
    source.save()


def test_what_rests_on_a_superseded_report_waits_for_review_with_the_reason(desk, signed_in):
    resting = make_live(LessonVersionFactory(title="Rests on it"))
    other = make_live(GuideVersionFactory(title="Rests on another"))
    finding = FindingFactory(source=SourceFactory(code="OLD", title="An old report"))
    resting.findings.add(finding)
    other.findings.add(FindingFactory(source=SourceFactory(code="NEW")))
    assert not page_of(signed_in(desk.writer)).context["desk"].superseded
    superseded(finding.source, timezone.now())
    page = page_of(signed_in(desk.writer))

    assert [row.title for row in page.context["desk"].superseded.rows] == ["Rests on it"]
    assert "“An old report” was superseded: A new edition counts otherwise." in page.content.decode()
    listed = page_of(signed_in(desk.writer), "?status=superseded")
    assert [row.title for row in listed.context["page_obj"].object_list] == ["Rests on it"]


def test_a_version_that_was_published_since_is_off_the_list(desk, signed_in):
    version = make_live(LessonVersionFactory())
    version.findings.add(FindingFactory())
    superseded(version.findings.get().source, timezone.now() - datetime.timedelta(days=1))

    assert not page_of(signed_in(desk.writer)).context["desk"].superseded


def test_a_report_that_will_be_superseded_later_flags_nothing_yet(desk, signed_in):
    version = make_live(LessonVersionFactory())
    version.findings.add(FindingFactory())
    superseded(version.findings.get().source, timezone.now() + datetime.timedelta(days=1))

    assert not page_of(signed_in(desk.writer)).context["desk"].superseded
