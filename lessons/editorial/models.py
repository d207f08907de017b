from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lessons.library.models import GuideVersion, LessonVersion


class Reminder(models.Model):
    """That somebody is told of a review, once for each live version and stage. Not sent while `sent_at` is empty."""

    lesson_version = models.ForeignKey(LessonVersion, null=True, on_delete=models.CASCADE, related_name="+")
    guide_version = models.ForeignKey(GuideVersion, null=True, on_delete=models.CASCADE, related_name="+")
    stage_days = models.PositiveSmallIntegerField(help_text="Before the review is due: 60, 30 or 0.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: the account is gone.",
    )
    taken_at = models.DateTimeField(null=True, help_text="A run of the command has it in hand since then.")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lesson_version", "stage_days", "person"], name="lesson_reminder_once_for_a_stage"
            ),
            models.UniqueConstraint(
                fields=["guide_version", "stage_days", "person"], name="guide_reminder_once_for_a_stage"
            ),
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=True) ^ Q(guide_version__isnull=True),
                name="reminder_of_one_lesson_or_guide",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_days} days: {self.lesson_version or self.guide_version}"
