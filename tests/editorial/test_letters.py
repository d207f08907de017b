"""Who is told of a step by e-mail: after its commit, never of what they did themselves, and never at its cost."""

import datetime
import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from lessons.editorial import services
from lessons.library.enums import Status

from .builders import a_draft, a_guide_draft, in_review, live

URL = "http://127.0.0.1:8000/desk/lessons/the-funny-photo"


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """What is sent by a step: `letters(lambda: …)`."""

    def sent_by(step):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        return {message.to[0]: message for message in mail.outbox}

    return sent_by


def emails(*people):
    return {person.email for person in people}


def test_those_who_may_approve_are_told_of_what_waits(desk, letters):
    draft = a_draft(desk.writer)
    draft.contributors.add(desk.both)
    sent = letters(lambda: services.submit_version(actor=desk.writer, version=draft, change_note="A new script."))

    assert set(sent) == emails(desk.reviewer, desk.chief)  # not Bea, who has written in it
    message = sent[desk.reviewer.email]
    assert message.subject == "Waiting for review: The funny photo"
    assert message.body.startswith("Hello Rui Reviewer,")
    assert "Wanda Writer has submitted version 1 of the lesson “The funny photo”" in message.body
    assert "What is new: A new script." in message.body
    assert f"{URL}/1/" in message.body


def test_whoever_wrote_it_is_told_that_it_was_approved_and_that_it_is_live(desk, letters):
    draft = a_draft(desk.writer)
    draft.contributors.add(desk.second)
    version = services.submit_version(actor=desk.writer, version=draft)
    approved = letters(lambda: services.approve_version(actor=desk.reviewer, version=version, number=1))
    published = letters(lambda: services.publish_version(actor=desk.reviewer, version=version))

    assert set(approved) == set(published) == emails(desk.writer, desk.second)
    assert "It is not live yet" in approved[desk.writer.email].body
    assert published[desk.second.email].subject == "Live now: The funny photo"


def test_a_press_that_approves_and_publishes_tells_once(desk, letters, signed_in):
    version = in_review(desk.writer)
    client = signed_in(desk.reviewer)
    sent = letters(
        lambda: client.post(f"/desk/lessons/the-funny-photo/{version.number}/approve-and-publish/", {"number": 1})
    )

    assert [message.subject for message in mail.outbox] == ["Live now: The funny photo"]
    assert set(sent) == emails(desk.writer)


def test_whoever_wrote_it_is_told_of_a_plan_of_its_end_and_of_its_retirement(desk, letters):
    version = services.approve_version(actor=desk.reviewer, version=in_review(desk.writer), number=1)
    soon = timezone.now() + datetime.timedelta(days=3)
    item = version.identity
    planned = letters(lambda: services.schedule_version(actor=desk.reviewer, version=version, live_from=soon))
    cancelled = letters(lambda: services.cancel_schedule(actor=desk.reviewer, identity=item))
    services.publish_version(actor=desk.reviewer, version=version)
    ends = letters(
        lambda: services.schedule_retirement(actor=desk.reviewer, identity=item, at=soon, reason="The law changes.")
    )
    retired = letters(lambda: services.retire_item(actor=desk.reviewer, identity=item, reason="Out of date."))

    assert set(planned) == set(cancelled) == set(ends) == set(retired) == emails(desk.writer)
    assert "It goes live on " in planned[desk.writer.email].body
    assert "has cancelled what was planned" in cancelled[desk.writer.email].body
    assert "because: The law changes." in ends[desk.writer.email].body
    assert "Out of date." in retired[desk.writer.email].body


def test_a_withdrawal_is_told_to_those_who_wrote_it_who_look_after_it_and_who_review(desk, letters):
    version = live(desk.writer, desk.reviewer)
    services.set_owner(actor=desk.writer, identity=version.identity, owner=desk.second)
    sent = letters(lambda: services.withdraw_item(actor=desk.reviewer, identity=version.identity, reason="A link."))

    assert set(sent) == emails(desk.writer, desk.second, desk.both, desk.chief)
    assert "A link." in sent[desk.second.email].body


def test_a_return_tells_the_reason_and_the_comments(desk, letters):
    version = in_review(desk.writer)
    services.add_comment(actor=desk.reviewer, version=version, spot="activities/Activity 1", text="Shorter & calmer.")
    done = services.add_comment(actor=desk.reviewer, version=version, spot="basics/Title", text="Never mind.")
    services.resolve_comments(actor=desk.reviewer, version=version, comments=[done.pk])
    sent = letters(lambda: services.return_version(actor=desk.reviewer, version=version, reason="It isn’t done."))

    body = sent[desk.writer.email].body
    assert "It isn’t done." in body
    assert "- Activity 1 (“The funny photo”), Rui Reviewer:\n  Shorter & calmer." in body
    assert "Never mind." not in body
    assert f"{URL}/2/" in body


def test_nobody_is_told_of_their_own_step(desk, letters):
    version = services.submit_version(actor=desk.both, version=a_draft(desk.writer))
    sent = letters(lambda: services.return_version(actor=desk.both, version=version, reason="Shorter."))

    assert set(sent) == emails(desk.writer)


def test_whoever_has_left_the_desk_is_not_told(desk, letters):
    version = in_review(desk.writer)
    desk.writer.is_active = False
    desk.writer.save()
    desk.chief.is_reviewer = False
    desk.chief.save()

    assert letters(lambda: services.approve_version(actor=desk.reviewer, version=version, number=1)) == {}
    draft = a_draft(desk.second, slug="another")
    sent = letters(lambda: services.submit_version(actor=desk.second, version=draft))
    assert set(sent) == emails(desk.reviewer, desk.both)


def test_what_a_press_of_somebody_else_undid_tells_nobody(desk, letters, monkeypatch):
    version = in_review(desk.writer)

    def approve_and_fail():
        with transaction.atomic():
            services.approve_version(actor=desk.reviewer, version=version, number=1)
            raise OSError("The disk is full.")

    def undone():
        with pytest.raises(OSError, match="disk"):
            approve_and_fail()

    assert letters(undone) == {}


def test_a_step_whose_audit_fails_tells_nobody(desk, letters, monkeypatch):
    version = in_review(desk.writer)

    def fail(**kwargs):
        raise OSError("The disk is full.")

    def step():
        monkeypatch.setattr("lessons.editorial.services.locking.record", fail)
        with pytest.raises(OSError, match="disk"):
            services.approve_version(actor=desk.reviewer, version=version, number=1)

    assert letters(step) == {}
    assert type(version).objects.get(pk=version.pk).status == Status.IN_REVIEW


class Broken(EmailBackend):
    """Fails for the first person."""

    def send_messages(self, messages):
        if messages[0].to[0].startswith("broken"):
            raise OSError(f"550 no such box: {messages[0].to[0]}")
        return super().send_messages(messages)


STEPS = {
    "submit": lambda desk, version: services.submit_version(actor=desk.writer, version=version),
    "approve": lambda desk, version: services.approve_version(actor=desk.reviewer, version=version, number=1),
    "publish": lambda desk, version: services.publish_version(actor=desk.reviewer, version=version),
    "return": lambda desk, version: services.return_version(actor=desk.reviewer, version=version, reason="Secret."),
}
BEFORE = {"submit": (), "approve": ("submit",), "publish": ("submit", "approve"), "return": ("submit",)}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("broken", ["open", "render", "send"])
def test_a_letter_that_fails_undoes_nothing_and_is_logged_without_the_text(
    desk, letters, monkeypatch, caplog, step, broken
):
    version = a_draft(desk.writer)
    for earlier in BEFORE[step]:
        STEPS[earlier](desk, version)
    where = {
        "open": "django.core.mail.backends.locmem.EmailBackend.open",
        "render": "lessons.editorial.services.letters.render_to_string",
        "send": "django.core.mail.backends.locmem.EmailBackend.send_messages",
    }[broken]

    def fail(*args, **kwargs):
        raise OSError("The mail server is away.")

    monkeypatch.setattr(where, fail)
    with caplog.at_level(logging.ERROR):
        assert letters(lambda: STEPS[step](desk, version)) == {}

    status = {"submit": "in_review", "return": "returned"}.get(step)
    stored = type(version).objects.get(pk=version.pk)
    assert stored.status == status if status else stored.approved_by == desk.reviewer
    assert "could be told" in caplog.text or "could not be told" in caplog.text
    assert "Secret." not in caplog.text


def test_where_one_letter_fails_the_others_go_out_and_the_log_names_nobody(desk, letters, settings, caplog):
    settings.EMAIL_BACKEND = "tests.editorial.test_letters.Broken"
    draft = a_draft(desk.writer)
    desk.both.email = "broken@school.example"
    desk.both.save()
    sent = letters(lambda: services.submit_version(actor=desk.writer, version=draft))

    assert set(sent) == emails(desk.reviewer, desk.chief)
    assert "One person could not be told" in caplog.text
    assert "broken@" not in caplog.text


def test_a_title_cannot_write_headers(desk, letters):
    draft = a_draft(desk.writer)
    draft.title = "One\nBcc: everybody@school.example"
    draft.save()
    sent = letters(lambda: services.submit_version(actor=desk.writer, version=draft))

    assert sent[desk.reviewer.email].subject == "Waiting for review: One Bcc: everybody@school.example"


def test_a_guides_letter_leads_to_the_guide(desk, letters):
    draft = a_guide_draft(desk.writer)
    sent = letters(lambda: services.submit_version(actor=desk.writer, version=draft))

    assert "/desk/guides/sharing-photos/1/" in sent[desk.reviewer.email].body


def test_no_line_of_a_letter_is_longer_than_mail_allows_and_none_is_empty_of_words(desk, letters):
    version = live(desk.writer, desk.reviewer)
    draft = services.start_draft(actor=desk.writer, identity=version.lesson)
    sent = letters(lambda: services.submit_version(actor=desk.writer, version=draft))

    assert all("{" not in message.body and "\n\n\n" not in message.body for message in sent.values())
