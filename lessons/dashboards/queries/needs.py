"""What asks something of a teacher: a sentence each, and the one page that helps."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from lessons.teaching.rules import later_days

from .hints import HintKind, hints
from .progress import AssignmentRow, days_in_words
from .suggestions import LiveLesson

# The lead is to know some days before the class opens the lesson.
LOOK_BEFORE_OPENING = datetime.timedelta(days=3)
# Half the class should have begun by two days before the day that it is due.
LOOK_BEFORE_DUE = datetime.timedelta(days=2)

# By action: the page that helps, and what the link to it says.
HELP: dict[str, tuple[str, str]] = {
    "lead": ("teaching:before", "Tell your lead, and say so"),
    "code": ("schools:class-code", "Show the class code"),
    "delivery": ("teaching:delivery-create", "Record that you taught it"),
    "newer": ("teaching:assignment-newer", "See what is new, and choose"),
    "later": ("teaching:later-check", "Set the later check"),
    **dict.fromkeys(HintKind, ("dashboards:assignment-results", "See the answers, and what to do next")),
}
# A class that is worried, or would tell nobody, comes before every date.
PRESSING = (HintKind.WORRY, HintKind.TELLING)


@dataclass(frozen=True)
class Need:
    """One thing for the teacher to do. `action` is a key of `HELP`."""

    row: AssignmentRow
    sentence: str
    action: str

    @property
    def url(self) -> str:
        return reverse(HELP[self.action][0], args=[self.row.class_pk if self.action == "code" else self.row.pk])

    @property
    def label(self) -> str:
        return HELP[self.action][1]


def list_needs(rows: Sequence[AssignmentRow], live: Mapping[int, LiveLesson], on: datetime.date) -> list[Need]:
    """The most pressing first. `live` is by the lesson's key. One query."""
    in_use = [row for row in rows if row.withdrawn_at is None]
    ready = [row for row in in_use if row.is_ready]
    answers = [Need(hint.row, hint.sentence, hint.kind) for hint in hints(in_use, on)]
    return [
        *(need for need in answers if need.action in PRESSING),
        *_lead_not_told(in_use, on),
        *_few_started(ready, rows, on),
        *_not_recorded(ready, on),
        *(need for need in answers if need.action not in PRESSING),
        *_newer_version(in_use, live),
        *_later_check(in_use, on),
    ]


def _lead_not_told(rows: Iterable[AssignmentRow], on: datetime.date) -> list[Need]:
    return [
        Need(
            row,
            f"It {'opens' if row.opens_on >= on else 'opened'} {days_in_words(row.opens_on, on)}, and pupils can begin "
            "once your lead knows of it.",
            "lead",
        )
        for row in rows
        if not row.is_ready
        and not row.is_closed
        and row.last_taught_on is None
        and row.opens_on - LOOK_BEFORE_OPENING <= on
    ]


def _few_started(rows: Iterable[AssignmentRow], all_rows: Iterable[AssignmentRow], on: datetime.date) -> list[Need]:
    """An anonymous class is as large as the most that began any one of its lessons."""
    most_started: dict[int, int] = {}
    for row in all_rows:
        most_started[row.class_pk] = max(most_started.get(row.class_pk, 0), row.tally.started)
    needs = []
    for row in rows:
        if row.is_together or not (row.is_due_soon or row.is_overdue) or row.due_on - LOOK_BEFORE_DUE > on:
            continue
        size = most_started[row.class_pk] if row.size is None else row.size
        if row.tally.started and row.tally.started * 2 >= size:
            continue
        sentence = "Nobody has started."
        if row.tally.started:
            about = "about " if row.size is None else ""
            have = "has" if row.tally.started == 1 else "have"
            sentence = f"Few have started: {row.tally.started} of {about}{size} {have}."
        needs.append(Need(row, f"{sentence} Give the class ten minutes and show the code again.", "code"))
    return needs


def _not_recorded(rows: Iterable[AssignmentRow], on: datetime.date) -> list[Need]:
    return [
        Need(row, "You planned to teach this together. Record it once you have.", "delivery")
        for row in rows
        if row.is_together and row.last_taught_on is None and not row.is_closed and row.due_on <= on
    ]


def _newer_version(rows: Iterable[AssignmentRow], live: Mapping[int, LiveLesson]) -> list[Need]:
    """Only while nobody has begun: afterwards the class keeps what it has."""
    needs = []
    for row in rows:
        now = live.get(row.lesson_pk)
        is_untouched = not row.tally.started and row.last_taught_on is None
        if now and now.number > row.version_number and is_untouched and not row.is_closed and not row.is_later_check:
            sentence = f"Version {now.number} is live. The class has version {row.version_number}; nobody has begun."
            needs.append(Need(row, sentence, "newer"))
    return needs


def _later_check(rows: Iterable[AssignmentRow], on: datetime.date) -> list[Need]:
    return [
        Need(row, "The class did this lesson some weeks ago. A few questions show what has stayed.", "later")
        for row in rows
        if row.closed_at
        and not row.is_together
        and row.tally.finished
        and not row.is_later_check
        and not row.has_later_check
        and _suits_later_check(timezone.localdate(row.closed_at), on)
    ]


def _suits_later_check(closed_on: datetime.date, on: datetime.date) -> bool:
    _possible_from, first, last = later_days(closed_on)
    return first <= on <= last
