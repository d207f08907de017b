"""Polls of a class, and what is shown of them: nothing but the number of votes until the teacher closes one."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Sum

from safeguarding.schools.models import SchoolClass

from ..models import Poll, PollVote
from ..pupil_session import Visit
from ..rules import LEAST_VOTES

MOST_SHOWN = 30


@dataclass(frozen=True)
class PollLine:
    pk: int
    question: str
    opened_at: datetime.datetime
    is_closed: bool
    votes: int

    @property
    def are_too_few(self) -> bool:
        return self.is_closed and self.votes < LEAST_VOTES


@dataclass(frozen=True)
class OptionLine:
    """`count` and `percent` are None as long as they are not shown."""

    text: str
    count: int | None = None
    percent: int | None = None


@dataclass(frozen=True)
class PollPage:
    line: PollLine
    school_class: SchoolClass
    options: tuple[OptionLine, ...]

    @property
    def shows_results(self) -> bool:
        return self.line.is_closed and not self.line.are_too_few


@dataclass(frozen=True)
class PupilPoll:
    poll: Poll
    options: tuple[tuple[int, str], ...]
    has_voted: bool


def class_polls(school_class: SchoolClass) -> list[PollLine]:
    """The latest first, at most thirty. One query."""
    polls = Poll.objects.filter(school_class=school_class).annotate(total=Sum("options__count"))
    return [_line(poll, poll.total or 0) for poll in polls.order_by("-opened_at", "-pk")[:MOST_SHOWN]]


def poll_page(poll_id: int) -> PollPage:
    """Two queries. The counts of an open poll, or of one with too few votes, leave this function never."""
    poll = Poll.objects.select_related("school_class__school").get(pk=poll_id)
    rows = list(poll.options.values_list("text", "count"))
    total = sum(count for _, count in rows)
    line = _line(poll, total)
    shown = line.is_closed and not line.are_too_few
    return PollPage(
        line=line,
        school_class=poll.school_class,
        options=tuple(
            OptionLine(text, count, round(100 * count / total)) if shown else OptionLine(text) for text, count in rows
        ),
    )


def pupil_poll(visit: Visit) -> PupilPoll | None:
    """The open poll of the visitor's class. Three queries."""
    poll = Poll.objects.filter(school_class=visit.school_class).open().order_by("-opened_at").first()
    if poll is None:
        return None
    return PupilPoll(
        poll=poll,
        options=tuple(poll.options.values_list("pk", "text")),
        has_voted=PollVote.objects.filter(poll=poll, key=vote_key(visit, poll.pk)).exists(),
    )


def vote_key(visit: Visit, poll_id: int) -> uuid.UUID:
    """Of a visitor's vote: only their session can make it, and it is another one for each poll."""
    return uuid.uuid5(visit.seed, f"poll {poll_id}")


def _line(poll: Poll, votes: int) -> PollLine:
    return PollLine(poll.pk, poll.question, poll.opened_at, poll.is_closed, votes)
