"""The days that a teacher's own calendar shows. Neither a pupil nor a note is among them."""

import datetime
from dataclasses import dataclass

from safeguarding.accounts.models import User

from ..models import Assignment, CalendarFeed
from .setting import settable_classes

KEPT = datetime.timedelta(days=56)


@dataclass(frozen=True)
class CalendarDay:
    """`key` stays the same when the day moves, so that a calendar moves its entry."""

    key: str
    day: datetime.date
    summary: str
    assignment_pk: int
    changed_at: datetime.datetime


def feed_owner(secret: str) -> User | None:
    """None where the address is not, or no longer, in use, or its owner's account is closed. One query."""
    feed = CalendarFeed.objects.filter(secret=secret, user__is_active=True).select_related("user").first()
    return feed.user if feed else None


def calendar_days(user: User, on: datetime.date) -> list[CalendarDay]:
    """When lessons open and are due in the classes that the person sees now, from eight weeks ago on. Three queries."""
    classes = settable_classes(user)
    with_school = len({school_class.school_id for school_class in classes}) > 1
    names = {c.pk: f"{c.name} ({c.school.name})" if with_school else c.name for c in classes}
    rows = (
        Assignment.objects.filter(school_class__in=names, archived_at__isnull=True, due_on__gte=on - KEPT)
        .order_by("opens_on", "pk")
        .values_list("pk", "school_class", "version__title", "opens_on", "due_on", "set_at", "later_of")
    )
    days = []
    for pk, class_pk, title, opens_on, due_on, set_at, later_of in rows:
        named = f"later check of {title}" if later_of else title
        days += [
            CalendarDay(f"{pk}-opens", opens_on, f"{names[class_pk]}: {named} opens", pk, set_at),
            CalendarDay(f"{pk}-due", due_on, f"{names[class_pk]}: {named} is due", pk, set_at),
        ]
    return days
