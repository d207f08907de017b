from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from ..enums import DocumentKind
from .guide import GuideVersion
from .lesson import LessonVersion


def document_storage() -> Storage:
    """Not the media folder, which a proxy may serve: who reads a document is decided by a view."""
    return storages["documents"]


class Document(models.Model):
    """A file to download, kept as it was sent once `library.document_store` has looked into it."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=DocumentKind.choices)
    file = models.FileField(storage=document_storage, help_text="Under a random name.")
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    credit = models.CharField(max_length=160, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploaded_documents"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class LessonAttachment(models.Model):
    """A document beside a version, in the order in which its readers see them."""

    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="lesson_attachments")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "document"], name="lesson_document_once"),
        ]

    def __str__(self) -> str:
        return str(self.document)


class GuideAttachment(models.Model):
    """The same of a guide."""

    version = models.ForeignKey(GuideVersion, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="guide_attachments")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "document"], name="guide_document_once"),
        ]

    def __str__(self) -> str:
        return str(self.document)
