from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..enums import RosterChangeKind
from .pupil import Pupil
from .school import Membership, School
from .school_class import SchoolClass


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, membership: Membership) -> "RosterImportQuerySet":
        """All of the school for its lead; for a teacher their own."""
        of_school = self.filter(school=membership.school_id)
        return of_school if membership.is_lead else of_school.filter(made_by=membership)


class RosterImport(models.Model):
    """One file of names that was read in, kept for a day so that it can be undone; then its changes are forgotten."""

    school_path: ClassVar[str] = "school"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="roster_imports")
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Roster import {self.pk}"


class RosterChange(models.Model):
    """What a file did to one class or one pupil, with what stood there before."""

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=RosterChangeKind.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="+")
    name_before = models.CharField(max_length=40, blank=True)
    external_id_before = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=RosterChangeKind.CLASS_MADE) ^ Q(pupil__isnull=False),
                name="roster_change_of_a_class_or_a_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"Roster change {self.pk}"
