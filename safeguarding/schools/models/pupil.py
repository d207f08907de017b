from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from .school import Membership
from .school_class import SchoolClass


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, membership: Membership) -> "PupilQuerySet":
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))


class Pupil(models.Model):
    """A name in a named class, as the teacher typed it, and the hash of three pictures. Nothing else is kept."""

    school_path: ClassVar[str] = "school_class__school"

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="pupils")
    display_name = models.CharField(max_length=40)
    secret = models.CharField(
        max_length=128, blank=True, help_text="Hash of the pictures in order; empty until the pupil has chosen."
    )
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until_at = models.DateTimeField(null=True, blank=True)

    objects = PupilQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["display_name"]
        constraints: ClassVar = [
            models.UniqueConstraint("school_class", Lower("display_name"), name="pupil_name_once_in_a_class"),
        ]

    def __str__(self) -> str:
        """Never the name: this text may reach a log."""
        return f"Pupil {self.pk}"
