"""Loads the starter library. It can be run again at any time: what an editor has changed is never overwritten."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from lessons.library.content import Content, GuideContent
from lessons.library.enums import Status
from lessons.library.models import AgeBand, Guide, GuideVersion, Lesson, LessonVersion, Topic
from lessons.library.starter_files import STARTER, starter_items
from lessons.library.store import write_content
from lessons.library.yaml_lines import StarterError

from ..checks import Reference, blocking, check, load_reference
from ..checks.reference import with_addresses
from .flags import checked_terms, flag_changed_terms
from .known_names import known_names
from .locking import AnyIdentity, locked_item, record_step
from .made_from import require_source, source_here, version_of
from .publishing import put_live
from .reference_data import load_tables
from .reference_tables import TABLES, TABLES_OF_LESSONS
from .search_words import put_search_words
from .translating import set_made_from


@dataclass
class LoadReport:
    reference: Counter[str] = field(default_factory=Counter)
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # an editor has written, retired or gone back
    same: list[str] = field(default_factory=list)


@transaction.atomic
def load_starter(folder: Path = STARTER) -> LoadReport:
    """All in one transaction. Raises StarterError with path, line and reason; then nothing has changed."""
    terms = checked_terms()
    report = LoadReport(reference=load_tables(TABLES, folder))
    # Before anything new is put live: what comes with the changed terms has been written with them.
    flag_changed_terms(terms)
    # What translations are made from comes first.
    items = sorted(starter_items(folder), key=lambda item: item[1].translation is not None)
    reference = with_addresses(load_reference(), [content for _, content, _ in items])
    known = known_names()
    for path, content, checksum in items:
        for what in known.missing(content):
            raise StarterError(path, 1, f"there is {what}.")
        getattr(report, _install(path, content, checksum, reference)).append(content.slug)
    report.reference += load_tables(TABLES_OF_LESSONS, folder)
    return report


def _install(path: Path, content: Content, checksum: str, reference: Reference) -> str:
    """Which list of the report the item belongs to."""
    source = source_here(content)
    require_source(path, content, source, comes_along=False)
    identity = _identity(content, source)
    newest = identity.versions.order_by("-number").first()
    if newest and newest.starter_checksum == checksum:
        return "same"
    # Locked and read once more, or what a reviewer withdraws or retires meanwhile would come back.
    identity = locked_item(identity)
    newest = identity.versions.order_by("-number").first()
    if newest and (not newest.starter_checksum or not newest.is_live):
        return "kept"
    problems = blocking(check(content, reference))
    if problems:
        raise StarterError(path, 1, f"it cannot be published. {problems[0]}")
    number = newest.number + 1 if newest else 1
    version: LessonVersion | GuideVersion
    if isinstance(identity, Lesson):
        version = LessonVersion(lesson=identity, number=number)
    else:
        version = GuideVersion(guide=identity, number=number)
    version.starter_checksum = checksum
    version.status = Status.APPROVED
    version.title, version.submitted_at = content.title, timezone.now()
    version.save()
    write_content(version, content)
    if (
        isinstance(identity, Guide) and isinstance(content, GuideContent) and not identity.search_words
    ):  # what an editor has written stays
        put_search_words(identity, content.search_words)
    if source:
        set_made_from(version, version_of(content, source))
    put_live(version, timezone.now())
    record_step(None, "loaded", version)
    return "updated" if newest else "added"


def _identity(content: Content, source: AnyIdentity | None) -> Lesson | Guide:
    tied = {"language": content.language, "translation_of": source}
    if isinstance(content, GuideContent):
        topic = Topic.objects.get(slug=content.topic) if content.topic else None
        placed: dict[str, Any] = {
            "kind": content.kind,
            "topic": topic,
            "age_from": content.age_from,
            "age_to": content.age_to,
            **tied,
        }
        return Guide.objects.get_or_create(slug=content.slug, defaults=placed)[0]
    placed = {"topic": Topic.objects.get(slug=content.topic), "band": AgeBand.objects.get(slug=content.band), **tied}
    return Lesson.objects.get_or_create(slug=content.slug, defaults=placed)[0]
