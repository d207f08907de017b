from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from safeguarding.schools.models import Membership, Pupil, SchoolClass

from .enums import ForWhom, Way

if TYPE_CHECKING:
    from .models import Assignment, Poll


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, membership: Membership) -> Self:
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))

    def open(self, on: datetime.date) -> Self:
        """Opened by that day and not closed; being overdue does not close it."""
        return self.filter(opens_on__lte=on, closed_at__isnull=True)

    def for_pupil(self, pupil: Pupil) -> Self:
        """What the pupil's class was set that is meant for them: for all of it, their group, or them."""
        theirs = (
            Q(for_whom=ForWhom.CLASS)
            | Q(for_whom=ForWhom.GROUPS, groups__in=pupil.groups.all())
            | Q(for_whom=ForWhom.PUPILS, pupils=pupil)
        )
        return self.filter(theirs, school_class=pupil.school_class_id).distinct()

    def lessons(self) -> Self:
        """Without the later checks, which are no lessons of their own."""
        return self.filter(later_of__isnull=True)

    def on_devices(self) -> Self:
        return self.filter(way=Way.DEVICES)

    def untouched(self) -> Self:
        """Nobody has begun, nothing is counted, and there is no record that it was taught."""
        return self.filter(attempts__isnull=True, answer_counts__isnull=True, deliveries__isnull=True)

    def overdue(self, on: datetime.date) -> Self:
        return self.filter(due_on__lt=on, closed_at__isnull=True)

    def due_between(self, first: datetime.date, last: datetime.date) -> Self:
        return self.filter(due_on__range=(first, last), closed_at__isnull=True)


POLL_LASTS = datetime.timedelta(hours=2)


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, membership: Membership) -> Self:
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))

    def open(self) -> Self:
        """Not closed, and not forgotten: after two hours it counts as closed, and nothing has to run for that."""
        return self.filter(closed_at__isnull=True, opened_at__gt=timezone.now() - POLL_LASTS)
