"""The audit with the way from each entry to the version that it tells of."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, Model, Value
from django.urls import reverse

from lessons.library.models import Document, Image
from safeguarding.accounts.models import User
from safeguarding.audit.queries import Asked, Entry, entry_page

from ..enums import Kind
from ..setting_kinds import PERSON, SETTINGS
from .settings import setting_url

KINDS = {kind.word: kind for kind in Kind}
SETTING_WORDS = {setting.word: setting for setting in SETTINGS.values()}
OTHERS: dict[str, tuple[type[Model], str]] = {
    PERSON: (User, "editorial:person"),
    "picture": (Image, "editorial:image"),
    "document": (Document, "editorial:document"),
}


@dataclass(frozen=True)
class AuditRow:
    entry: Entry
    url: str  # empty where the item is no longer there


def audit_page(asked: Asked, number: str | None) -> Page[AuditRow]:
    """Fifty a page, the newest first. At most five queries."""
    page: Page[Any] = entry_page(asked, number)
    entries: list[Entry] = list(page.object_list)
    slugs = _slugs(entries)
    rows = _rows_still_there(entries)
    page.object_list = [AuditRow(entry, _page_url(entry, rows) or _url(entry, slugs)) for entry in entries]
    return page


def _rows_still_there(entries: list[Entry]) -> set[tuple[str, int]]:
    """Of the settings, people, pictures and documents, by word and number. One query, or none."""
    models: dict[str, type[Model]] = {word: setting.model for word, setting in SETTING_WORDS.items()}
    models |= {word: model for word, (model, _) in OTHERS.items()}
    found = [
        model._default_manager.order_by()
        .filter(pk__in={entry.item_id for entry in entries if entry.kind == word})
        .values_list(Value(word, output_field=CharField()), "pk")
        for word, model in models.items()
        if any(entry.kind == word for entry in entries)
    ]
    return set(found[0].union(*found[1:], all=True)) if found else set()


def _page_url(entry: Entry, rows: set[tuple[str, int]]) -> str:
    if (entry.kind, entry.item_id) not in rows:
        return ""
    if entry.kind in OTHERS:
        return reverse(OTHERS[entry.kind][1], kwargs={"pk": entry.item_id})
    return setting_url(SETTING_WORDS[entry.kind], entry.item_id)


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
