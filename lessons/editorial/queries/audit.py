"""The audit with the way from each entry to the version that it tells of."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.urls import reverse

from safeguarding.audit.queries import Asked, Entry, entry_page

from ..enums import Kind

KINDS = {kind.word: kind for kind in Kind}


@dataclass(frozen=True)
class AuditRow:
    entry: Entry
    url: str  # empty where the item is no longer there


def audit_page(asked: Asked, number: str | None) -> Page[AuditRow]:
    """Fifty a page, the newest first. At most four queries."""
    page: Page[Any] = entry_page(asked, number)
    entries: list[Entry] = list(page.object_list)
    slugs = _slugs(entries)
    page.object_list = [AuditRow(entry, _url(entry, slugs)) for entry in entries]
    return page


def _slugs(entries: list[Entry]) -> dict[tuple[str, int], str]:
    """The address of each item that is still there, by its kind and number."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        numbers[entry.kind].add(entry.item_id)
    return {
        (word, pk): slug
        for word, kind in KINDS.items()
        for pk, slug in kind.identity_model._default_manager.filter(pk__in=numbers[word]).values_list("pk", "slug")
    }


def _url(entry: Entry, slugs: dict[tuple[str, int], str]) -> str:
    slug = slugs.get((entry.kind, entry.item_id))
    if slug is None:
        return ""
    where: dict[str, Any] = {"kind": KINDS[entry.kind], "slug": slug}
    if entry.version_number is None:
        return reverse("editorial:item", kwargs=where)
    return reverse("editorial:version", kwargs={**where, "number": entry.version_number})
