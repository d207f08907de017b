from typing import ClassVar

from django.db import models

from safeguarding.schools.models import Country

from ..querysets import EditionQuerySet
from .reference import AgeBand


class Framework(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    publisher = models.CharField(max_length=160, blank=True, help_text="Empty where no one body publishes it.")
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

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["framework__name", "name"]

    def __str__(self) -> str:
        return self.name


class Strand(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="strands")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    bands = models.ManyToManyField(
        AgeBand, blank=True, related_name="strands", help_text="Whom it is for. Empty: every age band."
    )

    class Meta:
        ordering: ClassVar = ["edition__name", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "slug"], name="strand_once_in_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.name}"


class Statement(models.Model):
    """A publisher's own words, imported from the publisher's file and never written by us."""

    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="statements")
    code = models.CharField(max_length=40, help_text="The publisher's own, or a number in the file.")
    text = models.TextField()
    ages = models.CharField(max_length=40, blank=True, help_text="The publisher's phase or key stage, such as 7–11.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strand", "code"], name="statement_once_in_a_strand"),
        ]

    def __str__(self) -> str:
        return f"{self.strand} {self.code}"
