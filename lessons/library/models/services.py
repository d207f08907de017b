from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from safeguarding.schools.models import Country

from ..enums import Serves
from ..querysets import VERIFIED_FOR, HelpServiceQuerySet
from .reference import Topic


class HelpService(models.Model):
    """Whom to call or write to. The one place where a number is corrected."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="services", help_text="Empty: anywhere."
    )
    serves = models.CharField(max_length=12, choices=Serves.choices)
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=120)
    what_for = models.CharField(max_length=300)
    phone = models.CharField(max_length=40, blank=True, help_text="As it is printed, spaces included.")
    text_to = models.CharField("text to", max_length=40, blank=True)
    url = models.URLField(blank=True)
    hours = models.CharField(max_length=120, blank=True, help_text="Only where it is sure.")
    languages = models.CharField(max_length=60, blank=True, help_text="ISO 639-1 codes, commas between.")
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="services", help_text="Where it comes first. Empty: it fits everything."
    )
    last_verified_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = HelpServiceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(age_from__lte=F("age_to")), name="service_ages_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_to_be_verified(self) -> bool:
        """Never verified, or more than a year ago."""
        return self.last_verified_on is None or self.last_verified_on < timezone.localdate() - VERIFIED_FOR
