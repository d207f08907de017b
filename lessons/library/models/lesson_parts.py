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


class ActivityItem(models.Model):
    """What an activity is made of; its kind tells what the columns hold, and those that it does not name are empty.

    A prompt to talk about has a `text`; an option of a poll, or a step to put in order, a `text` and a `feedback`;
    steps stand in their right order. The `answer` of a choice in a scenario is a `Helpfulness`; it is offered in
    `scene`, and `leads_to` the scene that comes next. The `answer` of a card to sort is its group, and `also` another
    where it is as right; that of a pair is what it goes with; that of a line of a chat or profile is a `Spotted`, and
    `speaker` says it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    answer = models.CharField(max_length=120, blank=True)
    feedback = models.TextField(blank=True)
    also = models.CharField(max_length=120, blank=True)
    speaker = models.CharField(max_length=60, blank=True)
    scene = models.CharField(max_length=60, blank=True, help_text="Empty where the story begins.")
    leads_to = models.CharField(max_length=60, blank=True, help_text="Empty where the story ends.")

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
