from typing import ClassVar

from django.db import models


class Country(models.Model):
    """Where a school or reader is: decides which help services they see."""

    code = models.CharField(primary_key=True, max_length=6, help_text="ISO 3166-1 alpha-2, such as GB.")
    name = models.CharField(max_length=60, unique=True)
    emergency = models.CharField(max_length=40, help_text="The emergency number, as people say it: 112 or 999.")
    police_non_emergency = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name
