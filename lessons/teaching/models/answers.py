from typing import ClassVar

from django.db import models

from lessons.library.models import QuestionOption

from ..enums import Moment
from .assignment import Assignment


class AnswerCount(models.Model):
    """How many of a class chose this option. The only trace of an answer: no row belongs to a pupil."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="answer_counts")
    option = models.ForeignKey(QuestionOption, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "option", "moment"], name="answer_count_once_for_an_option"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × option {self.option_id}, {self.moment}"
