from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from ..querysets import UnitQuerySet
from .lesson import Lesson
from .reference import AgeBand, Topic


class Unit(models.Model):
    """Two to four short lessons on one topic, in the order in which a class meets them, a week or so apart."""

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="units")
    band = models.ForeignKey(AgeBand, on_delete=models.PROTECT, related_name="units")
    lessons: models.ManyToManyField[Lesson, "UnitLesson"] = models.ManyToManyField(
        Lesson, through="library.UnitLesson", related_name="units"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["band__age_from", "topic__position", "slug"]

    def __str__(self) -> str:
        return self.title


class UnitLesson(models.Model):
    """A lesson's place in a unit, from 1."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="places")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson"], name="lesson_in_one_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.unit}"

    def clean(self) -> None:
        if (self.lesson.topic_id, self.lesson.band_id) != (self.unit.topic_id, self.unit.band_id):
            raise ValidationError(f"The lesson “{self.lesson.slug}” has another topic or age band than its unit.")
