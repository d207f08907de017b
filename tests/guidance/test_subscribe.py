"""News by e-mail without an account: ask, confirm, leave; and nobody else learns who is on the list."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lessons.guidance.models import Subscription
from lessons.guidance.services.subscriptions import MOST_ASKED_IN_AN_HOUR
from lessons.library.models import Topic
from tests.factories import GuideFactory, GuideVersionFactory, TopicFactory, make_live
from tests.mail_server import FailingMailServer

pytestmark = pytest.mark.django_db

SUBSCRIBE = "/guidance/subscribe/"
ASKED = "/guidance/subscribe/asked/"
LEFT = "/guidance/left/"
PARENT = "parent@example.org"


@pytest.fixture(autouse=True)
def _own_address(settings: Settings) -> None:
    settings.SITE_URL = "http://testserver"


@pytest.fixture
def topic(db: None) -> Topic:
    topic = TopicFactory(slug="grooming", name="Grooming warning signs")
    make_live(GuideVersionFactory(guide=GuideFactory(topic=topic)))
    return topic


def ask(client: Client, email: str = PARENT, path: str = SUBSCRIBE, **fields: object) -> str:
    """Returns the links of the mail that was sent, or nothing."""
    mail.outbox.clear()
    response = client.post(path, {"email": email, **fields})
    assert (response.status_code, response["Location"].endswith(ASKED)) == (303, True)
    return mail.outbox[0].body if mail.outbox else ""


def link(body: str, page: str) -> str:
    found = re.search(rf"http://testserver(\S*/guidance/{page}/[\w-]{{43}}/)\n", body)
    assert found, body
    return found[1]


def an_hour_later() -> None:
    for row in Subscription.objects.all():
        Subscription.objects.filter(pk=row.pk).update(asked_at=row.asked_at - datetime.timedelta(minutes=61))


def confirmed(client: Client, email: str = PARENT, **fields: object) -> Subscription:
    client.post(link(ask(client, email, **fields), "subscribe"))
    an_hour_later()
    return Subscription.objects.confirmed().of_address(email).get()


def test_a_parent_asks_confirms_and_leaves(client: Client, topic: Topic) -> None:
    page = client.get(SUBSCRIBE).content.decode()
    assert "Grooming warning signs" in page
    body = ask(client, topics=[topic.slug])
    assert mail.outbox[0].to == [PARENT]
    assert "If the address is right" in client.get(ASKED).content.decode()

    confirm = link(body, "subscribe")
    asked = client.get(confirm).content.decode()
    assert "Yes, write to me" in asked
    assert "Grooming warning signs" in asked
    assert PARENT not in asked
    assert not Subscription.objects.confirmed().exists()

    assert "You are on the list" in client.post(confirm, follow=True).content.decode()
    held = Subscription.objects.get()
    assert held.confirmed_at == held.told_until is not None
    assert list(held.topics.all()) == [topic]

    leave = f"/guidance/leave/{held.key}/"
    assert "Delete my address" in client.get(leave).content.decode()
    assert Subscription.objects.exists()
    response = client.post(leave)
    assert (response.status_code, response["Location"]) == (303, LEFT)
    assert "Your address is deleted" in client.get(LEFT).content.decode()
    assert not Subscription.objects.exists()

    again = client.get(leave)
    assert again.status_code == 200
    assert "not on the list any more" in again.content.decode()
    assert client.post(leave).status_code == 303


def test_the_mail_and_its_links_are_in_the_language_of_the_page(client: Client, topic: Topic) -> None:
    body = ask(client, path=f"/cy{SUBSCRIBE}")
    assert link(body, "subscribe").startswith("/cy/guidance/")
    assert Subscription.objects.get().language == "cy"


def test_no_cookie_and_no_token_is_needed_and_none_is_set(topic: Topic) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(SUBSCRIBE)
    assert "csrf" not in page.content.decode()
    assert "public" in page["Cache-Control"]
    ask(client)
    assert not client.cookies


@pytest.mark.parametrize(
    "email",
    [
        *("", "nobody", "a@b", "two@example.org, three@example.org", "a\n@example.org", "x" * 999),
        *("\u212aate@example.org", '"\x01"@example.org', "a@" + ".".join(["é" * 30] * 8) + ".org"),
    ],
)
def test_what_is_no_address_is_refused_with_what_was_typed(client: Client, topic: Topic, email: str) -> None:
    response = client.post(SUBSCRIBE, {"email": email, "topics": [topic.slug]})
    assert response.status_code == 400
    html = response.content.decode()
    assert "Write one e-mail address" in html
    assert "checked" in html
    assert not mail.outbox
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("topics", ["unknown", "1", "\x00", "9" * 50])
def test_a_topic_that_is_not_on_the_page_is_refused(client: Client, topic: Topic, topics: str) -> None:
    response = client.post(SUBSCRIBE, {"email": PARENT, "topics": topics})
    assert response.status_code == 400
    assert "Choose from the topics" in response.content.decode()


def test_only_topics_with_something_to_read_are_offered(client: Client, topic: Topic) -> None:
    TopicFactory(name="Nothing here yet")
    GuideVersionFactory(guide=GuideFactory(topic__name="A draft"))
    html = client.get(SUBSCRIBE).content.decode()
    assert "Nothing here yet" not in html
    assert "A draft" not in html


def test_every_address_gets_the_same_answer_and_only_its_mail_says_more(client: Client, topic: Topic) -> None:
    first = client.post(SUBSCRIBE, {"email": PARENT})
    client.post(link(mail.outbox[0].body, "subscribe"))
    an_hour_later()
    known = client.post(SUBSCRIBE, {"email": PARENT.upper()})
    new = client.post(SUBSCRIBE, {"email": "new@example.org"})
    soon = client.post(SUBSCRIBE, {"email": PARENT})
    answers = [(r.status_code, dict(r.headers), r.content) for r in (first, known, new, soon)]
    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert [m.to[0].lower() for m in mail.outbox] == [PARENT, PARENT, "new@example.org"]
    assert "on our list already" in mail.outbox[1].body
    assert "on our list already" not in mail.outbox[2].body


def test_asking_again_for_the_same_leads_only_to_leaving(client: Client, topic: Topic) -> None:
    held = confirmed(client)
    body = ask(client)
    assert f"/guidance/leave/{held.key}/" in body
    assert "/guidance/subscribe/" not in body


def test_asking_again_for_other_topics_changes_them_once_that_is_confirmed(client: Client, topic: Topic) -> None:
    held = confirmed(client)
    body = ask(client, topics=[topic.slug])
    held.refresh_from_db()
    assert not held.topics.exists()
    client.post(link(body, "subscribe"))
    only = Subscription.objects.get()
    assert (only.key, only.told_until, list(only.topics.all())) == (held.key, held.told_until, [topic])


@pytest.mark.parametrize("host", ["EXAMPLE.org", "\uff45xample.org", "exam\uff30le.org"])
def test_an_address_is_the_same_however_its_host_is_spelt(client: Client, topic: Topic, host: str) -> None:
    assert ask(client, "parent@example.org")
    assert not ask(client, f"parent@{host}")
    assert Subscription.objects.get().email == "parent@example.org"


def test_a_host_in_any_script_is_written_to(client: Client, topic: Topic) -> None:
    assert ask(client, "parent@exämple.org")
    assert Subscription.objects.get().email == "parent@xn--exmple-cua.org"


def test_an_address_is_written_to_once_an_hour(client: Client, topic: Topic) -> None:
    assert ask(client)
    assert not ask(client, "Parent@EXAMPLE.org")
    an_hour_later()
    assert ask(client)
    assert Subscription.objects.count() == 2


def test_the_first_confirmed_of_two_askings_is_the_one_that_counts(client: Client, topic: Topic) -> None:
    first = link(ask(client), "subscribe")
    an_hour_later()
    second = link(ask(client, topics=[topic.slug]), "subscribe")
    client.post(first)
    assert not Subscription.objects.get().topics.exists()
    assert client.post(second).status_code == 404
    assert "is new or has changed" in client.get(first).content.decode()


def test_so_many_may_ask_in_an_hour_and_no_more(client: Client, topic: Topic) -> None:
    for number in range(MOST_ASKED_IN_AN_HOUR):
        Subscription.objects.create(email=f"{number}@example.org")
    response = client.post(SUBSCRIBE, {"email": PARENT})
    assert response.status_code == 429
    html = response.content.decode()
    assert "try again in an hour" in html
    assert f'value="{PARENT}"' in html
    an_hour_later()
    assert ask(client)


def test_nothing_is_kept_where_the_mail_cannot_be_sent(
    client: Client, topic: Topic, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{FailingMailServer.__module__}.FailingMailServer"
    monkeypatch.setattr(FailingMailServer, "to", frozenset({PARENT}))
    response = client.post(SUBSCRIBE, {"email": PARENT})
    assert response.status_code == 503
    assert "We cannot send mail just now" in response.content.decode()
    assert not Subscription.objects.exists()
    assert PARENT not in caplog.text


def test_a_link_works_for_two_days_and_the_address_is_then_forgotten(client: Client, topic: Topic) -> None:
    confirm = link(ask(client), "subscribe")
    Subscription.objects.update(asked_at=timezone.now() - datetime.timedelta(days=2))
    for response in (client.get(confirm), client.post(confirm)):
        assert response.status_code == 404
        assert "Ask for news by e-mail" in response.content.decode()
    ask(client, "another@example.org")
    assert not Subscription.objects.of_address(PARENT).exists()


def test_leaving_forgets_all_that_was_asked_for_with_the_address(client: Client, topic: Topic) -> None:
    held = confirmed(client)
    other = confirmed(client, "other@example.org")
    ask(client, topics=[topic.slug])
    client.post(f"/guidance/leave/{held.key}/")
    assert list(Subscription.objects.all()) == [other]


def test_a_mail_program_leaves_with_one_request_and_is_not_led_on(topic: Topic) -> None:
    client = Client(enforce_csrf_checks=True)
    held = confirmed(client)
    response = client.post(f"/guidance/leave/{held.key}/", {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Subscription.objects.exists()


def test_who_asks_and_who_confirms_is_told_all_that_is_kept_and_how_long(client: Client, topic: Topic) -> None:
    assert "when you asked, said yes and were last written to" in client.get(SUBSCRIBE).content.decode()
    waiting = client.get(link(ask(client), "subscribe")).content.decode()
    assert "this address will be deleted after two days" in waiting


def test_pages_with_a_key_are_kept_by_nobody_and_lead_nowhere_with_it(client: Client, topic: Topic) -> None:
    key = confirmed(client).key
    for url in (f"/guidance/subscribe/{key}/", f"/guidance/leave/{key}/", f"/guidance/subscribe/{'x' * 43}/"):
        response = client.get(url)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies


def test_no_key_reaches_our_log(client: Client, topic: Topic, caplog: pytest.LogCaptureFixture) -> None:
    key = confirmed(client).key
    client.put(f"/guidance/leave/{key}/")
    client.post(f"/cy/guidance/leave/{key}/", headers={"Sec-Fetch-Site": "cross-site"})
    client.get(f"/guidance/subscribe/{'x' * 43}/")
    assert "Forbidden" in caplog.text
    assert key not in caplog.text
    assert "x" * 43 not in caplog.text


def test_another_sites_page_can_neither_ask_nor_confirm_nor_leave_for_a_reader(client: Client, topic: Topic) -> None:
    held = confirmed(client)
    mail.outbox.clear()
    for url in (SUBSCRIBE, f"/guidance/subscribe/{held.key}/", f"/guidance/leave/{held.key}/"):
        refused = client.post(url, {"email": "x@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert refused.status_code == 403
    assert list(Subscription.objects.all()) == [held]
    assert not mail.outbox
