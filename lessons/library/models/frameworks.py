from typing import ClassVar

from django.db import models

from safeguarding.schools.models import Country


class Framework(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    publisher = models.CharField(max_length=160)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    in_force_from = models.DateField(null=True, blank=True, help_text="Empty where the publisher gives no date.")
    in_force_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["framework__name", "name"]

    def __str__(self) -> str:
        return self.name


class Strand(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="strands")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["edition__name", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="strand_once_in_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.name}"
