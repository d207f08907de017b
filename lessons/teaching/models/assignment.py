import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lessons.library.models import LessonVersion
from safeguarding.schools.models import Membership, Pupil, PupilGroup, SchoolClass

from ..enums import ForWhom, Way
from ..querysets import AssignmentQuerySet


class Assignment(models.Model):
    """A lesson set for a class, or for some of it, pinned to the version that was live then.

    Its teacher may choose the version that is live now while nobody has begun; it never changes by itself.
    `groups` or `pupils` are read as `for_whom` says. With `later_of` it is a later check: that lesson's questions once
    more, some weeks after it, and nothing else.
    """

    school_path: ClassVar[str] = "school_class__school"

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="assignments")
    version = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="assignments")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.DEVICES)
    opens_on = models.DateField()
    due_on = models.DateField()
    for_whom = models.CharField(max_length=10, choices=ForWhom.choices, default=ForWhom.CLASS)
    groups = models.ManyToManyField(PupilGroup, related_name="assignments", blank=True)
    pupils = models.ManyToManyField(Pupil, related_name="assignments", blank=True)
    note = models.CharField("note to pupils", max_length=300, blank=True)
    lead_told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the teacher said that the lead knows of it. Topics of 11 and over need it.",
    )
    lead_told_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    later_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="later_checks", help_text="A later check."
    )
    set_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Out of the lists; every number still counts it. Only of one that is closed."
    )
    size_then = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many it was for when its named class was archived."
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("due_on")), name="assignment_opens_before_it_is_due"),
            models.UniqueConstraint(
                fields=["school_class", "version"],
                condition=Q(closed_at__isnull=True, later_of__isnull=True),
                name="assignment_open_once_for_a_class",
            ),
            models.UniqueConstraint(
                fields=["later_of"], condition=Q(closed_at__isnull=True), name="assignment_one_open_later_check"
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(closed_at__isnull=False),
                name="assignment_archived_only_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"Assignment {self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_later_check(self) -> bool:
        return self.later_of_id is not None

    def is_open(self, on: datetime.date) -> bool:
        return not self.is_closed and self.opens_on <= on

    def is_overdue(self, on: datetime.date) -> bool:
        return not self.is_closed and self.due_on < on


class Delivery(models.Model):
    """That a lesson was taught to the whole class. Nothing about any one pupil."""

    school_path: ClassVar[str] = "assignment__school_class__school"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="deliveries")
    taught_on = models.DateField()
    pupils_present = models.PositiveSmallIntegerField()
    taught_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["taught_on"]
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "taught_on"], name="delivery_once_a_day"),
            models.CheckConstraint(
                condition=Q(pupils_present__gte=1, pupils_present__lte=400), name="delivery_to_1_to_400_pupils"
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
