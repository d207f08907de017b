"""What a reviewer says about one place of a version, and what becomes of it."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.checks.problem import Part
from lessons.editorial.comment_places import spot_of, spot_of_difference, spots_of
from lessons.editorial.errors import EditorialError, NotAllowed, WrongStatus
from lessons.editorial.models import Comment
from lessons.library.content import SectionContent
from lessons.library.differences import differences
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry

from .builders import (
    a_draft,
    a_guide_draft,
    guide_content,
    in_review,
    item_of,
    lesson_content,
    live,
    make_reference_rows,
)
from .pages import filled, url

SCRIPT = "text/Script"


def say(actor, version, spot=SCRIPT, text="Who is Ben?"):
    return services.add_comment(actor=actor, version=version, spot=spot, text=text)


def again(comment):
    return Comment.objects.get(pk=comment.pk)


@pytest.mark.parametrize(
    ("who", "may"), [("writer", True), ("reviewer", True), ("operator", False), ("stranger", False)]
)
def test_the_desk_comments_and_nobody_else(desk, who, may):
    version = in_review(desk.writer)
    if may:
        assert say(getattr(desk, who), version).author_name == getattr(desk, who).name
    else:
        with pytest.raises(NotAllowed, match="editors and reviewers"):
            say(getattr(desk, who), version)
        assert not Comment.objects.exists()


def test_a_comment_names_its_place_and_the_audit_does_not_repeat_it(desk):
    version = in_review(desk.writer)
    comment = say(desk.reviewer, version, "activities/Activity 2")

    assert (comment.part, comment.place, comment.quote) == ("activities", "Activity 2", "Ask or no need")
    entry = AuditEntry.objects.get(action="commented on")
    assert (entry.actor_name, entry.version_number, entry.reason) == ("Rui Reviewer", 1, "Activity 2")


@pytest.mark.parametrize(
    ("spot", "text", "why"),
    [
        (SCRIPT, "  \n", "Write what you would say"),
        (SCRIPT, "x" * 2_001, "2,000 characters or fewer"),
        ("activities/Activity 9", "No.", "no such place"),
        ("", "No.", "no such place"),
    ],
)
def test_a_comment_without_text_or_place_is_refused_with_a_sentence(desk, spot, text, why):
    version = in_review(desk.writer)

    with pytest.raises(EditorialError, match=why):
        say(desk.reviewer, version, spot, text)
    assert not Comment.objects.exists()
    assert not AuditEntry.objects.filter(action="commented on").exists()


def test_what_is_live_or_returned_is_commented_on_no_more(desk):
    version = live(desk.writer, desk.reviewer)
    with pytest.raises(WrongStatus):
        say(desk.reviewer, version)
    returned = services.submit_version(actor=desk.writer, version=a_draft(desk.writer))
    services.return_version(actor=desk.reviewer, version=returned, reason="Shorter.")
    with pytest.raises(WrongStatus):
        say(desk.reviewer, returned)


def test_an_editor_marks_any_comment_as_done_and_a_reviewer_their_own(desk):
    version = in_review(desk.writer)
    mine, other = say(desk.reviewer, version), say(desk.writer, version, "basics/Title")

    with pytest.raises(NotAllowed, match="their own"):
        services.resolve_comments(actor=desk.reviewer, version=version, comments=[mine.pk, other.pk])
    assert again(mine).resolved_at is None
    services.resolve_comments(actor=desk.reviewer, version=version, comments=[mine.pk])
    services.resolve_comments(actor=desk.second, version=version, comments=[other.pk])

    assert (again(mine).resolved_by_name, again(other).resolved_by_name) == ("Rui Reviewer", "Sven Second")
    assert again(mine).text == "Who is Ben?"
    assert AuditEntry.objects.filter(action="marked comments as done on").count() == 2


def test_a_comment_is_done_once_and_only_on_its_own_version(desk):
    version, other = in_review(desk.writer), in_review(desk.writer, slug="another")
    comment = say(desk.reviewer, version)

    assert services.resolve_comments(actor=desk.writer, version=other, comments=[comment.pk]) == []
    assert services.resolve_comments(actor=desk.writer, version=version, comments=[comment.pk])
    assert services.resolve_comments(actor=desk.second, version=version, comments=[comment.pk]) == []
    assert again(comment).resolved_by == desk.writer


def test_open_comments_go_along_when_a_version_is_returned_and_both_keep_theirs(desk):
    version = in_review(desk.writer)
    done, still = say(desk.reviewer, version, text="Done."), say(desk.reviewer, version, "basics/Title", "Still.")
    services.resolve_comments(actor=desk.writer, version=version, comments=[done.pk])
    draft = services.return_version(actor=desk.reviewer, version=version, reason="See the comments.")

    carried = Comment.objects.get(lesson_version=draft)
    assert (carried.text, carried.number, carried.author, carried.at) == ("Still.", 1, desk.reviewer, still.at)
    services.resolve_comments(actor=desk.writer, version=draft, comments=[carried.pk])
    assert again(still).resolved_at is None
    assert Comment.objects.filter(lesson_version=version).count() == 2


def test_a_comment_outlives_the_account_of_its_author(desk):
    comment = say(desk.reviewer, in_review(desk.writer))
    desk.reviewer.delete()

    assert (again(comment).author, again(comment).author_name) == (None, "Rui Reviewer")


@pytest.mark.parametrize("audit", ["lessons.editorial.services.locking.record"])
def test_where_the_audit_cannot_be_written_no_comment_stands_and_none_is_done(desk, monkeypatch, audit):
    version = in_review(desk.writer)
    comment = say(desk.reviewer, version)

    def fail(**kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr(audit, fail)
    with pytest.raises(OSError, match="disk"):
        say(desk.reviewer, version, "basics/Title")
    with pytest.raises(OSError, match="disk"):
        services.resolve_comments(actor=desk.writer, version=version, comments=[comment.pk])
    assert [one.resolved_at for one in Comment.objects.all()] == [None]


def test_where_comments_cannot_be_carried_nothing_is_returned(desk, monkeypatch):
    version = in_review(desk.writer)
    say(desk.reviewer, version)

    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("lessons.editorial.services.review.carry_comments", fail)
    with pytest.raises(OSError, match="disk"):
        services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")
    assert [one.status for one in item_of(version).versions.all()] == ["in_review"]
    assert not AuditEntry.objects.filter(action="returned").exists()


# --- places -----------------------------------------------------------------


def test_every_difference_of_two_lessons_has_a_place_to_comment_on():
    old = lesson_content()
    new = lesson_content(
        title="Another",
        summary="Another.",
        topic="grooming",
        band="14-16",
        check_minutes=5,
        review_by=None,
        findings=("F102",),
        documents=(7,),
        strands=("ecw-2020/privacy",),
        objectives=(),
        vocabulary=(),
        activities=tuple(reversed(old.activities)),
        questions=(dataclasses.replace(old.questions[0], text="What is best now?"), *old.questions[1:]),
        sections={
            kind: SectionContent(kind, "<p>Other words.</p>", section.minutes + 1)
            for kind, section in old.sections.items()
        },
    )
    known = set(spots_of(new)) | set(spots_of(old))
    places = {(spot.part, spot.place) for spot in known}

    found = [spot_of_difference(difference) for difference in differences(old, new)]
    assert {(spot.part, spot.place) for spot in found} <= places
    assert {spot.part for spot in found} == set(Part)


def test_every_difference_of_two_guides_has_a_place_to_comment_on():
    old = guide_content()
    new = guide_content(
        title="Another",
        summary="Another.",
        topic=None,
        age_from=12,
        review_by=None,
        findings=(),
        sections={kind: SectionContent(kind, "<p>Other words.</p>") for kind in old.sections},
    )
    places = {(spot.part, spot.place) for spot in spots_of(new)}

    assert {(s.part, s.place) for s in map(spot_of_difference, differences(old, new))} <= places


def test_what_is_gone_is_spoken_of_under_the_list_that_it_stood_in():
    old, new = lesson_content(), lesson_content(activities=())

    found = {spot_of_difference(difference).value for difference in differences(old, new)}
    assert found == {"activities/Activities"}
    assert spot_of(new, "activities/Activities")


# --- pages ------------------------------------------------------------------


def test_a_reviewer_comments_beside_a_field_of_the_comparison(desk, signed_in):
    live(desk.writer, desk.reviewer)
    version = in_review(desk.writer)
    content_change = dataclasses.replace(content_of(version), title="The sad photo")
    type(version).objects.filter(pk=version.pk).update(title=content_change.title)
    client = signed_in(desk.reviewer)
    page = client.get(url(version, "changes"))
    assert "Comment on Title" in page.text

    sent = {"spot": "basics/Title", "text": "Why <sad>?", "back": "changes", "against": "1"}
    answer = client.post(url(version, "comments/new"), sent)
    assert answer["Location"] == url(version, "changes") + "?against=1#comments"
    say(desk.reviewer, version, text="And this one did not change.")
    text = client.get(url(version, "changes")).text
    assert text.count("Why &lt;sad&gt;?") == 1
    assert text.index("Why &lt;sad&gt;?") < text.index("Comments on what has not changed")
    assert text.index("And this one did not change.") > text.index("Comments on what has not changed")


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 200), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_the_page_of_a_comment_is_for_the_desk(desk, signed_in, client, who, status):
    version = in_review(desk.writer)
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(url(version, "comments/new")).status_code == status
    assert reader.post(url(version, "comments/1/done")).status_code in ({200: 409}.get(status, status),)


def test_a_refused_comment_comes_back_with_all_that_was_typed(desk, signed_in):
    version = in_review(desk.writer)
    client = signed_in(desk.reviewer)
    none = client.post(url(version, "comments/new"), {"text": "Kept words.", "spot": "text/Nowhere"})
    services.approve_version(actor=desk.both, version=version, number=1)
    services.publish_version(actor=desk.both, version=version)
    late = client.post(url(version, "comments/new"), {"text": "Kept words.", "spot": SCRIPT})

    assert (none.status_code, late.status_code) == (400, 409)
    for answer in (none, late):
        assert "Kept words." in answer.text
    assert "no such place any more" in none.text
    assert not Comment.objects.exists()
    assert client.get(url(version, "comments/new")).status_code == 409


def test_comments_stand_on_the_version_and_on_the_page_where_they_are_mended(desk, signed_in):
    version = in_review(desk.writer)
    say(desk.reviewer, version)
    say(desk.reviewer, version, "activities/Activity 1", "Shorter.")
    draft = services.return_version(actor=desk.reviewer, version=version, reason="See the comments.")
    client = signed_in(desk.writer)

    overview = client.get(url(draft).replace("//", "/"))
    assert f'href="{url(draft, "text")}#id_script"' in overview.text
    assert "Who is Ben?" in client.get(url(draft, "text")).text
    assert "Who is Ben?" not in client.get(url(draft, "basics")).text
    for page in ("activities", "activities/1"):
        assert "Shorter." in client.get(url(draft, page)).text


def test_saving_a_part_says_what_is_done_and_a_refused_save_keeps_the_tick(desk, signed_in):
    draft = a_draft(desk.writer)
    comment = say(desk.reviewer, draft, "basics/Title")
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics"))

    refused = client.post(url(draft, "basics"), {**data, "title": "", "comment-done": comment.pk})
    assert refused.status_code == 400
    assert f'id="comment-done-{comment.pk}" checked' in refused.text
    assert again(comment).resolved_at is None
    client.post(url(draft, "basics"), {**data, "title": "Other", "comment-done": [comment.pk, "x", "²"]})
    assert again(comment).resolved_by == desk.writer


def test_a_button_marks_a_comment_as_done_and_the_second_who_presses_is_told(desk, signed_in):
    version = in_review(desk.writer)
    comment = say(desk.reviewer, version)
    client = signed_in(desk.second)
    address = url(version, f"comments/{comment.pk}/done")

    assert client.get(address).status_code == 405
    assert "marked as done" in client.post(address, follow=True).text
    second = client.post(address)
    assert (second.status_code, "done already" in second.text) == (409, True)


def test_a_guide_is_commented_on_too(desk, signed_in):
    version = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    comment = say(desk.reviewer, version, "text/What it is")

    assert comment.guide_version == version
    assert "Who is Ben?" in signed_in(desk.writer).get(url(version).replace("//", "/")).text


def test_no_reader_sees_a_comment(desk, client):
    version = live(desk.writer, desk.reviewer)
    draft = a_draft(desk.writer)
    say(desk.reviewer, draft, text="Very secret words.")
    services.submit_version(actor=desk.writer, version=draft)
    services.approve_version(actor=desk.reviewer, version=draft, number=2)
    services.publish_version(actor=desk.reviewer, version=draft)

    page = client.get(f"/lessons/{version.lesson.slug}/")
    assert page.status_code == 200
    assert "secret" not in page.text


def test_many_comments_take_as_many_queries_as_one(desk, signed_in):
    make_reference_rows()
    live(desk.writer, desk.reviewer)
    version = in_review(desk.writer)
    client = signed_in(desk.writer)
    counts = []
    for many in (1, 30):
        for _ in range(many):
            say(desk.reviewer, version)
        for page in ("", "changes"):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(version, page).replace("//", "/"))
            counts.append(len(queries))

    assert counts[:2] == counts[2:]
