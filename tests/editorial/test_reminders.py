"""Reminders of reviews: to whoever looks after an item, each stage once, and never lost."""

import datetime
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lessons.editorial.enums import Kind
from lessons.editorial.models import Reminder
from lessons.editorial.queries.reminders import DueItem
from lessons.editorial.services.reminders import send_reminders
from tests.factories import GuideVersionFactory, LessonVersionFactory, UserFactory, make_live, retire

from .builders import item_of

TODAY = datetime.date(2027, 3, 1)


def in_days(days):
    return TODAY + datetime.timedelta(days=days)


def a_lesson(owner, days, title="The funny photo"):
    return make_live(LessonVersionFactory(parts=False, title=title, review_by=in_days(days), lesson__owner=owner))


def a_guide(owner, days, title="When children share photos"):
    return make_live(GuideVersionFactory(title=title, review_by=in_days(days), guide__owner=owner))


def told():
    """Who was told in each e-mail, and then nobody."""
    names = sorted(message.to[0] for message in mail.outbox)
    mail.outbox.clear()
    return names


@pytest.mark.parametrize(
    ("days", "is_told"), [(61, False), (60, True), (31, True), (30, True), (1, True), (0, True), (-400, True)]
)
def test_a_review_is_told_from_sixty_days_before_it_is_due(desk, days, is_told):
    a_lesson(desk.writer, days)
    send_reminders(TODAY)

    assert told() == ([desk.writer.email] if is_told else [])


def test_each_stage_is_told_once_whatever_number_of_times_it_runs(desk):
    a_lesson(desk.writer, 70)
    days_told = []
    for day in range(90):
        for _ in range(2):
            send_reminders(in_days(day))
            days_told += [day] * len(told())

    assert days_told == [10, 40, 70]


def test_after_a_long_pause_only_the_latest_stage_is_told(desk):
    a_lesson(desk.writer, 25)
    send_reminders(TODAY)
    send_reminders(in_days(1))

    assert told() == [desk.writer.email]
    assert list(Reminder.objects.values_list("stage_days", flat=True)) == [30]


def test_an_earlier_stage_is_not_told_after_a_later_one(desk):
    a_lesson(desk.writer, 25)
    send_reminders(in_days(25))
    told()
    send_reminders(TODAY)

    assert told() == []


def test_the_next_version_is_told_of_anew(desk):
    lesson = a_lesson(desk.writer, 0).lesson
    send_reminders(TODAY)
    make_live(LessonVersionFactory(parts=False, lesson=lesson, number=2, review_by=in_days(10)))
    send_reminders(TODAY)

    assert told() == [desk.writer.email] * 2


def test_one_e_mail_tells_one_person_of_everything(desk, settings):
    settings.SITE_URL = "https://lessons.example"
    lesson = a_lesson(desk.writer, 12, title="Ask first & “wait”")
    guide = a_guide(desk.writer, -3)
    a_lesson(desk.second, 1, title="Another’s")
    send_reminders(TODAY)
    message = next(message for message in mail.outbox if message.to == [desk.writer.email])

    assert len(mail.outbox) == 2
    assert message.subject == "2 lessons and guides are due to be reviewed"
    assert "Hello Wanda Writer," in message.body
    assert "- Ask first & “wait” (lesson)\n  Review by 13 March 2027: in 12 days\n" in message.body
    assert f"  https://lessons.example/desk/lessons/{lesson.lesson.slug}/\n" in message.body
    assert "Review by 26 February 2027: 3 days ago" in message.body
    assert f"  https://lessons.example/desk/guides/{guide.guide.slug}/\n" in message.body
    assert "Another’s" not in message.body
    assert "Nobody at the desk" not in message.body
    assert message.message().get_content_type() == "text/plain"


@pytest.mark.parametrize("left", ["never", "gone", "demoted"])
def test_what_nobody_looks_after_is_told_to_every_reviewer(desk, left):
    UserFactory(is_reviewer=True, is_active=False)
    desk.second.is_active, desk.second.is_editor = left != "gone", left != "demoted"
    desk.second.save()
    a_lesson(None if left == "never" else desk.second, 5)
    a_guide(desk.both, 5)
    send_reminders(TODAY)
    bodies = {message.to[0]: message.body for message in mail.outbox}

    assert told() == sorted(person.email for person in (desk.reviewer, desk.both, desk.chief))
    assert all("Nobody at the desk looks after these" in body for body in bodies.values())
    assert "You look after these" in bodies[desk.both.email]
    assert "You look after these" not in bodies[desk.reviewer.email]


def test_a_stage_is_not_told_again_to_whoever_takes_over(desk):
    version = a_lesson(None, 50)
    send_reminders(TODAY)
    item = item_of(version)
    item.owner = desk.writer
    item.save()
    told()
    send_reminders(in_days(1))
    assert told() == []

    send_reminders(in_days(20))
    assert told() == [desk.writer.email]


def test_drafts_and_what_is_retired_are_not_told_of(desk):
    LessonVersionFactory(parts=False, review_by=in_days(-1), lesson__owner=desk.writer)
    retire(make_live(GuideVersionFactory(review_by=in_days(-1), guide__owner=desk.writer)))
    a_lesson(desk.writer, 0).lesson.versions.update(review_by=None)
    send_reminders(TODAY)

    assert told() == []


def test_nothing_is_unpublished(desk):
    version = a_lesson(desk.writer, -1_000)
    send_reminders(TODAY)

    assert item_of(version).live_version == version


@pytest.mark.parametrize("error", [OSError("away"), ValueError("a back end’s own error")])
def test_a_failing_mail_server_loses_no_reminder_stops_no_other_and_the_log_names_nobody(desk, failing, error, caplog):
    a_lesson(desk.writer, 5)
    a_guide(desk.second, 5)
    failing(desk.writer, error=type(error)(f"{desk.writer.email} was refused."))
    report = send_reminders(TODAY)
    assert (report.sent, report.failed) == (1, 1)
    assert "could not be sent" in caplog.text
    assert desk.writer.email not in caplog.text
    assert told() == [desk.second.email]
    assert Reminder.objects.filter(sent_at=None).get().person == desk.writer

    failing()
    send_reminders(TODAY)
    send_reminders(TODAY)
    assert told() == [desk.writer.email]


def test_of_many_reviewers_only_those_who_were_missed_are_told_again(desk, failing):
    a_lesson(None, 5)
    failing(desk.reviewer)
    send_reminders(TODAY)
    told()
    failing()
    send_reminders(TODAY)

    assert told() == [desk.reviewer.email]


def test_what_failed_is_told_at_the_stage_that_has_come_since_and_once(desk, failing):
    a_lesson(desk.writer, 35)
    failing(desk.writer)
    send_reminders(TODAY)
    failing()
    send_reminders(in_days(10))
    assert mail.outbox[0].body.count("The funny photo") == 1
    send_reminders(in_days(11))

    assert told() == [desk.writer.email]
    assert list(Reminder.objects.values_list("stage_days", flat=True)) == [30]


def test_what_failed_goes_to_whoever_looks_after_it_by_then(desk, failing):
    version = a_lesson(desk.writer, 5)
    failing(desk.writer)
    send_reminders(TODAY)
    type(version.lesson).objects.update(owner=desk.second)
    failing()
    send_reminders(TODAY)

    assert told() == [desk.second.email]


def test_a_run_that_dies_loses_nothing_after_an_hour(desk, failing):
    a_lesson(desk.writer, 5)
    failing(desk.writer, error=SystemExit())
    with pytest.raises(SystemExit):
        send_reminders(TODAY)
    failing()
    send_reminders(TODAY)
    assert told() == []

    Reminder.objects.update(taken_at=timezone.now() - datetime.timedelta(hours=1, minutes=1))
    send_reminders(TODAY)
    assert told() == [desk.writer.email]


class Overlapping(EmailBackend):
    """Another run begins while this one is sending."""

    def send_messages(self, messages):
        if not mail.outbox:
            count = super().send_messages(messages)
            send_reminders(TODAY)
            return count
        return super().send_messages(messages)


def test_a_run_that_begins_while_another_sends_tells_nobody_twice(desk, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Overlapping"
    for person in (desk.writer, desk.second, None):
        a_lesson(person, 5)
    send_reminders(TODAY)

    people = (desk.writer, desk.second, desk.reviewer, desk.both, desk.chief)
    assert told() == sorted(person.email for person in people)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection")
def test_two_runs_at_once_tell_nobody_twice(desk):
    for person in (desk.writer, desk.second, None):
        for _ in range(3):
            a_lesson(person, 5)
            a_guide(person, -5)
    ready = threading.Barrier(4)
    reports = []

    def run():
        ready.wait()
        try:
            reports.append(send_reminders(TODAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(report.sent for report in reports) == len(told()) == 5
    assert len(reports) == 4
    assert Reminder.objects.count() == 2 * 6 + 6 * 3


@pytest.mark.django_db(transaction=True)
def test_mail_is_refused_inside_a_transaction_which_could_still_be_undone(desk):
    a_lesson(desk.writer, 5)

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_reminders(TODAY)
    assert told() == []


class OutsideTransaction(EmailBackend):
    def send_messages(self, messages):
        assert not connection.in_atomic_block
        assert Reminder.objects.filter(sent_at=None).exists()
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_mail_is_sent_after_the_commit(desk, settings):
    settings.EMAIL_BACKEND = f"{__name__}.OutsideTransaction"
    a_lesson(desk.writer, 5)

    assert send_reminders(TODAY).sent == 1


def test_the_database_holds_one_reminder_of_a_stage_for_each_person(desk):
    version = a_lesson(desk.writer, 5)
    Reminder.objects.create(lesson_version=version, stage_days=30, person=desk.writer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(lesson_version=version, stage_days=30, person=desk.writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(stage_days=30, person=desk.writer)


def test_a_run_takes_as_many_queries_for_thirty_as_for_one(desk):
    def run(day):
        with CaptureQueriesContext(connection) as queries:
            send_reminders(day)
        return len(queries)

    a_lesson(desk.writer, 5)
    a_guide(desk.writer, 5)
    few = run(TODAY)
    for _ in range(29):
        a_lesson(desk.writer, 5)
        a_guide(desk.writer, 5)

    assert run(TODAY) == few


def test_the_command_says_what_it_did(desk, capsys):
    a_lesson(desk.writer, 5)
    call_command("send_reminders", on="2027-03-01")

    assert capsys.readouterr().out == "E-mails sent: 1.\n"
    assert told() == [desk.writer.email]


def test_without_a_day_it_is_today(desk):
    make_live(LessonVersionFactory(parts=False, review_by=timezone.localdate(), lesson__owner=desk.writer))
    call_command("send_reminders")

    assert told() == [desk.writer.email]


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "01/03/2027"])
def test_what_is_not_a_day_is_refused_with_a_sentence(db, day):
    with pytest.raises(CommandError, match="is not a day"):
        call_command("send_reminders", on=day)


def test_the_command_finishes_and_ends_with_one_where_a_mail_failed(desk, failing, capsys):
    a_lesson(desk.writer, 5)
    a_lesson(desk.second, 5)
    failing(desk.second)

    with pytest.raises(CommandError, match="1 e-mails could not be sent"):
        call_command("send_reminders", on="2027-03-01")
    assert told() == [desk.writer.email]


def test_where_nobody_can_be_told_the_command_says_so_and_the_reminder_waits(db, capsys):
    a_lesson(None, 5)
    call_command("send_reminders", on="2027-03-01")
    assert "Nobody looks after 1 of what is due" in capsys.readouterr().err

    reviewer = UserFactory(is_reviewer=True)
    call_command("send_reminders", on="2027-03-01")
    assert told() == [reviewer.email]


@given(st.integers(-4_000, 60))
def test_the_stage_is_the_latest_that_has_come(days):
    stage = DueItem(Kind.LESSONS, 1, "a", "A", in_days(days), days, None).stage_days

    assert days <= stage
    assert not any(days <= later < stage for later in (0, 30, 60))
