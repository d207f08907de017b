import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.library.enums import Status
from lessons.library.models import LessonVersion
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import write_content
from safeguarding.audit.models import AuditEntry
from tests.factories import GuideVersionFactory, LessonVersionFactory

from .builders import a_draft, a_guide_draft, in_review, item_of, live, make_reference_rows

STEPS = ["submit", "approve", "approve-and-publish", "publish", "return", "new-version", "retire"]


def url(version, page=""):
    kind = "lessons" if isinstance(version, LessonVersion) else "guides"
    return f"/desk/{kind}/{version.identity.slug}/{version.number}/{page}"


def stored(version):
    return type(version)._default_manager.get(pk=version.pk)


def action(page, name):
    return next(action for action in page.context["page"].actions if action.name == name)


@pytest.mark.parametrize("page", ["", "preview/"])
@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 200), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_a_version_is_read_by_the_desk_alone(desk, signed_in, client, who, status, page):
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(url(a_draft(desk.writer), page)).status_code == status


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("who", "status"), [("operator", 403), ("stranger", 403), (None, 302)])
def test_a_button_is_pressed_by_the_desk_alone(desk, signed_in, client, who, status, step):
    draft = a_draft(desk.writer)
    presser = signed_in(getattr(desk, who)) if who else client

    assert presser.post(url(draft, f"{step}/")).status_code == status
    assert stored(draft).status == Status.DRAFT


@pytest.mark.parametrize("step", STEPS)
def test_nothing_moves_by_a_link(desk, signed_in, step):
    assert signed_in(desk.both).get(url(a_draft(desk.writer), f"{step}/")).status_code == 405


@pytest.mark.parametrize("path", ["lessons/nothing/1/", "guides/the-funny-photo/1/", "lessons/the-funny-photo/7/"])
def test_what_is_not_there_is_not_found(desk, signed_in, path):
    a_draft(desk.writer)

    assert signed_in(desk.writer).get(f"/desk/{path}").status_code == 404


def test_a_lessons_address_leads_to_its_newest_version(desk, signed_in):
    draft = a_draft(desk.writer)

    assert signed_in(desk.writer).get(f"/desk/lessons/{draft.lesson.slug}/")["Location"] == url(draft)


def test_what_still_stops_it_is_listed_by_part_with_links_to_the_places(desk, signed_in):
    draft = a_draft(desk.writer, summary="", findings=())
    page = signed_in(desk.writer).get(url(draft))

    groups = page.context["page"].problem_groups
    assert [group.label for group in groups] == ["Basics", "Evidence and curriculum"]
    assert groups[0].problems[0].url == url(draft, "basics/#id_summary")
    assert groups[1].problems[0].url == url(draft, "evidence/")
    assert not action(page, "submit").is_open
    assert "2 things stand in the way" in page.content.decode()


def test_a_reviewer_who_cannot_write_gets_no_links_to_the_parts(desk, signed_in):
    draft = a_draft(desk.writer, summary="")

    assert url(draft, "basics/") not in signed_in(desk.reviewer).get(url(draft)).content.decode()


def test_an_empty_draft_says_all_that_is_missing(desk, signed_in):
    make_reference_rows()
    page = signed_in(desk.writer).get(url(LessonVersionFactory(parts=False, summary="")))

    assert {group.label for group in page.context["page"].problem_groups} == {
        "Basics",
        "Text",
        "Objectives and vocabulary",
        "Activities",
        "Questions",
        "Evidence and curriculum",
    }


def test_the_whole_way_from_a_draft_to_live(desk, signed_in):
    draft = a_draft(desk.writer)
    sent = signed_in(desk.writer).post(url(draft, "submit/"), {"words": "The first."}, follow=True)
    assert "It is submitted." in sent.content.decode()
    done = signed_in(desk.reviewer).post(url(draft, "approve-and-publish/"), {"number": "1"}, follow=True)

    assert "Version 1 is live." in done.content.decode()
    assert item_of(draft).live_version == draft
    assert list(AuditEntry.objects.values_list("action", flat=True).order_by("pk")) == [
        "began",
        "submitted",
        "approved",
        "published",
    ]


def test_a_guide_goes_the_same_way(desk, signed_in):
    draft = a_guide_draft(desk.writer)
    signed_in(desk.writer).post(url(draft, "submit/"))
    signed_in(desk.reviewer).post(url(draft, "approve/"), {"number": "1"})
    signed_in(desk.reviewer).post(url(draft, "publish/"))

    assert item_of(draft).live_version == draft


def test_the_author_sees_why_approving_is_closed_and_pressing_is_refused(desk, signed_in):
    version = in_review(desk.both)
    client = signed_in(desk.both)

    assert "somebody else must approve it" in client.get(url(version)).content.decode()
    refused = client.post(url(version, "approve-and-publish/"), {"number": "1"})
    assert refused.status_code == 403
    assert "Somebody else must approve it." in refused.content.decode()
    assert stored(version).status == Status.IN_REVIEW


@pytest.mark.parametrize("number", ["", "2", "x", "²", "1" * 5_000])
def test_an_approval_without_the_number_on_the_screen_is_refused(desk, signed_in, number):
    version = in_review(desk.writer)

    assert signed_in(desk.reviewer).post(url(version, "approve/"), {"number": number}).status_code == 409
    assert stored(version).status == Status.IN_REVIEW


def test_the_second_of_two_reviewers_is_told(desk, signed_in):
    version = in_review(desk.writer)
    signed_in(desk.reviewer).post(url(version, "approve/"), {"number": "1"})
    second = signed_in(desk.both).post(url(version, "approve/"), {"number": "1"})

    assert second.status_code == 409
    assert "“approved” by now" in second.content.decode()


def test_where_publishing_fails_the_approval_does_not_stand_either(desk, signed_in):
    version = in_review(desk.writer)
    LessonVersion.objects.filter(pk=version.pk).update(summary="")

    refused = signed_in(desk.reviewer).post(url(version, "approve-and-publish/"), {"number": "1"})
    assert refused.status_code == 409
    assert stored(version).status == Status.IN_REVIEW
    assert not AuditEntry.objects.filter(action="approved").exists()


def test_returning_without_a_reason_is_refused_and_with_one_makes_the_next_draft(desk, signed_in):
    version = in_review(desk.writer)
    client = signed_in(desk.reviewer)

    assert client.post(url(version, "return/"), {"words": " "}).status_code == 400
    done = client.post(url(version, "return/"), {"words": "Shorter, please."})
    assert done["Location"] == url(version).replace("/1/", "/2/")
    assert "Shorter, please." in client.get(url(version)).content.decode()


def test_what_was_typed_stays_when_it_is_too_long(desk, signed_in):
    draft = a_draft(desk.writer)
    refused = signed_in(desk.writer).post(url(draft, "submit/"), {"words": "long " * 80})

    assert refused.status_code == 400
    assert "long long" in refused.content.decode()


def test_signs_that_no_database_keeps_are_left_out(desk, signed_in):
    draft = a_draft(desk.writer)
    signed_in(desk.writer).post(url(draft, "submit/"), {"words": "New\x00 pictures."})

    assert stored(draft).change_note == "New pictures."


def test_a_new_version_is_started_once(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    client = signed_in(desk.writer)

    assert client.post(url(version, "new-version/"))["Location"] == url(version).replace("/1/", "/2/")
    assert client.post(url(version, "new-version/")).status_code == 409
    assert action(client.get(url(version)), "new-version").why == "Version 2 is under way: work on that one."


def test_retiring_needs_a_reason_and_going_back_is_open_afterwards(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    client = signed_in(desk.reviewer)

    assert client.post(url(version, "retire/")).status_code == 400
    client.post(url(version, "retire/"), {"words": "Out of date."})
    assert item_of(version).live_version is None
    client.post(url(version, "publish/"))
    assert item_of(version).live_version == version


def test_the_history_tells_who_did_what_and_why(desk, signed_in):
    version = in_review(desk.writer)
    services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")
    html = signed_in(desk.writer).get(url(version)).content.decode()

    assert "Rui Reviewer returned version 1: Shorter." in html


def test_the_preview_shows_what_pupils_and_teachers_read(desk, signed_in):
    html = signed_in(desk.reviewer).get(url(a_draft(desk.writer), "preview/")).content.decode()

    assert "I can ask before I share a photo." in html
    assert "What teachers read" in html
    assert "This helps" in html


def test_the_preview_of_a_guide(desk, signed_in):
    html = signed_in(desk.reviewer).get(url(a_guide_draft(desk.writer), "preview/")).content.decode()

    assert "Signs to notice" in html


def test_the_page_takes_no_more_queries_where_another_version_is_live(desk, signed_in):
    client = signed_in(desk.writer)
    first = live(desk.writer, desk.reviewer)
    with CaptureQueriesContext(connection) as alone:
        client.get(url(first))
    draft = services.start_draft(actor=desk.writer, identity=first.lesson)
    with CaptureQueriesContext(connection) as compared:
        client.get(url(draft))

    assert len(alone) + 1 == len(compared) <= 16, "of a draft it asks who is writing in it"


def test_the_page_takes_as_many_queries_however_long_the_lesson_and_its_history(desk, signed_in):
    short = services.start_draft(actor=desk.writer, identity=live(desk.writer, desk.reviewer).lesson)
    long = live(desk.writer, desk.reviewer, slug="long")
    long_draft = services.start_draft(actor=desk.writer, identity=long.lesson)
    content = read_lesson(STARTER / "lessons" / "grooming-11-14.md")
    write_content(long_draft, dataclasses.replace(content, findings=("F101",)))
    for _ in range(10):
        long_draft = services.return_version(
            actor=desk.reviewer,
            version=_force(long_draft, Status.IN_REVIEW, desk.writer),
            reason="Again.",
        )
    client = signed_in(desk.writer)
    with CaptureQueriesContext(connection) as few:
        client.get(url(short))
    with CaptureQueriesContext(connection) as many:
        client.get(url(long_draft))

    assert len(few) == len(many) <= 16


def _force(version, status, user):
    version.status, version.submitted_by = status, user
    version.save()
    return version


def test_a_guides_page_takes_as_many_queries_for_a_long_one(desk, signed_in, django_assert_max_num_queries):
    client = signed_in(desk.writer)
    for version in (GuideVersionFactory(), a_guide_draft(desk.writer)):
        with django_assert_max_num_queries(14):
            client.get(url(version))
