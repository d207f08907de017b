from functools import cached_property
from typing import ClassVar

from django.db import models

from safeguarding.core.richtext import RichTextField

from ..enums import LessonSectionKind
from ..querysets import LessonQuerySet, VersionQuerySet
from .base import Identity, IdentityManager, Version, identity_constraints, version_constraints
from .frameworks import Strand
from .reference import AgeBand, Topic


class Lesson(Identity):
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="lessons")
    band = models.ForeignKey(AgeBand, on_delete=models.PROTECT, related_name="lessons")

    objects = IdentityManager.from_queryset(LessonQuerySet)()

    class Meta:
        ordering: ClassVar = ["band__age_from", "topic__position", "slug"]
        constraints: ClassVar = identity_constraints("lesson")

    @cached_property
    def live_version(self) -> "LessonVersion | None":
        """A query, unless it was fetched with `select_related("live_version")` and there is one."""
        return self.versions.live().first()


class LessonVersion(Version):
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="versions")
    check_minutes = models.PositiveSmallIntegerField(
        "minutes for each check", default=4, help_text="The before-check and the after-check take this long each."
    )
    strands = models.ManyToManyField(Strand, blank=True, related_name="lesson_versions")

    objects = VersionQuerySet["LessonVersion"].as_manager()

    class Meta(Version.Meta):
        abstract = False
        constraints: ClassVar = version_constraints("lesson", "lesson")

    @property
    def identity(self) -> Lesson:
        return self.lesson


class LessonSection(models.Model):
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=20, choices=LessonSectionKind.choices)
    body = RichTextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=0, help_text="Only of the starter and the plenary.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "kind"], name="lesson_section_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
