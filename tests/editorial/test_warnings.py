"""A warning may stand where a reviewer says why, until the text that it is about changes."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.checks import check, load_reference
from lessons.editorial.enums import Kind
from lessons.editorial.errors import EditorialError, NotAllowed, WarningsLeft, WrongStatus
from lessons.editorial.models import AcceptedWarning
from lessons.editorial.parts import Part, token_of
from lessons.editorial.queries.checks_panel import checks_panel, panel_of_saved
from lessons.editorial.queries.version import get_version
from lessons.editorial.queries.warnings import judged_warnings, open_warnings
from lessons.library.content import SectionContent, TermContent
from lessons.library.enums import Status, TermClass
from lessons.library.models import GlossaryTerm
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry

from .builders import SCENARIO, SORT, a_draft, a_guide_draft, in_review, lesson_content
from .pages import url

PERMISSION = TermContent("permission", "sexting is named here")


@pytest.fixture(autouse=True)
def _glossary(db):
    GlossaryTerm.objects.create(
        term="sexting", forms="sexting", term_class=TermClass.CARE, instead="sharing nudes", reason="It is imprecise."
    )


def with_warning(desk, **changes):
    """In review, with one word to use with care."""
    return in_review(desk.writer, vocabulary=(PERMISSION,), **changes)


def judged(version):
    content = content_of(version)
    return judged_warnings(version, content, check(content, load_reference()))


def accept(actor, version, reason="It is the word that pupils know.", key=None):
    key = key if key is not None else open_warnings(judged(version))[0].key
    return services.accept_warning(actor=actor, version=version, key=key, reason=reason)


def approve(actor, version):
    return services.approve_version(actor=actor, version=version, number=version.number)


def write(actor, version, part, **changes):
    token = token_of(content_of(version), part)
    return services.save_part(actor=actor, version=version, part=part, token=token, changes=changes)


def test_approving_asks_for_a_word_on_each_warning(desk):
    version = with_warning(desk)
    with pytest.raises(WarningsLeft, match="1 warning is still to be judged"):
        approve(desk.reviewer, version)
    assert type(version).objects.get(pk=version.pk).status == Status.IN_REVIEW

    accept(desk.reviewer, version)
    approve(desk.reviewer, version)
    services.publish_version(actor=desk.reviewer, version=version)


def test_an_acceptance_says_who_why_and_of_which_version(desk):
    version = with_warning(desk)
    accept(desk.reviewer, version, " Pupils know it. ")

    (one,) = judged(version)
    assert (one.accepted.who, one.accepted.reason, one.accepted.number) == ("Rui Reviewer", "Pupils know it.", 1)
    entry = AuditEntry.objects.get(action="accepted a warning in")
    assert "Pupils know it." in entry.reason
    assert entry.version_number == 1


@pytest.mark.parametrize("who", ["writer", "operator", "stranger"])
def test_only_a_reviewer_accepts(desk, who):
    with pytest.raises(NotAllowed):
        accept(getattr(desk, who), with_warning(desk))
    assert not AcceptedWarning.objects.exists()


@pytest.mark.parametrize("who", ["both", "chief"])
def test_nobody_accepts_a_warning_in_what_they_wrote_superusers_included(desk, who):
    writer = getattr(desk, who)
    version = services.submit_version(actor=desk.writer, version=a_draft(writer, vocabulary=(PERMISSION,)))

    with pytest.raises(NotAllowed, match="Somebody else"):
        accept(writer, version)


@pytest.mark.parametrize(("reason", "why"), [("", "Say why"), (" \x00 ", "Say why"), ("x" * 1_001, "1,000")])
def test_a_reason_is_needed_and_has_a_length(desk, reason, why):
    with pytest.raises(EditorialError, match=why):
        accept(desk.reviewer, with_warning(desk), reason)
    assert not AcceptedWarning.objects.exists()


def test_a_warning_is_accepted_once_and_only_where_it_stands(desk):
    version = with_warning(desk)
    key = judged(version)[0].key
    accept(desk.reviewer, version)

    with pytest.raises(WrongStatus, match="Rui Reviewer has accepted"):
        accept(desk.both, version, key=key)
    with pytest.raises(WrongStatus, match="no such warning"):
        accept(desk.both, version, key="0" * 64)
    approve(desk.reviewer, version)
    with pytest.raises(WrongStatus, match="in review"):
        accept(desk.both, version, key=key)


def test_what_blocks_is_never_accepted(desk):
    version = with_warning(desk)
    key = judged(version)[0].key
    GlossaryTerm.objects.filter(term="sexting").update(term_class=TermClass.AVOID)

    for who in (desk.reviewer, desk.chief):
        with pytest.raises(WrongStatus, match="no such warning"):
            accept(who, version, key=key)


def test_what_was_accepted_and_blocks_by_now_is_not_published(desk):
    version = with_warning(desk)
    accept(desk.reviewer, version)
    approve(desk.reviewer, version)
    GlossaryTerm.objects.filter(term="sexting").update(term_class=TermClass.AVOID)

    with pytest.raises(EditorialError, match="1 thing stands in the way"):
        services.publish_version(actor=desk.reviewer, version=version)


def test_an_acceptance_holds_for_the_next_version_while_the_text_is_the_same(desk):
    first = with_warning(desk)
    accept(desk.reviewer, first)
    draft = services.return_version(actor=desk.reviewer, version=first, reason="Shorter.")
    draft = write(desk.writer, draft, Part.BASICS, title="Another title")

    (carried,) = judged(draft)
    assert (carried.accepted.who, carried.accepted.number) == ("Rui Reviewer", 1)
    approve(desk.reviewer, services.submit_version(actor=desk.writer, version=draft))


def test_it_is_asked_again_when_the_text_that_caused_it_changes(desk):
    first = with_warning(desk)
    accept(desk.reviewer, first)
    draft = services.return_version(actor=desk.reviewer, version=first, reason="Shorter.")
    changed = TermContent("permission", "sexting is named here again")
    draft = write(desk.writer, draft, Part.OBJECTIVES, vocabulary=(changed,))

    assert judged(draft)[0].accepted is None
    assert judged(first)[0].accepted
    with pytest.raises(WarningsLeft):
        approve(desk.reviewer, services.submit_version(actor=desk.writer, version=draft))


def test_an_acceptance_follows_an_activity_that_only_moved(desk):
    talk = dataclasses.replace(SCENARIO, title="About sexting")
    first = in_review(desk.writer, activities=(talk, SORT))
    accept(desk.reviewer, first)
    draft = services.return_version(actor=desk.reviewer, version=first, reason="Shorter.")
    draft = write(desk.writer, draft, Part.ACTIVITIES, activities=(SORT, talk))

    (one,) = judged(draft)
    assert (one.problem.place, bool(one.accepted)) == ("Activity 2", True)


def test_a_warning_about_the_whole_is_asked_again_when_any_text_changes(desk):
    long = dataclasses.replace(SCENARIO, minutes=55)
    first = in_review(desk.writer, activities=(long, SORT))
    accept(desk.reviewer, first, "The whole morning is free.")
    draft = services.return_version(actor=desk.reviewer, version=first, reason="Shorter.")
    assert judged(draft)[0].accepted

    draft = write(desk.writer, draft, Part.BASICS, summary="Pupils learn to ask before they share any photo.")
    assert judged(draft)[0].accepted is None


def test_a_later_acceptance_says_nothing_about_an_earlier_version_or_another_lesson(desk):
    first = with_warning(desk)
    other = with_warning(desk, slug="another")
    draft = services.return_version(actor=desk.reviewer, version=first, reason="Shorter.")
    accept(desk.reviewer, services.submit_version(actor=desk.writer, version=draft))

    assert judged(first)[0].accepted is None
    assert judged(other)[0].accepted is None


def test_where_the_audit_cannot_be_written_nothing_is_accepted(desk, monkeypatch):
    version = with_warning(desk)

    def fail(**kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("lessons.editorial.services.locking.record", fail)
    with pytest.raises(OSError, match="disk"):
        accept(desk.reviewer, version)
    assert not AcceptedWarning.objects.exists()


# --- pages ------------------------------------------------------------------


def page_of(client, version, page=""):
    return client.get(url(version, page).replace("//", "/"))


def test_a_reviewer_accepts_on_the_page_and_the_reason_stands_there_instead(desk, signed_in):
    version = with_warning(desk)
    client = signed_in(desk.reviewer)
    page = page_of(client, version)
    assert "1 warning is still to be judged" in page.text
    key = page.context["page"].judged[0].key

    empty = client.post(url(version, "accept-warning"), {"key": key, "words": ""})
    assert (empty.status_code, "Say why the warning may stand" in empty.text) == (400, True)
    done = client.post(url(version, "accept-warning"), {"key": key, "words": "A <word> they know."}, follow=True)
    assert "because: A &lt;word&gt; they know." in done.text
    assert "Nothing is left to mend" in done.text
    assert "still to be judged" not in done.text


def test_a_refused_reason_is_still_in_its_field(desk, signed_in):
    version = with_warning(desk)
    client = signed_in(desk.reviewer)
    key = page_of(client, version).context["page"].judged[0].key

    answer = client.post(url(version, "accept-warning"), {"key": key, "words": "Kept words. " * 100})
    assert answer.status_code == 400
    assert "Kept words. Kept words." in answer.text


@pytest.mark.parametrize(("who", "status"), [("writer", 403), ("stranger", 403), (None, 302)])
def test_the_button_is_for_reviewers(desk, signed_in, client, who, status):
    version = with_warning(desk)
    presser = signed_in(getattr(desk, who)) if who else client

    assert presser.post(url(version, "accept-warning"), {"key": "x", "words": "y"}).status_code == status
    if who == "writer":
        assert "Accept this warning" not in page_of(presser, version).text
        assert presser.get(url(version, "accept-warning")).status_code == 405


def test_the_panel_beside_the_text_shows_what_was_accepted_as_long_as_it_holds(desk):
    first = with_warning(desk)
    accept(desk.reviewer, first)
    draft = get_version(Kind.LESSONS, "the-funny-photo", _returned(desk, first).number)
    panel = panel_of_saved(Kind.LESSONS, draft)
    assert (panel.warnings, [one.accepted.number for one in panel.accepted]) == (0, [1])

    typed = dataclasses.replace(content_of(draft), vocabulary=(TermContent("permission", "sexting once more"),))
    panel = checks_panel(Kind.LESSONS, draft, typed)
    assert (panel.warnings, panel.accepted) == (1, ())


def _returned(desk, version):
    return services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")


def test_the_comparison_shows_what_was_accepted_beside_its_field(desk, signed_in):
    first = in_review(desk.writer)
    approve(desk.reviewer, first)
    services.publish_version(actor=desk.reviewer, version=first)
    draft = write(desk.writer, a_draft(desk.writer), Part.OBJECTIVES, vocabulary=(PERMISSION,))
    accept(desk.reviewer, services.submit_version(actor=desk.writer, version=draft))

    assert "because: It is the word that pupils know." in page_of(signed_in(desk.reviewer), draft, "changes").text


def test_a_guides_warning_is_accepted_too(desk, signed_in):
    draft = write(desk.writer, a_guide_draft(desk.writer), Part.BASICS, title="Sexting, and what to say")
    version = services.submit_version(actor=desk.writer, version=draft)
    accept(desk.reviewer, version)

    assert approve(desk.reviewer, version).status == Status.APPROVED
    assert "Accepted by Rui Reviewer" in page_of(signed_in(desk.writer), version).text


def test_many_warnings_take_as_many_queries_as_one(desk, signed_in):
    few = with_warning(desk)
    words = {
        kind: SectionContent(kind, f"{section.body}<p>About sexting.</p>", section.minutes)
        for kind, section in lesson_content().sections.items()
    }
    many = with_warning(desk, slug="many", sections=words)
    client = signed_in(desk.reviewer)
    counts = []
    for version in (few, many):
        accept(desk.reviewer, version)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, version)
        counts.append(len(queries))

    assert counts[0] == counts[1]
