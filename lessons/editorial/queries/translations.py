"""A lesson or guide and its other languages, as the desk sees them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from lessons.library.differences import Comparison
from lessons.library.enums import State
from lessons.library.queries import compare_versions
from lessons.library.store import AnyIdentity, AnyVersion, made_from, source_of
from safeguarding.accounts.models import User
from safeguarding.core.languages import ALL, Language, language_of

from .. import rules
from ..enums import Kind
from .version import live_of, numbered


@dataclass(frozen=True)
class TranslationLine:
    slug: str
    language: Language
    live_number: int | None
    is_behind: bool


@dataclass(frozen=True)
class MadeFrom:
    """`number` is the version of the source that it says the same as; None where nobody can tell."""

    slug: str
    title: str
    number: int | None
    live_number: int | None

    @property
    def is_behind(self) -> bool:
        return self.live_number is not None and self.number != self.live_number


@dataclass(frozen=True)
class Translations:
    """Of a source its translations, and into what it can still be translated; of a translation its source."""

    language: Language
    made_from: MadeFrom | None
    lines: tuple[TranslationLine, ...]
    can_start: bool
    left: tuple[Language, ...]
    can_confirm: bool


@dataclass(frozen=True)
class SourceChanges:
    """What has changed in the source since the translation was made. `comparison` is None where it cannot be told."""

    kind: Kind
    slug: str
    version: AnyVersion
    made_from: MadeFrom
    comparison: Comparison | None
    can_confirm: bool


def translations_of(user: User, kind: Kind, version: AnyVersion, live_number: int | None) -> Translations:
    """Of a version that was fetched with what it is made from, and of whose item this number is live. One query."""
    identity = version.identity
    told = _told_of(version)
    lines: tuple[TranslationLine, ...] = ()
    if told is None:
        rows: Any = kind.identity_model._default_manager.filter(translation_of=identity.pk).order_by("language")
        columns = rows.values_list("slug", "language", "live_version__number", "live_version__translates__number")
        lines = tuple(
            TranslationLine(slug, language_of(code), at, at is not None and (before is None or before != live_number))
            for slug, code, at, before in columns
        )
    taken = {identity.language, *(line.language.code for line in lines)}
    return Translations(
        language=language_of(identity.language),
        made_from=told,
        lines=lines,
        can_start=told is None and live_number is not None and rules.can_write(user),
        left=tuple(language for language in ALL if language.code not in taken),
        can_confirm=told is not None and told.is_behind and _is_open(user, version),
    )


def source_changes(user: User, kind: Kind, slug: str, number: int) -> SourceChanges:
    """One query, and those of a comparison. Raises Http404 where there is no such version, or it is no translation."""
    word = kind.word
    rows: Any = kind.version_model._default_manager.filter(
        Q(**{f"{word}__slug": slug, "number": number}) | Q(**{f"{word}__translations__slug": slug})
    )
    rows = rows.select_related(f"{word}__topic", "translates", *([f"{word}__band"] if kind is Kind.LESSONS else []))
    found: list[AnyVersion] = list(rows)
    version = numbered([row for row in found if row.identity.slug == slug], number)
    sources = [row for row in found if row.pk != version.pk]
    if not version.identity.is_translation or not sources:
        raise Http404("This is not a translation.")
    live = live_of(sources)
    before = next((row for row in sources if row.pk == version.translates_id), None)
    told = _told(before, live, sources[0])
    is_open = told.is_behind and _is_open(user, version)
    comparison = compare_versions(before, live) if before and live and told.is_behind else None
    return SourceChanges(kind, slug, version, told, comparison, is_open)


def _is_open(user: User, version: AnyVersion) -> bool:
    return rules.can_edit(user, version) and version.state == State.DRAFT


def _told_of(version: AnyVersion) -> MadeFrom | None:
    source = source_of(version)
    return _told(made_from(version), source.live_version, None, source.slug) if source else None


def _told(before: AnyVersion | None, live: AnyVersion | None, other: AnyVersion | None, slug: str = "") -> MadeFrom:
    named = live or before or other
    return MadeFrom(
        slug=slug or (named.identity.slug if named else ""),
        title=named.title if named else slug,
        number=before.number if before else None,
        live_number=live.number if live else None,
    )


def with_translations(identity: AnyIdentity) -> tuple[int, ...]:
    """The numbers of the item and of its translations: all that one withdrawal takes away. One query."""
    numbers = type(identity)._default_manager.filter(translation_of=identity.pk).order_by("pk")
    return (identity.pk, *numbers.values_list("pk", flat=True))


def languages_of_translations(identity: AnyIdentity) -> tuple[str, ...]:
    """Into which it has been translated, by their English names. One query."""
    codes = type(identity)._default_manager.filter(translation_of=identity.pk).order_by("language")
    return tuple(language_of(code).english for code in codes.values_list("language", flat=True))
