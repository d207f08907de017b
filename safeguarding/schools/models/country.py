from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models


class CountryQuerySet(models.QuerySet["Country"]):
    def around(self, code: str) -> Self:
        """The country itself, and the one that it is part of."""
        return self.filter(models.Q(pk=code) | models.Q(pk__in=self.model.objects.filter(pk=code).values("part_of")))


class Country(models.Model):
    """Where a school or reader is: decides which help services and school words they see.

    A nation, such as Wales, is part of a country: it has all that the country has, and what is its own.
    """

    code = models.CharField(primary_key=True, max_length=6, help_text="ISO 3166: GB, or GB-WLS for a part of it.")
    name = models.CharField(max_length=60, unique=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)
    emergency = models.CharField(max_length=40, help_text="The emergency number, as people say it: 112 or 999.")
    police_non_emergency = models.CharField(max_length=40, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "name"]
        verbose_name_plural = "countries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("code")),
                name="country_not_part_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.part_of and (self.part_of.part_of_id or self.part_of == self or self.parts.exists()):
            raise ValidationError({"part_of": "Choose a country that is part of no other, and not one that has parts."})
