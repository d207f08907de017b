from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

ADULT_AGE = 18


class Source(models.Model):
    code = models.SlugField(unique=True, max_length=30)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    jurisdiction = models.CharField(max_length=120)
    licence = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    superseded_at = models.DateTimeField(
        null=True, blank=True, help_text="Everything that rests on it then waits for review; nothing is taken down."
    )
    superseded_reason = models.CharField(
        max_length=300, blank=True, help_text="What replaces it and what changed, for whoever reviews."
    )

    class Meta:
        ordering: ClassVar = ["year", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(superseded_at__isnull=True) | ~models.Q(superseded_reason=""),
                name="source_superseded_with_a_reason",
                violation_error_message="Say what replaces it and what changed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    @property
    def is_superseded(self) -> bool:
        return self.superseded_at is not None and self.superseded_at <= timezone.now()


class FindingQuerySet(models.QuerySet["Finding"]):
    def fit_for_age(self, age: int) -> Self:
        """What the youngest reader of this age may meet."""
        return self.filter(least_age__lte=age)


class Finding(models.Model):
    """One thing that a report found, in our own words."""

    code = models.SlugField(unique=True, max_length=8)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="findings")
    locator = models.CharField("place in the source", max_length=200)
    theme = models.SlugField(max_length=40)
    figures = models.CharField(max_length=80, blank=True, help_text="Exactly as the source gives them, ; between.")
    statement = models.TextField()
    least_age = models.PositiveSmallIntegerField(help_text="Of the youngest reader who may meet it; 18 means adults.")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.statement}"

    @property
    def is_for_adults(self) -> bool:
        return self.least_age >= ADULT_AGE
