"""What belongs to a teacher, and to no class."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from lessons.library.models import Lesson

from ..enums import Digest


class ShelfItem(models.Model):
    """A lesson that a teacher has put aside to find again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shelf")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "lesson"], name="shelf_holds_a_lesson_once"),
        ]

    def __str__(self) -> str:
        return f"Shelf item {self.pk}"


class CalendarFeed(models.Model):
    """The secret address under which a teacher's calendar reads their dates. A new one ends the old one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Calendar feed {self.pk}"


class NoticeSetting(models.Model):
    """How often a teacher is written to, up to when they have been told, and when they last said that they have read.

    A run that is writing to them says so in `taken_at`, so that another does not write as well.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_setting")
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.OFF)
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Notice setting {self.pk}"
