"""From which version of its source a translation was made. Sites count versions differently; texts they share."""

import dataclasses
import hashlib
from collections.abc import Iterable
from pathlib import Path

from lessons.library.content import Content, LessonContent
from lessons.library.models import Guide, Lesson
from lessons.library.starter_writer import write_file
from lessons.library.store import AnyVersion, held_contents, made_from
from lessons.library.yaml_lines import StarterError

from .locking import AnyIdentity
from .package_pictures import name_of, pictures_of, with_package_addresses

DIGITS = 12


def exported_text(content: Content) -> str:
    """The file as a package carries it. One query for its pictures."""
    images = pictures_of([content])
    return with_package_addresses(write_file(content, {image.pk: name_of(image) for image in images}), images)


def with_checksum(content: Content, version: AnyVersion) -> Content:
    """The content of this version, which names the text that it was made from. A few queries for a translation."""
    before = made_from(version)
    if content.translation is None or before is None:
        return content
    checksum = _checksums([before])[before]
    return dataclasses.replace(content, translation=dataclasses.replace(content.translation, checksum=checksum))


def source_here(content: Content) -> AnyIdentity | None:
    """The item here that it is a translation of. One query for a translation."""
    if content.translation is None:
        return None
    model: type[Lesson] | type[Guide] = Lesson if isinstance(content, LessonContent) else Guide
    return model._default_manager.filter(slug=content.translation.of).first()


def version_of(content: Content, source: AnyIdentity | None) -> AnyVersion | None:
    """The version of the source here that holds the text which the file names. A few queries for a translation."""
    if content.translation is None or content.translation.version is None or source is None:
        return None
    named = content.translation
    related = ("lesson__topic", "lesson__band") if isinstance(source, Lesson) else ("guide__topic",)
    versions: list[AnyVersion] = list(source.versions.select_related(*related).order_by("-number"))
    checksums = _checksums(versions)
    fitting = [v for v in versions if named.checksum in (checksums[v], v.starter_checksum[:DIGITS])]
    return next((version for version in fitting if version.number == named.version), next(iter(fitting), None))


def as_known_here(content: Content, source: AnyIdentity | None) -> Content:
    """The same, with the number that the version has here, or with none."""
    if content.translation is None:
        return content
    found = version_of(content, source)
    known = dataclasses.replace(content.translation, version=found.number if found else None, checksum="")
    return dataclasses.replace(content, translation=known)


def require_source(where: Path, content: Content, source: AnyIdentity | None, comes_along: bool) -> None:
    """Raises StarterError where what it is a translation of is neither here nor in the same package."""
    if content.translation is None:
        return
    word = "lesson" if isinstance(content, LessonContent) else "guide"
    named = content.translation.of
    if source is None and not comes_along:
        raise StarterError(where, 1, f"there is no {word} “{named}” that it could be a translation of.")
    if source is not None and source.is_translation:
        raise StarterError(where, 1, f"“{named}” is a translation itself. Name the {word} that it was made from.")
    if source is not None and source.language == content.language:
        raise StarterError(where, 1, f"it stands in the same language as “{named}”.")


def _checksums(versions: Iterable[AnyVersion]) -> dict[AnyVersion, str]:
    contents = held_contents(versions)
    return {
        version: hashlib.sha256(exported_text(_without_search_words(content)).encode()).hexdigest()[:DIGITS]
        for version, content in contents.items()
    }


def _without_search_words(content: Content) -> Content:
    """They are no part of what is translated, and change without a new version."""
    return content if isinstance(content, LessonContent) else dataclasses.replace(content, search_words=())
