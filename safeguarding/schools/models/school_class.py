from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from ..codes import new_code
from ..enums import ClassMode, SecretKind
from .school import Membership, School


class SchoolClassQuerySet(models.QuerySet["SchoolClass"]):
    def visible_to(self, membership: Membership) -> Self:
        """All classes of the school for its lead; for a teacher the classes that they teach."""
        of_school = self.filter(school=membership.school_id)
        return of_school if membership.is_lead else of_school.filter(teachers=membership)

    def current(self) -> Self:
        """Without those of past years."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def with_open_code(self, code: str) -> Self:
        return self.filter(code=code, code_expires_at__gt=timezone.now())


class SchoolClass(models.Model):
    school_path: ClassVar[str] = "school"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classes")
    name = models.CharField(max_length=60, help_text="As the school says it: 8B, Otters.")
    year_group = models.CharField(max_length=40, blank=True, help_text="Year 8, 2nd class, Grade 6.")
    age_from = models.PositiveSmallIntegerField("youngest", help_text="Age in years at the start of the year.")
    age_to = models.PositiveSmallIntegerField("oldest", help_text="Age in years at the end of the year.")
    mode = models.CharField("how pupils join", max_length=10, choices=ClassMode.choices, default=ClassMode.ANONYMOUS)
    code = models.CharField("class code", max_length=40, unique=True, default=new_code)
    code_expires_at = models.DateTimeField()
    teachers = models.ManyToManyField(Membership, related_name="classes", blank=True)

    secret_kind = models.CharField(
        "how pupils show who they are", max_length=10, choices=SecretKind.choices, default=SecretKind.PICTURES
    )
    school_year = models.PositiveSmallIntegerField(help_text="The year in which it began: 2026 for 2026/27.")
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_classes", help_text="A year ago."
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    pupils_then = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many were on the list of a named class when it was archived."
    )

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "class"
        verbose_name_plural = "classes"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "school", Lower("name"), condition=Q(archived_at__isnull=True), name="class_name_once_in_a_school"
            ),
            models.CheckConstraint(
                condition=Q(age_from__gte=3, age_to__lte=19, age_from__lte=F("age_to")),
                name="class_ages_in_order_and_3_to_19",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_named(self) -> bool:
        return self.mode == ClassMode.NAMED

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def code_is_open(self) -> bool:
        return self.code_expires_at > timezone.now()
