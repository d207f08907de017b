"""Votes at the same moment, and a teacher who closes the poll meanwhile. PostgreSQL runs them side by side."""

from contextlib import suppress
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from lessons.teaching import services
from lessons.teaching.errors import PollClosed, PollStillOpen
from lessons.teaching.models import Poll, PollVote
from lessons.teaching.pupil_session import Visit
from tests.cast import Cast, make_cast

from .test_doing_at_once import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite's tests share one connection; only PostgreSQL has two at once"
    ),
]
AT_ONCE = 8


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(cast: Cast, question: str = "Is it kind?") -> Poll:
    return services.open_poll(
        actor=cast.teacher, school_class=cast.anonymous_class, question=question, options=["Yes", "No"]
    )


def visit_of(cast: Cast) -> Visit:
    return Visit(school_class=cast.anonymous_class, pupil=None, door_pupil=None, seed=uuid4())


def votes(poll: Poll) -> list[int]:
    return list(poll.options.values_list("count", flat=True))


def test_votes_of_a_whole_class_are_all_counted(cast):
    poll = ask(cast)
    yes = poll.options.get(text="Yes").pk
    all_at_once([partial(services.vote, visit=visit_of(cast), poll_id=poll.pk, option_pk=yes) for _ in range(AT_ONCE)])
    assert votes(poll) == [AT_ONCE, 0]


def test_one_device_that_sends_many_times_counts_once(cast):
    poll, visit = ask(cast), visit_of(cast)
    pks = list(poll.options.values_list("pk", flat=True))
    jobs = [partial(services.vote, visit=visit, poll_id=poll.pk, option_pk=pks[n % 2]) for n in range(AT_ONCE)]
    assert sorted(all_at_once(jobs)) == [False] * (AT_ONCE - 1) + [True]
    assert sum(votes(poll)) == 1


def test_no_vote_comes_after_the_poll_was_closed(cast):
    poll = ask(cast)
    yes = poll.options.get(text="Yes").pk
    counted = []

    def vote() -> None:
        with suppress(PollClosed):
            counted.append(services.vote(visit=visit_of(cast), poll_id=poll.pk, option_pk=yes))

    all_at_once([*[vote] * (AT_ONCE - 1), partial(services.close_poll, actor=cast.teacher, poll=poll)])
    assert votes(poll) == [len(counted), 0]
    assert not PollVote.objects.exists()


def test_two_teachers_at_once_open_one_poll(cast):
    opened = []

    def open_one(question: str) -> None:
        with suppress(PollStillOpen):
            opened.append(ask(cast, question))

    all_at_once([partial(open_one, f"Question {n}?") for n in range(4)])
    assert [poll.pk for poll in opened] == [Poll.objects.get().pk]
