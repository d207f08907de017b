"""Digests by e-mail: once a day or week for each person, nothing lost where a mail fails."""

import datetime
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.dashboards.services.digests import send_digests
from lessons.library.enums import QuestionKind
from lessons.library.models import LessonVersion
from lessons.teaching.enums import Digest, Moment
from lessons.teaching.models import NoticeSetting
from tests.factories import AssignmentFactory, LessonVersionFactory, MembershipFactory, SchoolClassFactory, make_live

from .builders import answer, begin

MONDAY = datetime.date(2027, 3, 1)


def at(day=0, hour=7):
    """The morning of Monday, 1 March 2027, or so many days after it."""
    return timezone.make_aware(datetime.datetime.combine(MONDAY, datetime.time(hour))) + datetime.timedelta(days=day)


def due(school_class, day, title="The funny photo", **fields):
    """A lesson that is due so many days after that Monday."""
    version = make_live(LessonVersionFactory(title=title))
    LessonVersion.objects.filter(pk=version.pk).update(live_from=at(-90))
    opens_on, due_on = MONDAY - datetime.timedelta(days=60), MONDAY + datetime.timedelta(days=day)
    return AssignmentFactory(school_class=school_class, version=version, opens_on=opens_on, due_on=due_on, **fields)


def wants(who, digest=Digest.DAILY, sent=None):
    return NoticeSetting.objects.create(user=who.user, digest=digest, sent_at=sent)


def told():
    """Who was written to since the last look, and then nobody."""
    names = sorted(message.to[0] for message in mail.outbox)
    mail.outbox.clear()
    return names


def test_what_is_due_tomorrow_is_told_in_words_with_a_link(cast, settings):
    settings.SITE_URL = "https://lessons.example"
    wants(cast.teacher)
    assignment = due(cast.anonymous_class, 1, title="Ask first & “wait”")
    send_digests(at())
    (message,) = mail.outbox

    assert message.to == ["tess@northfield.example"]
    assert message.subject == "1 notice about your lessons"
    assert "- Due: 8A, Ask first & “wait”\n  It is due tomorrow, 2 March.\n" in message.body
    assert f"https://lessons.example/teach/assignments/{assignment.pk}/\n" in message.body
    assert "https://lessons.example/teach/notices/#digest" in message.body
    assert "written to every day" in message.body
    assert message.message().get_content_type() == "text/plain"


def test_no_pupil_and_no_answer_stands_in_it(cast):
    wants(cast.teacher)
    assignment = due(cast.named_class, 1)
    begin(assignment, cast.ada)
    answer(assignment, QuestionKind.WORRY, Moment.AFTER, 0, 0, 9)
    send_digests(at())

    assert "Ada" not in mail.outbox[0].body
    assert "worr" not in mail.outbox[0].body


def test_nobody_is_written_to_who_did_not_ask(cast):
    wants(cast.teacher, Digest.OFF)
    due(cast.anonymous_class, 1)
    due(cast.southfield_class, 1)
    send_digests(at())

    assert told() == []


def test_each_is_told_of_their_own_classes_alone(cast):
    wants(cast.teacher)
    wants(cast.outsider)
    wants(cast.colleague)
    due(cast.anonymous_class, 1, title="At Northfield")
    due(cast.southfield_class, 1, title="At Southfield")
    send_digests(at())
    bodies = {message.to[0]: message.body for message in mail.outbox}

    assert told() == ["otto@southfield.example", "tess@northfield.example"]
    assert "At Southfield" not in bodies["tess@northfield.example"]
    assert "At Northfield" not in bodies["otto@southfield.example"]


def test_the_school_is_named_for_somebody_with_several(cast):
    wants(cast.outsider)
    second = MembershipFactory(user=cast.outsider.user, school=cast.northfield)
    due(cast.southfield_class, 1)
    due(SchoolClassFactory(school=cast.northfield, name="9N", teachers=[second]), 1)
    send_digests(at())

    assert "8S (Southfield), " in mail.outbox[0].body
    assert "9N (Northfield), " in mail.outbox[0].body


@pytest.mark.parametrize("left", ["account", "school"])
def test_who_has_left_is_not_written_to(cast, left):
    wants(cast.teacher)
    due(cast.anonymous_class, 1)
    if left == "account":
        cast.teacher.user.is_active = False
        cast.teacher.user.save()
    else:
        cast.teacher.is_active = False
        cast.teacher.save()
    send_digests(at())

    assert told() == []


def test_a_day_with_many_runs_has_one_mail_and_each_notice_is_told_once(cast):
    wants(cast.teacher, sent=at(-1))
    for day in (1, 2, 5):
        due(cast.anonymous_class, day)
    days = []
    for day in range(8):
        for hour in (7, 8, 20):
            send_digests(at(day, hour))
            days += [day] * len(told())

    assert days == [0, 1, 4]


def test_a_day_without_news_has_no_mail_and_none_later_that_day(cast):
    wants(cast.teacher, sent=at(-1))
    send_digests(at())
    due(cast.anonymous_class, 1)
    send_digests(at(0, hour=20))
    assert told() == []


def test_a_week_has_one_mail_on_monday_with_what_is_due_in_it(cast):
    wants(cast.teacher, Digest.WEEKLY, sent=at(-7))
    for day in (3, 7, 9):
        due(cast.anonymous_class, day, title=f"Due on day {day}")
    bodies = {}
    for day in range(14):
        send_digests(at(day))
        if mail.outbox:
            (message,) = mail.outbox
            bodies[day] = message.body
            mail.outbox.clear()

    assert list(bodies) == [0, 7]
    assert [f"Due on day {day}" in bodies[0] for day in (3, 7, 9)] == [True, True, False]
    assert [f"Due on day {day}" in bodies[7] for day in (3, 7, 9)] == [False, False, True]
    assert "It is due in 3 days, 4 March." in bodies[0]
    assert "written to every week" in bodies[0]


def test_a_monday_on_which_nothing_ran_is_made_up_for(cast):
    wants(cast.teacher, Digest.WEEKLY, sent=at(-7))
    due(cast.anonymous_class, 5)
    send_digests(at(2))
    send_digests(at(3))

    assert len(told()) == 1


def test_a_long_pause_is_told_of_once_and_no_further_back_than_two_weeks(cast):
    wants(cast.teacher, sent=at(-60))
    due(cast.anonymous_class, -30, title="Long over")
    due(cast.anonymous_class, -3, title="Lately due")
    send_digests(at())

    assert "Lately due" in mail.outbox[0].body
    assert "Long over" not in mail.outbox[0].body
    mail.outbox.clear()
    send_digests(at(1))
    assert told() == []


def test_very_many_notices_are_cut_short_with_the_way_to_the_rest(cast):
    wants(cast.teacher)
    for number in range(42):
        due(SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher]), 1, title=f"Lesson {number}")
    send_digests(at())

    assert mail.outbox[0].subject == "42 notices about your lessons"
    assert mail.outbox[0].body.count("- Due: ") == 40
    assert "And 2 more" in mail.outbox[0].body


# --- mails that fail, runs that meet ----------------------------------------


@pytest.mark.parametrize("error", [OSError, ValueError])
def test_a_failed_mail_is_tried_again_stops_no_other_and_the_log_names_nobody(cast, failing, error, caplog):
    wants(cast.teacher)
    wants(cast.outsider)
    due(cast.anonymous_class, 1)
    due(cast.southfield_class, 1)
    failing(cast.teacher, error=error(f"{cast.teacher.user.email} was refused."))
    report = send_digests(at())

    assert (report.sent, report.failed) == (1, 1)
    assert told() == ["otto@southfield.example"]
    assert "could not be sent" in caplog.text
    assert "tess" not in caplog.text

    failing()
    send_digests(at(0, hour=8))
    send_digests(at(0, hour=9))
    assert told() == ["tess@northfield.example"]


def test_what_failed_for_days_is_told_in_the_first_mail_that_goes_through(cast, failing):
    wants(cast.teacher, sent=at(-1))
    due(cast.anonymous_class, 1, title="The first")
    due(cast.anonymous_class, 3, title="The second")
    failing(cast.teacher)
    for day in range(3):
        send_digests(at(day))
    failing()
    send_digests(at(3))

    assert "The first" in mail.outbox[0].body
    assert "The second" in mail.outbox[0].body


def test_a_run_that_dies_loses_nothing_after_an_hour(cast, failing):
    wants(cast.teacher)
    due(cast.anonymous_class, 1)
    failing(cast.teacher, error=SystemExit())
    with pytest.raises(SystemExit):
        send_digests(at())
    failing()
    send_digests(at() + datetime.timedelta(minutes=59))
    assert told() == []

    send_digests(at() + datetime.timedelta(minutes=60))
    assert told() == ["tess@northfield.example"]


class Overlapping(EmailBackend):
    """Another run begins while this one is sending."""

    def send_messages(self, messages):
        count = super().send_messages(messages)
        if len(mail.outbox) == 1:
            send_digests(at() + datetime.timedelta(minutes=1))
        return count


def test_a_run_that_begins_while_another_sends_tells_nobody_twice(cast, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Overlapping"
    for who in (cast.teacher, cast.outsider):
        wants(who)
    due(cast.anonymous_class, 1)
    due(cast.southfield_class, 1)
    send_digests(at())

    assert told() == ["otto@southfield.example", "tess@northfield.example"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection")
def test_two_runs_at_once_tell_nobody_twice(cast):
    for who in (cast.teacher, cast.outsider):
        wants(who)
    due(cast.anonymous_class, 1)
    due(cast.southfield_class, 1)
    ready = threading.Barrier(4)
    reports = []

    def run():
        ready.wait()
        try:
            reports.append(send_digests(at()))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(report.sent for report in reports) == len(told()) == 2
    assert len(reports) == 4


@pytest.mark.django_db(transaction=True)
def test_mail_is_refused_inside_a_transaction_which_could_still_be_undone(cast):
    wants(cast.teacher)
    due(cast.anonymous_class, 1)

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_digests(at())
    assert told() == []


class OutsideTransaction(EmailBackend):
    def send_messages(self, messages):
        assert not connection.in_atomic_block
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_mail_is_sent_after_the_commit(cast, settings):
    settings.EMAIL_BACKEND = f"{__name__}.OutsideTransaction"
    wants(cast.teacher)
    due(cast.anonymous_class, 1)

    assert send_digests(at()).sent == 1


def test_thirty_people_take_the_queries_of_one_and_one_more_for_each_mail(cast):
    def run(day):
        with CaptureQueriesContext(connection) as queries:
            report = send_digests(at(day))
        return len(queries) - report.sent

    def add():
        who = MembershipFactory(school=cast.northfield)
        wants(who)
        wants(MembershipFactory(school=cast.northfield), Digest.WEEKLY)
        due(SchoolClassFactory(school=cast.northfield, teachers=[who]), 1)
        due(SchoolClassFactory(school=cast.northfield, teachers=[who]), 2)

    add()
    few = run(0)
    for _ in range(29):
        add()

    assert run(1) <= few


# --- the command ------------------------------------------------------------


@pytest.fixture
def due_tomorrow(cast):
    wants(cast.teacher)
    AssignmentFactory(school_class=cast.anonymous_class, due_on=timezone.localdate() + datetime.timedelta(days=1))
    return cast


def test_the_command_says_what_it_did(due_tomorrow, capsys):
    call_command("send_digests")

    assert capsys.readouterr().out == "E-mails sent: 1.\n"
    assert told() == ["tess@northfield.example"]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(due_tomorrow, capsys):
    call_command("send_digests", dry_run=True)

    assert capsys.readouterr().out == "E-mails that would be sent: 1.\n"
    assert told() == []
    assert NoticeSetting.objects.get().sent_at is None


def test_the_command_ends_with_one_where_a_mail_failed(due_tomorrow, failing):
    failing(due_tomorrow.teacher)

    with pytest.raises(CommandError, match="1 e-mails could not be sent"):
        call_command("send_digests")
