"""The secret address of a teacher's calendar."""

import secrets

from safeguarding.accounts.models import User

from ..models import CalendarFeed

SECRET_BYTES = 32


def make_feed(*, actor: User) -> CalendarFeed:
    """A new address; the one before, if there was one, ends with it."""
    return CalendarFeed.objects.update_or_create(user=actor, defaults={"secret": secrets.token_urlsafe(SECRET_BYTES)})[
        0
    ]


def end_feed(*, actor: User) -> None:
    CalendarFeed.objects.filter(user=actor).delete()
