from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ..enums import SecretKind
from .school import Membership
from .school_class import SchoolClass


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, membership: Membership) -> "PupilQuerySet":
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))


class PupilGroupQuerySet(models.QuerySet["PupilGroup"]):
    def visible_to(self, membership: Membership) -> "PupilGroupQuerySet":
        return self.filter(school_class__in=SchoolClass.objects.visible_to(membership))


class Pupil(models.Model):
    """A name in a named class, as the teacher typed it, and the hash of what the pupil shows. Nothing else is kept.

    `external_id` is the school's own number for a row of its file, where the class came from one.
    """

    school_path: ClassVar[str] = "school_class__school"

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="pupils")
    display_name = models.CharField(max_length=40)
    external_id = models.CharField(max_length=40, blank=True)
    secret = models.CharField(
        max_length=128, blank=True, help_text="Hash of pictures, words or PIN; empty until the pupil has chosen."
    )
    secret_kind = models.CharField(
        max_length=10, choices=SecretKind.choices, blank=True, help_text="What was hashed; empty as long as nothing is."
    )
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until_at = models.DateTimeField(null=True, blank=True)

    objects = PupilQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["display_name"]
        constraints: ClassVar = [
            models.UniqueConstraint("school_class", Lower("display_name"), name="pupil_name_once_in_a_class"),
            models.UniqueConstraint(
                fields=["school_class", "external_id"],
                condition=~Q(external_id=""),
                name="pupil_external_id_once_in_a_class",
            ),
        ]

    def __str__(self) -> str:
        """Never the name: this text may reach a log."""
        return f"Pupil {self.pk}"


class PupilGroup(models.Model):
    """Some pupils of a named class, such as those who read together. It says nothing about why."""

    school_path: ClassVar[str] = "school_class__school"

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=40)
    pupils = models.ManyToManyField(Pupil, related_name="groups", blank=True)

    objects = PupilGroupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint("school_class", Lower("name"), name="group_name_once_in_a_class"),
        ]

    def __str__(self) -> str:
        return self.name
