"""Retiring is refused while classes hold a lesson open; archiving takes it out of the lists and lets them go on."""

import datetime

import pytest
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.errors import EditorialError, HeldByClasses, NotAllowed, WrongStatus
from lessons.library.models import UnitLesson
from lessons.teaching.errors import Archived
from lessons.teaching.services import set_lesson as set_for
from safeguarding.audit.models import AuditEntry
from tests.dashboards.builders import set_lesson
from tests.factories import LessonVersionFactory, UnitFactory, make_live
from tests.teaching.conftest import join, step_url  # noqa: F401  (a fixture, and where a pupil is)

from .builders import a_guide_draft, in_review, item_of, live
from .pages import url


@pytest.fixture
def version(desk):
    return live(desk.writer, desk.reviewer)


def archive(desk, version, reason="A better one exists."):
    services.archive_item(actor=desk.reviewer, identity=version.identity, reason=reason)


def test_retiring_is_refused_while_a_class_has_it_open_and_says_how_many(desk, cast, version, signed_in):
    set_lesson(cast.anonymous_class, version=version)
    set_lesson(cast.named_class, version=version)
    set_lesson(cast.southfield_class, version=version, closed=-1)
    answer = signed_in(desk.reviewer).post(url(version, "retire"), {"words": "Old."})

    assert answer.status_code == 409
    assert "2 classes have this lesson open, so it cannot be retired yet. Archive it instead" in answer.text
    assert cast.northfield.name not in answer.text
    assert item_of(version).live_version == version


def test_an_end_is_planned_after_the_last_class_is_to_be_done(desk, cast, version):
    due = set_lesson(cast.anonymous_class, version=version, due=10).due_on
    before = timezone.make_aware(datetime.datetime.combine(due - datetime.timedelta(days=1), datetime.time(9)))
    step = {"actor": desk.reviewer, "identity": version.identity, "reason": "Old."}
    with pytest.raises(HeldByClasses, match="1 class has"):
        services.schedule_retirement(at=before, **step)
    services.schedule_retirement(at=before + datetime.timedelta(days=1), **step)

    assert item_of(version).live_version.live_until


def test_an_end_that_is_planned_with_a_beginning_is_no_way_round_that(desk, cast, version):
    due = set_lesson(cast.anonymous_class, version=version, due=10).due_on
    newer = in_review(desk.writer)
    services.approve_version(actor=desk.reviewer, version=newer, number=2)
    end = timezone.make_aware(datetime.datetime.combine(due, datetime.time(9)))
    plan = {"actor": desk.reviewer, "version": newer, "live_from": end - datetime.timedelta(days=2)}
    with pytest.raises(HeldByClasses, match="1 class has"):
        services.schedule_version(live_until=end - datetime.timedelta(days=1), **plan)
    services.schedule_version(live_until=end, **plan)

    assert item_of(version).versions.get(number=2).live_until == end


def test_what_is_archived_leaves_lists_search_and_units_and_stays_readable(desk, version, client, signed_in, cast):
    other = make_live(LessonVersionFactory(parts=False, lesson__topic=version.lesson.topic))
    unit = UnitFactory(of=[version.lesson, other.lesson])
    title = version.title
    assert title in client.get("/lessons/").text
    archive(desk, version)

    assert title not in client.get("/lessons/").text
    assert title not in client.get("/lessons/?words=funny").text
    assert title not in client.get(f"/units/{unit.slug}/").text
    assert UnitLesson.objects.filter(lesson=version.lesson).exists()
    for reader in (client, signed_in(cast.teacher)):
        page = reader.get(f"/lessons/{version.lesson.slug}/")
        assert page.status_code == 200
        assert "This lesson is archived" in page.text
        assert "Set for a class" not in page.text


def test_a_unit_of_which_all_is_archived_is_not_found(desk, version, client):
    unit = UnitFactory(of=[version.lesson])
    archive(desk, version)

    assert client.get(f"/units/{unit.slug}/").status_code == 404


def test_classes_that_have_it_go_on_and_nobody_sets_it_anew(desk, cast, version, join):  # noqa: F811
    assignment = set_lesson(cast.anonymous_class, version=version)
    archive(desk, version)

    assert join(cast.anonymous_class).get(step_url(assignment, 1)).status_code == 200
    with pytest.raises(Archived):
        set_for(
            actor=cast.teacher.user,
            lesson=version.lesson,
            classes=[cast.named_class],
            opens_on=timezone.localdate(),
            due_on=timezone.localdate(),
            way="devices",
        )


def test_it_comes_back_out_of_the_archive(desk, version, client):
    archive(desk, version)
    services.unarchive_item(actor=desk.reviewer, identity=version.identity)

    assert version.title in client.get("/lessons/").text
    assert "archived" not in client.get(f"/lessons/{version.lesson.slug}/").text
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"archived", "took out of the archive"}
    with pytest.raises(WrongStatus, match="not in the archive"):
        services.unarchive_item(actor=desk.reviewer, identity=version.identity)


def test_a_guide_is_archived_too(desk, client):
    guide = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    services.approve_version(actor=desk.reviewer, version=guide, number=1)
    services.publish_version(actor=desk.reviewer, version=guide)
    archive(desk, guide)

    assert guide.title not in client.get("/guidance/").text
    assert "This guide is archived" in client.get(f"/guidance/{guide.guide.slug}/").text


def test_the_desk_shows_it_and_finds_it(desk, version, signed_in):
    client = signed_in(desk.reviewer)
    assert client.post(url(version, "archive"), {"words": "Old."}).status_code == 302

    page = client.get(url(version)[:-1]).text
    assert "In the archive since" in page
    assert "Take it out of the archive" in page
    assert [row.slug for row in client.get("/desk/?status=archived").context["page_obj"].object_list] == [
        version.lesson.slug
    ]
    assert client.post(url(version, "unarchive")).status_code == 302
    assert not client.get("/desk/?status=archived").context["page_obj"].object_list


def test_the_archive_is_for_reviewers_with_a_reason_and_something_live(desk, version):
    with pytest.raises(NotAllowed):
        services.archive_item(actor=desk.writer, identity=version.identity, reason="Old.")
    with pytest.raises(EditorialError, match="Say why"):
        archive(desk, version, " ")
    archive(desk, version)
    with pytest.raises(WrongStatus, match="in the archive already"):
        archive(desk, version)
    with pytest.raises(NotAllowed):
        services.unarchive_item(actor=desk.writer, identity=version.identity)
    services.retire_item(actor=desk.reviewer, identity=version.identity, reason="Old.")
    with pytest.raises(WrongStatus, match="nothing to archive"):
        archive(desk, version)
