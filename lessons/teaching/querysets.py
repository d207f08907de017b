from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from safeguarding.schools.models import Membership, SchoolClass

from .enums import Way

if TYPE_CHECKING:
    from .models import Assignment


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, membership: Membership) -> Self:
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))

    def open(self, on: datetime.date) -> Self:
        """Opened by that day and not closed; being overdue does not close it."""
        return self.filter(opens_on__lte=on, closed_at__isnull=True)

    def on_devices(self) -> Self:
        return self.filter(way=Way.DEVICES)

    def untouched(self) -> Self:
        """Nobody has begun, nothing is counted, and there is no record that it was taught."""
        return self.filter(attempts__isnull=True, answer_counts__isnull=True, deliveries__isnull=True)

    def overdue(self, on: datetime.date) -> Self:
        return self.filter(due_on__lt=on, closed_at__isnull=True)

    def due_between(self, first: datetime.date, last: datetime.date) -> Self:
        return self.filter(due_on__range=(first, last), closed_at__isnull=True)
