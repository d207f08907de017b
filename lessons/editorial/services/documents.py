"""Documents to download, with who added, changed and deleted each of them."""

from typing import BinaryIO

from django.db import transaction

from lessons.library import document_store
from lessons.library.models import Document
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import NotAllowed

DETAILS = ("title", "credit", "licence")
NOT_EDITOR = "Documents are for editors. Ask an operator to make you one."


def add_document(*, actor: User, file: BinaryIO, title: str, credit: str = "", licence: str = "") -> Document:
    """Raises NotAllowed, DocumentRefused; then no file is left either."""
    _require_editor(actor)
    return document_store.store_document(
        actor=actor,
        file=file,
        title=title,
        credit=credit,
        licence=licence,
        also=lambda document: _record(actor, "added", document, f"SHA-256 {document.sha256}"),
    )


@transaction.atomic
def edit_document(*, actor: User, document: Document, **details: str) -> Document:
    """What is said of a document; its file never changes. Raises NotAllowed."""
    _require_editor(actor)
    document = Document.objects.select_for_update().get(pk=document.pk)
    changes = {name: value for name, value in details.items() if getattr(document, name) != value}
    if not changes:
        return document
    said = "; ".join(f"{name.capitalize()}: “{getattr(document, name)}” → “{value}”" for name, value in changes.items())
    for name, value in changes.items():
        setattr(document, name, value)
    document.save(update_fields=list(changes))
    _record(actor, "edited", document, said)
    return document


@transaction.atomic
def delete_document(*, actor: User, document: Document) -> None:
    """Raises NotAllowed, DocumentRefused while it is attached to any version."""
    _require_editor(actor)
    _record(actor, "deleted", document)
    document_store.delete_document(document=document)


def _record(actor: User, action: str, document: Document, reason: str = "") -> None:
    record(
        actor=actor,
        action=action,
        object_type="document",
        object_id=document.pk,
        object_label=document.title,
        reason=reason,
    )


def _require_editor(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(NOT_EDITOR)
