from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from ..enums import Role
from .country import Country


class School(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="schools")
    lead_name = models.CharField(
        "safeguarding lead", max_length=120, blank=True, help_text="Whom pupils and staff can tell."
    )
    lead_contact = models.CharField(
        "how to reach the lead", max_length=200, blank=True, help_text="A room, a phone number or an address."
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)


class Membership(models.Model):
    """One person's place at one school. A lead may do at that school whatever a teacher may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    is_active = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "school"], name="membership_one_per_person_and_school"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.school} · {self.get_role_display()}"

    @property
    def is_lead(self) -> bool:
        return self.role == Role.LEAD
