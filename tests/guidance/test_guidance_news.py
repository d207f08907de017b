"""News by e-mail: once a day, to those who confirmed, in their language, and nothing twice."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from lessons.guidance.models import Subscription
from lessons.guidance.services.letters import MOST_IN_A_MAIL
from lessons.guidance.services.news import count_news, send_news
from lessons.library.models import Guide, GuideVersion, Topic
from tests.factories import GuideFactory, GuideVersionFactory, TopicFactory, make_live
from tests.mail_server import FailingMailServer

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2027, 3, 1)


def at(day: int = 0, hour: int = 7) -> datetime.datetime:
    """The morning of Monday, 1 March 2027, or so many days after it."""
    return timezone.make_aware(datetime.datetime.combine(MONDAY, datetime.time(hour))) + datetime.timedelta(days=day)


def goes_live(moment: datetime.datetime, title: str, guide: Guide | None = None, **fields: Any) -> GuideVersion:
    guide = guide or GuideFactory(**fields)
    version = GuideVersionFactory(guide=guide, title=title, number=guide.versions.count() + 1)
    make_live(version)
    guide.versions.filter(live_until__isnull=False).update(live_until=moment)
    GuideVersion.objects.filter(pk=version.pk).update(live_from=moment)
    return version


def reader(email: str, *topics: Topic, since: datetime.datetime | None = None, language: str = "en-gb") -> Subscription:
    moment = since or at(-1)
    held = Subscription.objects.create(email=email, confirmed_at=moment, told_until=moment, language=language)
    held.topics.set(topics)
    return held


def told() -> dict[str, list[str]]:
    """What each was told of since the last look, by title."""
    said = {message.to[0]: re.findall(r"^- (.*)$", message.body, re.MULTILINE) for message in mail.outbox}
    assert len(said) == len(mail.outbox), "Somebody was written to twice."
    mail.outbox.clear()
    return said


def run(moment: datetime.datetime, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    send_news(moment)
    return told()


def test_a_mail_says_what_changed_where_to_read_it_and_how_to_leave(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_URL = "https://lessons.example"
    goes_live(at(-1, 9), "Ask & “wait”", slug="ask")
    held = reader("parent@example.org")
    monkeypatch.setattr(timezone, "now", at)
    send_news(at())
    (message,) = mail.outbox
    leave = f"https://lessons.example/guidance/leave/{held.key}/"
    assert "- Ask & “wait”\n  https://lessons.example/guidance/ask/\n" in message.body
    assert leave in message.body
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    sent = message.message()
    assert sent.get_content_type() == "text/plain"
    assert f"List-Unsubscribe: <{leave}>" in re.sub(r"\s+", " ", sent.as_string())
    assert "http" not in message.body.replace("https://lessons.example/guidance/", "")


def test_only_what_went_live_since_one_was_told_is_news(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_live(at(-9), "Was there before")
    reader("parent@example.org")
    assert run(at(), monkeypatch) == {}
    goes_live(at(0, 9), "New")
    assert run(at(0, 12), monkeypatch) == {}
    assert run(at(1), monkeypatch) == {"parent@example.org": ["New"]}
    assert run(at(1, 12), monkeypatch) == {}
    assert run(at(2), monkeypatch) == {}


def test_only_topics_that_were_ticked_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    grooming, other = TopicFactory(slug="grooming"), TopicFactory(slug="other")
    reader("all@example.org")
    reader("grooming@example.org", grooming)
    goes_live(at(-1, 9), "Grooming", topic=grooming)
    goes_live(at(-1, 8), "Other", topic=other)
    assert run(at(), monkeypatch) == {"all@example.org": ["Grooming", "Other"], "grooming@example.org": ["Grooming"]}


def test_what_parents_do_not_read_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    reader("parent@example.org")
    goes_live(at(-1, 9), "For staff", kind="staff", topic=None)
    archived = goes_live(at(-1, 9), "Archived").guide
    archived.archived_at = at()
    archived.save()
    goes_live(at(5), "Not yet")
    assert run(at(), monkeypatch) == {}


def test_each_is_told_in_their_language_and_in_english_where_there_is_no_translation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = goes_live(at(-1, 9), "English words", slug="source").guide
    goes_live(at(-1, 10), "Geiriau", slug="geiriau", language="cy", translation_of=source, kind=source.kind)
    reader("english@example.org")
    reader("cymraeg@example.org", language="cy")
    reader("nederlands@example.org", language="nl")
    monkeypatch.setattr(timezone, "now", at)
    send_news(at())
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "/guidance/source/" in bodies["english@example.org"]
    assert "/cy/guidance/geiriau/" in bodies["cymraeg@example.org"]
    assert "/nl/guidance/source/" in bodies["nederlands@example.org"]
    assert told()["nederlands@example.org"] == ["English words"]


def test_much_news_is_cut_short_and_leads_to_all_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MOST_IN_A_MAIL + 1):
        goes_live(at(-1, 9), f"Guide {number}")
    reader("parent@example.org")
    monkeypatch.setattr(timezone, "now", at)
    send_news(at())
    assert "There are more on the page of all guides" in mail.outbox[0].body
    assert len(told()["parent@example.org"]) == MOST_IN_A_MAIL


def test_one_address_that_fails_holds_up_nobody_and_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{FailingMailServer.__module__}.FailingMailServer"
    monkeypatch.setattr(FailingMailServer, "to", frozenset({"first@example.org"}))
    reader("first@example.org")
    reader("second@example.org")
    goes_live(at(-1, 9), "New")
    monkeypatch.setattr(timezone, "now", at)
    with pytest.raises(CommandError, match="1 e-mails could not be sent"):
        call_command("send_guidance_news")
    assert told() == {"second@example.org": ["New"]}
    assert "first@example.org" not in caplog.text
    monkeypatch.setattr(FailingMailServer, "to", frozenset())
    assert run(at(0, 8), monkeypatch) == {"first@example.org": ["New"]}


def test_what_a_run_that_died_had_in_hand_is_told_an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    reader("parent@example.org")
    goes_live(at(-1, 9), "New")
    Subscription.objects.update(taken_at=at())
    assert run(at(0, 7) + datetime.timedelta(minutes=59), monkeypatch) == {}
    assert run(at(0, 8), monkeypatch) == {"parent@example.org": ["New"]}


def test_who_leaves_while_a_run_is_under_way_is_not_written_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader("first@example.org")
    reader("second@example.org")
    goes_live(at(-1, 9), "New")
    settings.EMAIL_BACKEND = "tests.guidance.test_guidance_news.SecondLeaves"
    assert run(at(), monkeypatch) == {"first@example.org": ["New"]}
    assert list(Subscription.objects.all()) == [first]


class SecondLeaves(FailingMailServer):
    def send_messages(self, messages: Any) -> Any:
        Subscription.objects.filter(email="second@example.org").delete()
        return super().send_messages(messages)


def test_a_dry_run_says_how_many_and_sends_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader("parent@example.org")
    goes_live(at(-1, 9), "New")
    monkeypatch.setattr(timezone, "now", at)
    call_command("send_guidance_news", "--dry-run")
    assert capsys.readouterr().out == "E-mails that would be sent: 1.\n"
    assert not mail.outbox
    call_command("send_guidance_news")
    assert capsys.readouterr().out.startswith("E-mails sent: 1.")
    assert count_news(at()) == 0


def test_the_command_forgets_who_never_confirmed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, age in enumerate((49, 47)):
        waiting = Subscription.objects.create(email=f"{number}@example.org")
        Subscription.objects.filter(pk=waiting.pk).update(asked_at=at() - datetime.timedelta(hours=age))
    monkeypatch.setattr(timezone, "now", at)
    call_command("send_guidance_news")
    assert "forgotten that nobody confirmed: 1." in capsys.readouterr().out
    assert Subscription.objects.get().email == "1@example.org"


def test_the_number_of_queries_grows_with_the_mails_alone(
    django_assert_num_queries: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", at)
    goes_live(at(-1, 9), "New")
    for number in range(30):
        reader(f"{number}@example.org")
        if number in (0, 29):
            with django_assert_num_queries(4):
                assert count_news(at()) == number + 1
