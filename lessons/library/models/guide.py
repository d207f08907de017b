from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from safeguarding.core.richtext import RichTextField

from ..enums import GuideKind, GuideSectionKind
from ..querysets import GuideQuerySet, VersionQuerySet
from .base import Identity, IdentityManager, Version, identity_constraints, version_constraints
from .reference import Topic


class Guide(Identity):
    """What a parent reads about a topic or in a situation."""

    kind = models.CharField(max_length=10, choices=GuideKind.choices)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="guides", help_text="Empty: every topic."
    )
    age_from = models.PositiveSmallIntegerField(default=5, help_text="The child's age in years.")
    age_to = models.PositiveSmallIntegerField(default=18)
    search_words = models.CharField(
        max_length=1000,
        blank=True,
        help_text="Everyday words that parents search for, commas between. Nobody sees them.",
    )
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
        help_text="Where readers are led once this guide is retired.",
    )

    objects = IdentityManager.from_queryset(GuideQuerySet)()

    class Meta:
        ordering: ClassVar = ["kind", "topic__position", "slug"]
        constraints: ClassVar = [
            *identity_constraints("guide"),
            models.CheckConstraint(condition=Q(age_from__lte=F("age_to")), name="guide_ages_in_order"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")), name="guide_does_not_succeed_itself"
            ),
        ]

    @cached_property
    def live_version(self) -> "GuideVersion | None":
        """A query, unless it was fetched with `select_related("live_version")` and there is one."""
        return self.versions.live().first()


class GuideVersion(Version):
    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="versions")

    objects = VersionQuerySet["GuideVersion"].as_manager()

    class Meta(Version.Meta):
        abstract = False
        constraints: ClassVar = version_constraints("guide", "guide")

    @property
    def identity(self) -> Guide:
        return self.guide


class GuideSection(models.Model):
    version = models.ForeignKey(GuideVersion, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=20, choices=GuideSectionKind.choices)
    body = RichTextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "kind"], name="guide_section_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class GuideClarity(models.Model):
    """How many readers said that a version was clear to them, and how many that it was not. Nothing else is kept."""

    version = models.OneToOneField(GuideVersion, on_delete=models.CASCADE, related_name="clarity")
    clear = models.PositiveIntegerField(default=0)
    unclear = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "guide clarities"

    def __str__(self) -> str:
        return f"{self.clear} of {self.clear + self.unclear}"
