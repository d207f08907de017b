"""Taking a lesson or guide away at once: from every page, from its classes, with a word to their teachers."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.errors import EditorialError, NotAllowed, WrongStatus
from lessons.editorial.services.withdrawal_mail import tell_teachers
from lessons.library.enums import State
from lessons.library.models import LessonVersion
from lessons.teaching.holding import open_class_count, teachers_who_hold
from lessons.teaching.models import Assignment
from safeguarding.audit.models import AuditEntry
from tests.dashboards.builders import set_lesson
from tests.factories import MembershipFactory, SchoolClassFactory, retire
from tests.teaching.conftest import join, step_url  # noqa: F401  (a fixture, and where a pupil is)

from .builders import a_guide_draft, in_review, item_of, live
from .pages import url

REASON = "One picture shows more than it should."


def stored(version):
    return type(version)._default_manager.get(pk=version.pk)


def withdraw(desk, version, reason=REASON):
    services.withdraw_item(actor=desk.reviewer, identity=version.identity, reason=reason)


def approved(desk):
    version = in_review(desk.writer)
    return services.approve_version(actor=desk.reviewer, version=version, number=version.number)


@pytest.fixture
def version(desk):
    return live(desk.writer, desk.reviewer)


@pytest.fixture
def assignment(cast, version):
    return set_lesson(cast.anonymous_class, version=version)


def test_visitors_find_a_notice_with_help_and_not_the_reason(desk, version, client):
    withdraw(desk, version)
    address = f"/lessons/{version.lesson.slug}/"
    answer = client.get(address)

    assert answer.status_code == 410
    assert "taken away for now" in answer.text
    assert "Who can help" in answer.text
    assert "0800 1111" in answer.text
    assert REASON not in answer.text
    assert "max-age=1," in answer["Cache-Control"]
    assert version.title not in client.get("/lessons/").text


def test_a_guide_too(desk, client):
    guide = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    services.approve_version(actor=desk.reviewer, version=guide, number=1)
    services.publish_version(actor=desk.reviewer, version=guide)
    withdraw(desk, guide)
    answer = client.get(f"/guidance/{guide.guide.slug}/")

    assert answer.status_code == 410
    assert "taken away for now" in answer.text
    assert "0800 1111" in answer.text
    assert REASON not in answer.text


def test_a_pupil_in_the_middle_of_it_meets_a_calm_notice(desk, cast, assignment, version, join):  # noqa: F811
    pupil = join(cast.anonymous_class)
    assert pupil.get(step_url(assignment, 1)).status_code == 200
    withdraw(desk, version)

    for answer in (pupil.get(step_url(assignment, 1)), pupil.post(step_url(assignment, 1), {"next": 1})):
        assert answer.status_code == 410
        assert "your teacher knows" in answer.text
        assert "0800 1111" in answer.text
        assert REASON not in answer.text
    mine = pupil.get("/join/lessons/")
    assert (mine.status_code, version.title in mine.text) == (200, False)
    assert not assignment.attempts.exists()


def test_a_class_with_an_older_version_loses_it_too_and_gets_it_back_by_no_newer_one(desk, cast, assignment, version):
    newer = live(desk.writer, desk.reviewer)
    withdraw(desk, newer)
    assert stored(version).state == stored(newer).state == State.WITHDRAWN
    services.publish_version(actor=desk.reviewer, version=approved(desk))

    assert item_of(version).live_version.number == 3
    assert stored(version).withdrawn_at


def test_teachers_see_it_with_the_reason_and_cannot_set_it(desk, cast, assignment, version, signed_in):
    withdraw(desk, version)
    teacher = signed_in(cast.teacher)

    for page in ("/teach/", f"/teach/classes/{cast.anonymous_class.pk}/", f"/teach/assignments/{assignment.pk}/"):
        answer = teacher.get(page)
        assert answer.status_code == 200, page
        assert "has been withdrawn" in answer.text, page
        assert REASON in answer.text, page
    assert teacher.get(f"/teach/set/{version.lesson.slug}/").status_code == 410
    assert REASON not in signed_in(cast.outsider).get("/teach/").text
    Assignment.objects.update(closed_at=timezone.now())
    assert REASON not in teacher.get("/teach/").text


def to_teachers():
    """Without the letters to the desk."""
    return [message for message in mail.outbox if message.subject.startswith("Please stop teaching")]


def test_each_teacher_gets_one_e_mail_after_the_commit(
    desk, cast, assignment, version, django_capture_on_commit_callbacks
):
    set_lesson(cast.named_class, version=version)
    set_lesson(cast.southfield_class, version=version, closed=-1)
    bare = SchoolClassFactory(school=cast.southfield)
    set_lesson(bare, version=version, set_by=MembershipFactory(school=cast.southfield, user__email="set@by.example"))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(desk, version)
        assert mail.outbox == []

    sent = to_teachers()
    assert sorted(message.to[0] for message in sent) == ["set@by.example", "tess@northfield.example"]
    assert REASON in sent[0].body
    assert "/teach/" in sent[0].body


class Failing(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["tess@northfield.example"]:
            raise OSError("tess@northfield.example was refused.")
        return super().send_messages(messages)


def test_an_e_mail_that_fails_undoes_nothing_and_the_log_names_nobody(
    desk, cast, assignment, version, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.editorial.test_withdrawal.Failing"
    set_lesson(cast.southfield_class, version=version)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(desk, version)

    assert stored(version).state == State.WITHDRAWN
    assert [message.to for message in to_teachers()] == [["otto@southfield.example"]]
    assert "1 teachers could not be told" in caplog.text
    assert "tess" not in caplog.text.lower()


class Counting(EmailBackend):
    """As a mail server: whoever has not opened a connection gets one for each e-mail."""

    connections = 0
    is_open = False

    def open(self):
        opened, self.is_open = not self.is_open, True
        Counting.connections += opened
        return opened

    def close(self):
        self.is_open = False

    def send_messages(self, messages):
        opened = self.open()
        sent = super().send_messages(messages)
        if opened:
            self.close()
        return sent


def test_many_teachers_are_told_over_one_connection(cast, assignment, version, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.editorial.test_withdrawal.Counting"
    monkeypatch.setattr(Counting, "connections", 0)
    set_lesson(cast.southfield_class, version=version)
    tell_teachers(version.lesson_id, version.title, REASON)

    assert len(mail.outbox) == 2
    assert Counting.connections == 1


def test_a_title_of_two_lines_keeps_no_teacher_from_being_told(
    desk, cast, assignment, version, django_capture_on_commit_callbacks
):
    type(version).objects.update(title="The funny\nphoto")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(desk, version)

    assert "Please stop teaching “The funny photo” for now" in [message.subject for message in mail.outbox]


def test_what_is_planned_is_cancelled(desk, version):
    planned = approved(desk)
    soon = version.live_from.replace(year=version.live_from.year + 1)
    services.schedule_version(actor=desk.reviewer, version=planned, live_from=soon)
    withdraw(desk, version)

    assert (stored(planned).state, stored(planned).live_from) == (State.APPROVED, None)


def test_a_reviewer_may_go_back_to_it_with_a_reason_and_its_classes_go_on(desk, cast, assignment, version, join):  # noqa: F811
    withdraw(desk, version)
    with pytest.raises(EditorialError, match="Say why it may be read again"):
        services.publish_version(actor=desk.reviewer, version=version)
    services.publish_version(actor=desk.reviewer, version=version, reason="It was another lesson.")

    assert item_of(version).live_version == version
    assert (stored(version).withdrawn_at, stored(version).withdrawal_reason) == (None, "")
    assert join(cast.anonymous_class).get(step_url(assignment, 1)).status_code == 200
    assert [entry.reason for entry in AuditEntry.objects.filter(action__in=["withdrew", "went back to"])] == [
        "It was another lesson.",
        REASON,
    ]


@pytest.mark.parametrize("who", ["writer", "operator", "stranger"])
def test_it_is_for_reviewers_and_needs_a_reason(desk, version, who):
    with pytest.raises(NotAllowed):
        services.withdraw_item(actor=getattr(desk, who), identity=version.identity, reason=REASON)
    with pytest.raises(EditorialError, match="Say why"):
        withdraw(desk, version, " ")
    assert item_of(version).live_version == version


def test_what_nobody_ever_read_or_is_withdrawn_already_is_refused(desk, version):
    withdraw(desk, version)
    with pytest.raises(WrongStatus, match="nothing to withdraw"):
        withdraw(desk, version)
    draft = a_guide_draft(desk.writer)
    with pytest.raises(WrongStatus, match="nothing to withdraw"):
        withdraw(desk, draft)


def test_a_retired_lesson_can_be_taken_from_the_classes_that_still_have_it(desk, assignment, version):
    retire(version)
    withdraw(desk, version)

    assert stored(version).state == State.WITHDRAWN


def test_where_the_audit_cannot_be_written_it_stays_live_and_nobody_is_told(
    desk, assignment, version, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(**kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("lessons.editorial.services.locking.record", fail)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(OSError, match="disk"):
        withdraw(desk, version)

    assert item_of(version).live_version == version
    assert stored(version).withdrawn_at is None
    assert mail.outbox == []


def test_the_page_says_what_will_happen_before_it_does_it(desk, cast, assignment, version, signed_in):
    client = signed_in(desk.reviewer)
    page = client.get(url(version, "withdraw")).text

    assert "1 class has it open." in page
    assert "1 teacher is told by e-mail" in page
    assert cast.northfield.name not in page
    assert LessonVersion.objects.live().exists()
    assert client.post(url(version, "withdraw"), {"reason": ""}).status_code == 400
    assert client.post(url(version, "withdraw"), {"reason": REASON}).status_code == 302
    assert REASON in client.get(url(version)[:-1]).text
    assert client.post(url(version, "withdraw"), {"reason": REASON}).status_code == 409
    assert signed_in(desk.writer).get(url(version, "withdraw")).status_code == 403


def test_the_count_of_classes_is_of_open_ones_of_any_version(cast, version):
    set_lesson(cast.anonymous_class, version=version)
    set_lesson(cast.named_class, version=version, closed=-1)

    assert open_class_count(version.lesson_id) == 1
    assert teachers_who_hold(version.lesson_id) == [cast.teacher.user]
