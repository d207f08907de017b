"""The child rows of a lesson version that have a structure: objectives, vocabulary, activities, questions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safeguarding.core.richtext import RichTextField

from ..enums import ActivityKind, QuestionKind
from .illustrations import Illustration, Picture
from .images import Image
from .lesson import LessonVersion


class Objective(models.Model):
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField(default=0)
    learn = models.CharField("pupils learn to", max_length=200)
    can = models.CharField("I can …", max_length=200, help_text="The same in the pupil's words, beginning “I can”.")

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.learn


class VocabularyTerm(models.Model):
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="vocabulary")
    position = models.PositiveSmallIntegerField(default=0)
    term = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.term


class Activity(models.Model):
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=ActivityKind.choices)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(default=10)
    intro = RichTextField("what pupils read", blank=True)
    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    illustration = models.ForeignKey(
        Illustration, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name_plural = "activities"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(image__isnull=True) | Q(illustration__isnull=True), name="activity_one_picture"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def picture(self) -> Picture | None:
        """The upload or the drawing beside it. No query where both were fetched with it."""
        chosen = self.image or self.illustration
        return chosen.picture if chosen else None

    @property
    def groups(self) -> list[str]:
        """Of a sort: the groups that its items name, in the order in which they are first named."""
        return list(dict.fromkeys(item.answer for item in self.items.all()))


class ActivityItem(models.Model):
    """A prompt to talk about, a choice in a scenario, or a card to sort: the activity's kind tells which.

    `answer` is empty for a prompt, a `Helpfulness` for a choice, and the name of its group for a card.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    answer = models.CharField(max_length=60, blank=True)
    feedback = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """Asked before and after, word for word the same; a worry question after only."""

    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=16, choices=QuestionKind.choices)
    text = models.CharField(max_length=300)
    misconception = models.TextField(
        blank=True, help_text="For the teacher: what a wrong answer usually shows, and what to do next."
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def kind_enum(self) -> QuestionKind:
        return QuestionKind(self.kind)


class QuestionOption(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    is_correct = models.BooleanField("right", default=False)
    feedback = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_correct=True), name="question_at_most_one_right_option"
            ),
        ]

    def __str__(self) -> str:
        return self.text
