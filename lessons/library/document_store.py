"""Documents to download: kept as they were sent, once it is sure what they are and that they start nothing."""

import hashlib
import io
import uuid
from collections.abc import Callable
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from safeguarding.accounts.models import User

from .document_errors import DocumentRefused
from .enums import DocumentKind
from .models import Document, GuideVersion, LessonVersion
from .office_files import check_office, looks_like_zip
from .pdf_files import check_pdf, looks_like_pdf
from .uses import Use, versions_among

MOST_BYTES = 20 * 1024 * 1024
CONTENT_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def store_document(
    *,
    actor: User | None,
    file: BinaryIO,
    title: str,
    credit: str = "",
    licence: str = "",
    also: Callable[[Document], object] | None = None,
) -> Document:
    """Raises DocumentRefused. Where the row fails, the file is deleted again. Its own name is not kept.

    `also` is done in the transaction of the row, which is short: looking into the file would hold up other writers.
    """
    data = _read(file)
    kind = kind_of(data)
    document = Document(
        title=title,
        kind=kind,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        credit=credit,
        licence=licence,
        uploaded_by=actor,
    )
    try:
        document.file.save(f"{uuid.uuid4().hex}.{kind.value}", ContentFile(data), save=False)
        with transaction.atomic():
            document.save()
            if also:
                also(document)
    except BaseException:
        delete_file(document)
        raise
    return document


def kind_of(data: bytes) -> DocumentKind:
    """By what is in it, never by its name. Raises DocumentRefused."""
    if looks_like_pdf(data):
        return check_pdf(data)
    if looks_like_zip(data):
        return check_office(io.BytesIO(data))
    raise DocumentRefused(
        "This is not a PDF, a Word document or PowerPoint slides. Save it as one of these, then retry."
    )


def _read(file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DocumentRefused(f"The file is larger than {MOST_BYTES // 1024**2} MB. Make it smaller, then retry.")
    return data


def name_of(document: Document) -> str:
    """What a reader saves it as."""
    return f"{slugify(document.title) or 'document'}.{document.kind}"


def delete_document(*, document: Document) -> None:
    """Raises DocumentRefused while it is attached to any version, live or kept in history."""
    try:
        with transaction.atomic():
            # A version that is saved meanwhile waits for this lock, because its row refers to this one.
            Document.objects.select_for_update().filter(pk=document.pk).first()
            used = uses_of(document)
            if used:
                named = ", ".join(str(use) for use in used[:5])
                raise DocumentRefused(f"It is attached to {named}. What has been submitted keeps its documents.")
            document.delete()
            transaction.on_commit(lambda: delete_file(document))
    except ProtectedError as error:
        raise DocumentRefused("It has just been attached to something. Open the page again.") from error


def uses_of(document: Document) -> list[Use]:
    """The versions that it is attached to. Two queries."""
    return versions_among(
        LessonVersion.objects.filter(attachments__document=document),
        GuideVersion.objects.filter(attachments__document=document),
    )


def delete_file(document: Document) -> None:
    """The file, whose row is gone or was never kept."""
    if document.file.name:
        document.file.storage.delete(document.file.name)
