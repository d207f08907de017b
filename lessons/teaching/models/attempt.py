import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from safeguarding.schools.models import Pupil

from .assignment import Assignment


class Attempt(models.Model):
    """How far somebody has got with a lesson. It holds no answer.

    In an anonymous class `pupil` is empty and only the pupil's own session knows the key, so that an attempt says
    nothing of who it was; in a named class there is one for each pupil.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="attempts")
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="attempts")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="The next step: what lies before it has been done and cannot be answered again."
    )
    before_done = models.BooleanField(default=False)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "pupil"], condition=Q(pupil__isnull=False), name="attempt_once_for_a_pupil"
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.key}"

    @property
    def is_finished(self) -> bool:
        return self.finished_on is not None
