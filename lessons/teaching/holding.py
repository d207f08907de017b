"""Which classes hold a lesson open: all that the editors' desk may know of them. Counts, and whom to write to."""

import datetime
from collections.abc import Collection

from django.db.models import Q

from safeguarding.accounts.models import User

from .models import Assignment
from .querysets import AssignmentQuerySet


def open_class_count(*lesson_pks: int, due_after: datetime.date | None = None) -> int:
    """Classes that were set any version of one of them and have not closed it; of a day, those with more time.

    One query.
    """
    held = _open(lesson_pks)
    if due_after is not None:
        held = held.filter(due_on__gt=due_after)
    return held.order_by().values("school_class").distinct().count()


def teachers_who_hold(*lesson_pks: int) -> list[User]:
    """The teachers of those classes, each once; where a class has none, whoever set the lesson. One query."""
    open_now = _open(lesson_pks).order_by()
    theirs = Q(memberships__classes__assignments__in=open_now)
    setters = Q(memberships__in=open_now.filter(school_class__teachers__isnull=True).values("set_by"))
    return list(User.objects.filter(theirs | setters, is_active=True).distinct().order_by("pk"))


def _open(lesson_pks: Collection[int]) -> AssignmentQuerySet:
    return Assignment.objects.filter(version__lesson__in=lesson_pks, closed_at__isnull=True)
