from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lessons.library.models import GlossaryTerm, GuideVersion, LessonVersion


class UnsavedCopyQuerySet(models.QuerySet["UnsavedCopy"]):
    def of(self, version: LessonVersion | GuideVersion) -> Self:
        return self.filter(**fields_for(version))


def fields_for(version: LessonVersion | GuideVersion) -> dict[str, LessonVersion | GuideVersion]:
    """The foreign key that holds it."""
    return {"lesson_version" if isinstance(version, LessonVersion) else "guide_version": version}


class UnsavedCopy(models.Model):
    """What one person has typed into a part of a draft and not saved, and since when they have the part open.

    Nobody else reads the words, and they are no part of any history. That the part is open is told to the others.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lesson_version = models.ForeignKey(LessonVersion, null=True, on_delete=models.CASCADE, related_name="+")
    guide_version = models.ForeignKey(GuideVersion, null=True, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField(default=0, help_text="Of an activity or question; 0 for any other part.")
    token = models.CharField(max_length=32, blank=True, help_text="What the writing began from: see parts.token_of.")
    words = models.JSONField(default=dict, help_text="What stood in each field of the form.")
    kept_at = models.DateTimeField(null=True, help_text="Empty: the part is open, and nothing has been typed.")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When the open form last said so.")

    objects = UnsavedCopyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "lesson_version", "part", "place"], name="unsaved_copy_once_for_a_lesson_part"
            ),
            models.UniqueConstraint(
                fields=["person", "guide_version", "part", "place"], name="unsaved_copy_once_for_a_guide_part"
            ),
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=True) ^ Q(guide_version__isnull=True),
                name="unsaved_copy_of_one_lesson_or_guide",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.place or ''} of {self.lesson_version or self.guide_version}"


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


class Comment(models.Model):
    """What somebody at the desk says about one place of a version. It never stands on a page for readers."""

    lesson_version = models.ForeignKey(LessonVersion, null=True, on_delete=models.CASCADE, related_name="+")
    guide_version = models.ForeignKey(GuideVersion, null=True, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=16)
    place = models.CharField(max_length=200, help_text="As the checks and the comparison name it.")
    quote = models.CharField(max_length=200, blank=True, help_text="What the place was called, where it has a title.")
    text = models.TextField()
    number = models.PositiveIntegerField(help_text="Of the version that it was written on; a later one took it over.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_by_name = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=True) ^ Q(guide_version__isnull=True),
                name="comment_on_one_lesson_or_guide",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by_name="")
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by_name="")),
                name="comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.author_name}"


class AcceptedWarning(models.Model):
    """That a reviewer let a warning stand, and why. It holds for later versions as long as its `key` is theirs."""

    lesson_version = models.ForeignKey(LessonVersion, null=True, on_delete=models.CASCADE, related_name="+")
    guide_version = models.ForeignKey(GuideVersion, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, help_text="Names the warning and the text that it is about.")
    part = models.CharField(max_length=16)
    place = models.CharField(max_length=200)
    message = models.TextField()
    reason = models.TextField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_by_name = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=True) ^ Q(guide_version__isnull=True),
                name="accepted_warning_of_one_lesson_or_guide",
            ),
            models.UniqueConstraint(fields=["lesson_version", "key"], name="lesson_warning_accepted_once"),
            models.UniqueConstraint(fields=["guide_version", "key"], name="guide_warning_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def version_field(version: LessonVersion | GuideVersion) -> str:
    """Which of the two fields of the models above names this version."""
    return "lesson_version" if isinstance(version, LessonVersion) else "guide_version"


class Flag(models.Model):
    """That a term of the glossary, as it was last changed, stands in a version that is live or is planned to be.

    A row goes when a reviewer says that the words are still right; a version that is not live any more is not shown.
    """

    lesson_version = models.ForeignKey(LessonVersion, null=True, on_delete=models.CASCADE, related_name="flags")
    guide_version = models.ForeignKey(GuideVersion, null=True, on_delete=models.CASCADE, related_name="flags")
    term = models.ForeignKey(GlossaryTerm, on_delete=models.CASCADE, related_name="flags")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson_version", "term"], name="lesson_flag_once_for_a_term"),
            models.UniqueConstraint(fields=["guide_version", "term"], name="guide_flag_once_for_a_term"),
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=True) ^ Q(guide_version__isnull=True),
                name="flag_of_one_lesson_or_guide",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.lesson_version or self.guide_version}"
