"""Whatever the order of steps, nobody is written to who has not confirmed or has left, and nothing is told twice."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field

from django.core import mail
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.guidance.models import Subscription
from lessons.guidance.services.news import send_news
from lessons.guidance.services.subscriptions import (
    NoSuchKey,
    ask_to_be_told,
    confirm_subscription,
    forget_unconfirmed,
    leave_list,
)
from lessons.library.models import GuideVersion
from tests.factories import GuideFactory, GuideVersionFactory, make_live

ADDRESSES = ("one@example.org", "Two@example.org")
STEPS = st.one_of(
    st.tuples(st.sampled_from(["ask", "confirm", "leave"]), st.sampled_from(ADDRESSES)),
    st.tuples(st.sampled_from(["publish", "run", "wait an hour", "wait a day", "wait a day"]), st.just("")),
)


@dataclass
class World:
    now: datetime.datetime
    keys: dict[str, list[str]] = field(default_factory=dict)  # that mails have named, by address
    since: dict[str, datetime.datetime] = field(default_factory=dict)  # on the list, by address
    published: dict[str, datetime.datetime] = field(default_factory=dict)  # by title
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    mails: list[tuple[str, datetime.date]] = field(default_factory=list)

    def ask(self, email: str) -> None:
        ask_to_be_told(email=email, topics=[], language="en-gb")
        for message in mail.outbox:
            found = re.findall(r"/guidance/(?:subscribe|leave)/([\w-]{43})/", message.body)
            self.keys.setdefault(email, []).extend(found)
        mail.outbox.clear()

    def confirm(self, email: str) -> None:
        for key in self.keys.get(email, []):
            try:
                confirm_subscription(key=key)
            except NoSuchKey:
                continue
            self.since.setdefault(email, self.now)

    def leave(self, email: str) -> None:
        for key in self.keys.get(email, []):
            leave_list(key=key)
        self.since.pop(email, None)

    def publish(self) -> None:
        number = len(self.published)
        version = make_live(GuideVersionFactory(guide=GuideFactory(slug=f"guide-{number}"), title=f"Guide {number}"))
        GuideVersion.objects.filter(pk=version.pk).update(live_from=self.now)
        self.published[f"Guide {number}"] = self.now

    def run(self) -> None:
        forget_unconfirmed()
        send_news(self.now)
        for message in mail.outbox:
            (email,) = message.to
            assert email in self.since, f"{email} has not confirmed, or has left."
            self.mails.append((email, timezone.localdate(self.now)))
            for title in re.findall(r"^- (.*)$", message.body, re.MULTILINE):
                self.told[email, title] += 1
                assert self.published[title] > self.since[email], "It was there before they came."
        mail.outbox.clear()


class ToldOnce(TestCase):
    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEPS, max_size=25))
    def test_nobody_is_told_who_should_not_be_and_nothing_is_told_twice(self, steps: list[tuple[str, str]]) -> None:
        world = World(timezone.make_aware(datetime.datetime(2027, 3, 1, 7)))
        mail.outbox.clear()
        clock = timezone.now
        timezone.now = lambda: world.now
        try:
            with override_settings(SITE_URL="https://lessons.example"):
                for step, email in steps:
                    world.now += datetime.timedelta(minutes=7)
                    if step.startswith("wait"):
                        world.now += datetime.timedelta(hours=1 if "hour" in step else 24)
                    elif email:
                        getattr(world, step)(email)
                    else:
                        getattr(world, step)()
        finally:
            timezone.now = clock
        assert set(world.told.values()) <= {1}
        assert len(world.mails) == len(set(world.mails)), "Somebody had two mails on one day."
        assert Subscription.objects.confirmed().count() == len(world.since)
