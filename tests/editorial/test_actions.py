"""Which buttons a version has, for whom they are open, and why they are closed. A table without a database."""

import pytest

from lessons.editorial.actions import NOT_EDITOR, NOT_REVIEWER, OWN_WRITING, Standing, actions_for
from lessons.library.enums import Status
from lessons.library.models import LessonVersion
from safeguarding.accounts.models import User

EDITOR, REVIEWER = User(is_editor=True), User(is_reviewer=True)
BOTH = User(is_editor=True, is_reviewer=True)
FREE, OWN, BROKEN = Standing(), Standing(has_written=True), Standing(blocking=2)
UNDER_WAY = Standing(under_way=3)

TABLE = [
    (Status.DRAFT, EDITOR, FREE, {"submit": ""}),
    (Status.DRAFT, EDITOR, BROKEN, {"submit": "2 things stand in the way: see the list on this page."}),
    (Status.DRAFT, REVIEWER, FREE, {"submit": NOT_EDITOR}),
    (Status.IN_REVIEW, REVIEWER, FREE, {"approve-and-publish": "", "approve": "", "return": ""}),
    (
        Status.IN_REVIEW,
        EDITOR,
        FREE,
        {"approve-and-publish": NOT_REVIEWER, "approve": NOT_REVIEWER, "return": NOT_REVIEWER},
    ),
    (Status.IN_REVIEW, BOTH, OWN, {"approve-and-publish": OWN_WRITING, "approve": OWN_WRITING, "return": ""}),
    (Status.APPROVED, REVIEWER, FREE, {"publish": "", "return": ""}),
    (Status.APPROVED, EDITOR, FREE, {"publish": NOT_REVIEWER, "return": NOT_REVIEWER}),
    (Status.LIVE, BOTH, FREE, {"new-version": "", "retire": ""}),
    (
        Status.LIVE,
        EDITOR,
        UNDER_WAY,
        {"new-version": "Version 3 is under way: work on that one.", "retire": NOT_REVIEWER},
    ),
    (Status.RETIRED, BOTH, FREE, {"new-version": "", "publish": ""}),
    (Status.RETURNED, BOTH, FREE, {}),
]


@pytest.mark.parametrize(("status", "user", "standing", "wanted"), TABLE)
def test_the_buttons_of_a_version(status, user, standing, wanted):
    found = actions_for(user, LessonVersion(number=1, status=status), standing)

    assert {action.name: action.why for action in found} == wanted
