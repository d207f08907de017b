"""The documents beside a version, and who may have them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from safeguarding.core.json_rows import JSONRows

from ..document_store import name_of
from ..enums import DocumentKind
from ..models import Document, Guide, GuideAttachment, Lesson, LessonAttachment


@dataclass(frozen=True)
class DocumentLine:
    title: str
    url: str
    kind: str
    size_bytes: int
    credit: str
    licence: str


def documents_of_lesson(version_id: int) -> tuple[DocumentLine, ...]:
    """One query."""
    held = LessonAttachment.objects.filter(version=version_id).select_related("document")
    return tuple(_line(attachment.document) for attachment in held)


def documents_of_guide(version_id: int) -> tuple[DocumentLine, ...]:
    """One query."""
    held = GuideAttachment.objects.filter(version=version_id).select_related("document")
    return tuple(_line(attachment.document) for attachment in held)


def document_rows(version: OuterRef) -> JSONRows:
    """Those of a guide's version as a column of another query, for `documents_in`."""
    return JSONRows(
        GuideAttachment.objects.filter(version=version),
        pk="document",
        title="document__title",
        kind="document__kind",
        size_bytes="document__size_bytes",
        credit="document__credit",
        licence="document__licence",
    )


def documents_in(rows: Iterable[Mapping[str, Any]]) -> tuple[DocumentLine, ...]:
    return tuple(_line(Document(**row)) for row in rows)


def documents_numbered(numbers: Sequence[int]) -> tuple[DocumentLine, ...]:
    """In the order of the numbers, those that there are. At most one query."""
    held = Document.objects.in_bulk(numbers) if numbers else {}
    return tuple(_line(held[number]) for number in numbers if number in held)


def _line(document: Document) -> DocumentLine:
    return DocumentLine(
        title=document.title,
        url=address_of(document),
        kind=DocumentKind(document.kind).label,
        size_bytes=document.size_bytes,
        credit=document.credit,
        licence=document.licence,
    )


def address_of(document: Document) -> str:
    return reverse("library:document", kwargs={"pk": document.pk, "name": name_of(document)})


def is_beside_live_guide(document: Document) -> bool:
    """Whoever reads the guide may have it. One query."""
    return Guide.objects.filter(live_version__attachments__document=document).exists()


def is_beside_live_lesson(document: Document) -> bool:
    """Whoever reads the plan may have it. One query."""
    return Lesson.objects.filter(live_version__attachments__document=document).exists()
