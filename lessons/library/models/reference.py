"""What every lesson and guide is placed by: topics and age bands."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from safeguarding.schools.models import Country


class Topic(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    least_age = models.PositiveSmallIntegerField(help_text="A lesson for younger pupils than this cannot be published.")
    search_words = models.CharField(
        max_length=1000, blank=True, help_text="Everyday words that people search for, commas between."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class AgeBand(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=20)
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    reading_age_max = models.PositiveSmallIntegerField(
        help_text="In years; the pupils' text may not need an older reader."
    )

    class Meta:
        ordering: ClassVar = ["age_from"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(age_from__lt=F("age_to")), name="band_ages_in_order"),
        ]

    def __str__(self) -> str:
        return f"Ages {self.name}"


class BandName(models.Model):
    """What schools of a country call an age band, and the years in it, in their own words."""

    band = models.ForeignKey(AgeBand, on_delete=models.CASCADE, related_name="names")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="band_names")
    name = models.CharField(max_length=60, blank=True, help_text="Key stage 3. Empty: they only speak of years.")
    years = models.CharField(max_length=60, help_text="Years 7 to 9, or Grades 6 to 8.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["band", "country"], name="band_name_once_in_a_country"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.years}" if self.name else self.years
