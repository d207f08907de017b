"""Which buttons a version has, for whom they are open, and why they are closed. A table without a database."""

import datetime

import pytest
from django.utils import timezone

from lessons.editorial.actions import NOT_EDITOR, NOT_REVIEWER, OWN_WRITING, Standing, actions_for
from lessons.library.enums import State
from lessons.library.models import LessonVersion
from safeguarding.accounts.models import User

EDITOR, REVIEWER = User(is_editor=True), User(is_reviewer=True)
BOTH = User(is_editor=True, is_reviewer=True)
FREE, OWN, BROKEN = Standing(), Standing(has_written=True), Standing(blocking=2)
UNDER_WAY = Standing(under_way=3)

TABLE = [
    (State.DRAFT, EDITOR, FREE, {"submit": ""}),
    (State.DRAFT, EDITOR, BROKEN, {"submit": "2 things stand in the way: see the list on this page."}),
    (State.DRAFT, REVIEWER, FREE, {"submit": NOT_EDITOR}),
    (State.IN_REVIEW, REVIEWER, FREE, {"approve-and-publish": "", "approve": "", "return": ""}),
    (
        State.IN_REVIEW,
        EDITOR,
        FREE,
        {"approve-and-publish": NOT_REVIEWER, "approve": NOT_REVIEWER, "return": NOT_REVIEWER},
    ),
    (State.IN_REVIEW, BOTH, OWN, {"approve-and-publish": OWN_WRITING, "approve": OWN_WRITING, "return": ""}),
    (State.APPROVED, REVIEWER, FREE, {"publish": "", "return": ""}),
    (State.APPROVED, EDITOR, FREE, {"publish": NOT_REVIEWER, "return": NOT_REVIEWER}),
    (State.LIVE, BOTH, FREE, {"new-version": "", "archive": "", "retire": ""}),
    (State.LIVE, REVIEWER, Standing(is_archived=True), {"new-version": NOT_EDITOR, "unarchive": "", "retire": ""}),
    (
        State.LIVE,
        EDITOR,
        UNDER_WAY,
        {
            "new-version": "Version 3 is under way: work on that one.",
            "archive": NOT_REVIEWER,
            "retire": NOT_REVIEWER,
        },
    ),
    (State.RETIRED, BOTH, FREE, {"new-version": "", "publish": ""}),
    (State.SCHEDULED, BOTH, FREE, {"publish": ""}),
    (State.WITHDRAWN, BOTH, FREE, {"new-version": "", "publish": ""}),
    (State.RETURNED, BOTH, FREE, {}),
]


NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
TIMES = {State.SCHEDULED: (NOW + HOUR, None), State.LIVE: (NOW - HOUR, None), State.RETIRED: (NOW - HOUR, NOW)}
TIMES[State.WITHDRAWN] = TIMES[State.RETIRED]


def at(state):
    live_from, live_until = TIMES.get(state, (None, None))
    status = "approved" if live_from else state.value
    return LessonVersion(
        number=1,
        status=status,
        live_from=live_from,
        live_until=live_until,
        withdrawn_at=live_until if state == "withdrawn" else None,
    )


@pytest.mark.parametrize(("state", "user", "standing", "wanted"), TABLE)
def test_the_buttons_of_a_version(state, user, standing, wanted):
    found = actions_for(user, at(state), standing)

    assert {action.name: action.why for action in found} == wanted
