import datetime
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from safeguarding.schools.models import Membership, SchoolClass

from ..querysets import POLL_LASTS, PollQuerySet


class Poll(models.Model):
    """A quick question to a class, answered by its code on any device. Only how many chose what is kept."""

    school_path: ClassVar[str] = "school_class__school"

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(max_length=200)
    opened_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school_class"], condition=Q(closed_at__isnull=True), name="poll_one_open_for_a_class"
            ),
        ]

    def __str__(self) -> str:
        return f"Poll {self.pk}"

    @property
    def ends_at(self) -> datetime.datetime:
        """When it counts as closed though nobody has closed it."""
        return self.opened_at + POLL_LASTS

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None or self.ends_at <= timezone.now()


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=100)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    """That a session has voted, and not for what. Only that session knows the key; it goes when the poll is closed."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "key"], name="poll_vote_once_for_a_session"),
        ]

    def __str__(self) -> str:
        return f"Vote in poll {self.poll_id}"
