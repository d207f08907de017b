"""What a lesson and a guide have in common: an identity that lasts, and versions that never change once submitted."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Manager, Q, QuerySet
from django.utils import timezone

from lessons.evidence.models import Finding
from safeguarding.core.languages import ALL, SOURCE

from ..enums import UNDER_WAY, State, Status
from ..live import live_relation, state_of
from .images import Image


class IdentityManager(Manager[Any]):
    """Every query knows the path `live_version`; it costs a join where it is used, and nothing elsewhere."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().annotate(live_version=live_relation())


class Identity(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_%(class)ss",
        help_text="Who looks after it.",
    )
    language = models.CharField(
        max_length=10, default=SOURCE, choices=[(language.code, language.english) for language in ALL]
    )
    translation_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="translations",
        help_text="The item that it is a translation of, in the language in which that was written.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="In no list and not set anew since then; its page and its classes go on."
    )

    translation_of_id: int | None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_translation(self) -> bool:
        return self.translation_of_id is not None


class Version(models.Model):
    """What a reader sees. `number` counts from 1 within its identity; once submitted, nothing in it changes."""

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence.")
    change_note = models.CharField(
        "what is new", max_length=300, blank=True, help_text="For reviewers, and for teachers who used the last one."
    )
    review_by = models.DateField(null=True, blank=True, help_text="When somebody should read it again.")
    findings = models.ManyToManyField(Finding, blank=True, related_name="%(class)ss")
    images = models.ManyToManyField(
        Image,
        blank=True,
        related_name="%(class)ss",
        help_text="All that it shows, beside activities and in texts; `store.write_content` keeps it.",
    )

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="written_%(class)ss",
        help_text="Empty: the starter library.",
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="edited_%(class)ss",
        help_text="Everyone who saved a change; none of them may approve it.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="approved_%(class)ss"
    )
    live_from = models.DateTimeField(null=True, help_text="Empty: never live, and not planned to be.")
    live_until = models.DateTimeField(null=True, help_text="Empty: without an end.")
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken away at once, from classes that have it too.")
    withdrawal_reason = models.TextField(blank=True, help_text="For the desk and for teachers, never for the public.")
    return_reason = models.TextField(blank=True)
    starter_checksum = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the starter file that it came from; empty for our own writing."
    )

    translates = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="translated_as",
        help_text="Of a translation: the version of the source that it says the same as.",
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def state(self) -> State:
        """Now."""
        return state_of(self)

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def is_review_overdue(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def written_by(self) -> str:
        return str(self.author) if self.author else "the starter library"

    def is_review_due(self, within: datetime.timedelta) -> bool:
        return self.review_by is not None and self.review_by <= timezone.localdate() + within


def identity_constraints(kind: str) -> list[models.BaseConstraint]:
    """What the database holds of translations. That one is not made of another is for the services to see to."""
    return [
        models.UniqueConstraint(fields=["translation_of", "language"], name=f"{kind}_once_in_each_language"),
        models.CheckConstraint(
            condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
            name=f"{kind}_not_a_translation_of_itself",
        ),
    ]


def version_constraints(kind: str, identity: str) -> list[models.BaseConstraint]:
    """The invariants of versions that the database itself holds, with names of their own for each kind."""
    return [
        models.UniqueConstraint(fields=[identity, "number"], name=f"{kind}_version_number_once"),
        models.UniqueConstraint(
            fields=[identity],
            condition=Q(live_from__isnull=False, live_until__isnull=True),
            name=f"{kind}_one_version_live_without_end",
        ),
        models.UniqueConstraint(
            fields=[identity],
            condition=Q(status__in=[Status.DRAFT, Status.IN_REVIEW, Status.APPROVED], live_from__isnull=True),
            name=f"{kind}_one_version_under_way",
        ),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True) | Q(author__isnull=True) | ~Q(approved_by=F("author")),
            name=f"{kind}_not_approved_by_author",
        ),
        models.CheckConstraint(
            condition=Q(live_from__isnull=True) | Q(status=Status.APPROVED), name=f"{kind}_live_is_approved"
        ),
        models.CheckConstraint(
            condition=Q(live_until__isnull=True) | Q(live_from__isnull=False, live_from__lt=F("live_until")),
            name=f"{kind}_live_from_before_until",
        ),
        models.CheckConstraint(
            condition=Q(withdrawn_at__isnull=True) | Q(live_until__isnull=False), name=f"{kind}_withdrawn_is_not_live"
        ),
    ]
