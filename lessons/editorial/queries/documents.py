"""The documents of the library, for whoever looks for one."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from lessons.library.models import Document

PER_PAGE = 50
MOST_WORDS = 8


@dataclass(frozen=True)
class Listed:
    """Which documents; what is empty asks for all."""

    words: str = ""  # each stands in the title, the credit or the licence
    kind: str = ""
    use: str = ""  # used or unused


def document_page(listed: Listed, number: str | None) -> Page[Document]:
    """Fifty a page, the newest first, each with its number of `uses`. Two queries."""
    return Paginator(_documents(listed), PER_PAGE).get_page(number)


def _documents(listed: Listed) -> QuerySet[Document]:
    documents = Document.objects.annotate(
        uses=Count("lesson_attachments", distinct=True) + Count("guide_attachments", distinct=True)
    ).order_by("-uploaded_at", "-pk")
    for word in listed.words.split()[:MOST_WORDS]:
        documents = documents.filter(Q(title__icontains=word) | Q(credit__icontains=word) | Q(licence__icontains=word))
    if listed.kind:
        documents = documents.filter(kind=listed.kind)
    if listed.use:
        documents = documents.filter(uses__gt=0) if listed.use == "used" else documents.filter(uses=0)
    return documents
