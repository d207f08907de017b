"""Packages in: lessons and guides from a package, as drafts (out: `package_export`).

A package is a zip of starter files (docs/starter-format.md) with the uploaded pictures that they show.
"""

import dataclasses
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.image_store import ImageRefused, addresses_of, delete_files, store_image
from lessons.library.models import AgeBand, Guide, Image, Topic
from lessons.library.search_words import separated
from lessons.library.starter_files import decoded, parse_guide, parse_lesson
from lessons.library.starter_writer import write_file
from lessons.library.store import AnyVersion, content_of, held_content, write_content
from lessons.library.yaml_lines import StarterError
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..checks import Reference, load_reference
from ..enums import Kind
from ..errors import NotAllowed, WrongStatus
from .known_names import KnownNames, known_names
from .locking import AnyIdentity, record_step
from .made_from import as_known_here, require_source, source_here, version_of
from .package_archive import ArchiveRefused, Refusal, read_archive
from .package_export import NOT_EDITOR
from .package_limits import first_limit
from .package_pictures import (
    PackagePicture,
    file_name,
    read_pictures,
    shows,
    with_local_addresses,
)
from .search_words import put_search_words
from .translating import create_translation, set_made_from
from .writing import create_guide, create_lesson, start_draft


@dataclass(frozen=True)
class PackageItem:
    """A lesson or guide of a package. `identity` is where it stands here already."""

    kind: Kind
    path: str
    content: Content
    identity: AnyIdentity | None = None

    @property
    def slug(self) -> str:
        return self.content.slug

    @property
    def title(self) -> str:
        return self.content.title


@dataclass
class PackageReport:
    """What an import would do, or has done."""

    checksum: str  # SHA-256 of the package
    new: list[PackageItem] = field(default_factory=list)
    changed: list[PackageItem] = field(default_factory=list)
    same: list[PackageItem] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    new_pictures: list[str] = field(default_factory=list)  # their names in the package

    @property
    def to_write(self) -> list[PackageItem]:
        return [*self.new, *self.changed]

    @property
    def token(self) -> str:
        """Names the package and what an import would do with it now."""
        told = [[item.path for item in items] for items in (self.new, self.changed, self.same)]
        held = repr([self.checksum, told, self.refused, self.new_pictures])
        return hashlib.sha256(held.encode()).hexdigest()


def read_package(data: bytes) -> PackageReport:
    """A dry run: what an import would do now, and what it would not and why. Changes nothing."""
    return _read(data)[0]


def import_package(*, actor: User, data: bytes, expected: str = "") -> PackageReport:
    """Each new or changed item as a draft by the actor, all or none; what the dry run refuses is left out.

    `expected`: the token of the dry run that the actor has seen. Raises NotAllowed, ArchiveRefused, WrongStatus
    where the library has moved on since.
    """
    if not rules.can_write(actor):
        raise NotAllowed(NOT_EDITOR)
    stored: list[Image] = []
    try:
        with transaction.atomic():
            return _import(actor, data, expected, stored)
    except BaseException:
        for image in stored:
            delete_files(image)
        raise


def _import(actor: User, data: bytes, expected: str, stored: list[Image]) -> PackageReport:
    report, pictures, texts = _read(data)
    if expected and report.token != expected:
        raise WrongStatus("The library has changed since you saw what the package would do. Look at it once more.")
    for name in report.new_pictures:
        image = _store(actor, pictures[name])
        stored.append(image)
        pictures[name] = dataclasses.replace(pictures[name], number=image.pk, addresses=addresses_of(image))
    for item in report.to_write:
        content = _parse(item.path, texts[item.path], pictures)
        source = source_here(content)
        version = _begin(actor, item, content, source)
        if item.identity is None and isinstance(content, GuideContent):
            put_search_words(version.identity, content.search_words)
        # Documents do not travel: those that are here stay where they are.
        write_content(version, dataclasses.replace(content, documents=content_of(version).documents))
        if source:
            set_made_from(version, version_of(content, source))
        record_step(actor, "imported", version, f"From a package with the checksum {report.checksum}.")
    if report.to_write:
        counts = f"{len(report.new)} new, {len(report.changed)} changed, {len(stored)} pictures"
        record(
            actor=actor,
            action="imported",
            object_type="package",
            object_id=0,
            object_label=f"Package {report.checksum[:12]}: {counts}",
            reason=f"Checksum {report.checksum}.",
        )
    return report


def _store(actor: User, picture: PackagePicture) -> Image:
    try:
        return store_image(actor=actor, file=io.BytesIO(picture.data), name=file_name(picture), **picture.details)
    except ImageRefused as error:
        raise ArchiveRefused(picture.name, str(error)) from error


def _begin(actor: User, item: PackageItem, content: Content, source: AnyIdentity | None) -> AnyVersion:
    """A draft that has still to be filled. Raises EditorialError where somebody else was quicker."""
    if item.identity is not None:
        return start_draft(actor=actor, identity=item.identity)
    if source is not None:
        return create_translation(
            actor=actor, source=source, language=content.language, slug=content.slug, title=content.title
        )
    if isinstance(content, LessonContent):
        return create_lesson(
            actor=actor,
            slug=content.slug,
            topic=Topic.objects.get(slug=content.topic),
            band=AgeBand.objects.get(slug=content.band),
            title=content.title,
            language=content.language,
        )
    topic = Topic.objects.get(slug=content.topic) if content.topic else None
    return create_guide(
        actor=actor,
        slug=content.slug,
        kind=content.kind,
        topic=topic,
        age_from=content.age_from,
        age_to=content.age_to,
        title=content.title,
        language=content.language,
    )


def _read(data: bytes) -> tuple[PackageReport, dict[str, PackagePicture], dict[str, bytes]]:
    report = PackageReport(hashlib.sha256(data).hexdigest())
    try:
        files = read_archive(data)
    except ArchiveRefused as error:
        report.refused.append(error.refusal)
        return report, {}, {}
    pictures, report.refused = read_pictures(files)
    lessons_first = sorted(files, key=lambda name: (name.startswith(Kind.GUIDES), name))
    texts = {name: files[name] for name in lessons_first if name.endswith(".md")}
    if not texts:
        report.refused.append(Refusal("package", 0, "it holds no lesson and no guide."))
    known = _Known(load_reference(), known_names(), _identities(texts))
    parsed: dict[str, Content] = {}
    for path, text in texts.items():
        try:
            parsed[path] = _parse(path, text, pictures)
        except StarterError as error:
            report.refused.append(Refusal(path, error.line, error.reason))
    for path in sorted(parsed, key=lambda path: parsed[path].translation is not None):  # what they are made from first
        try:
            _place(report, path, parsed[path], known)
        except StarterError as error:
            report.refused.append(Refusal(path, error.line, error.reason))
    report.new_pictures = sorted(
        name
        for name, picture in pictures.items()
        if picture.is_new and any(shows(item.content, picture) for item in report.to_write)
    )
    return report, pictures, texts


def _parse(path: str, data: bytes, pictures: dict[str, PackagePicture]) -> Content:
    """Raises StarterError."""
    where = Path(path)
    text = with_local_addresses(decoded(data, where), where, pictures)
    if path.startswith(Kind.LESSONS):
        return parse_lesson(text, where, {name: picture.number for name, picture in pictures.items()})
    return parse_guide(text, where)


@dataclass(frozen=True)
class _Known:
    reference: Reference
    names: KnownNames
    identities: dict[tuple[Kind, str], AnyIdentity]


def _identities(paths: Iterable[str]) -> dict[tuple[Kind, str], AnyIdentity]:
    """What stands here under the addresses of the package, with its versions. Four queries."""
    slugs = {Path(path).stem for path in paths}
    found: dict[tuple[Kind, str], AnyIdentity] = {}
    for kind in Kind:
        versions: Any = kind.version_model._default_manager.select_related("author", "edited_by")
        related = ("topic", "band") if kind is Kind.LESSONS else ("topic",)
        items: Any = kind.identity_model._default_manager.filter(slug__in=slugs).select_related(*related)
        for item in items.prefetch_related(Prefetch("versions", versions)):
            found[kind, item.slug] = item
    return found


def _place(report: PackageReport, path: str, content: Content, known: _Known) -> None:
    """Into one list of the report. Raises StarterError where it is refused."""
    where = Path(path)
    for what in known.names.missing(content):
        raise StarterError(where, 1, f"there is {what}.")
    for code in content.findings:
        if code not in known.reference.findings:
            raise StarterError(where, 1, f"there is no finding “{code}”.")
    limit = first_limit(content)
    if limit:
        raise StarterError(where, 1, limit)
    kind = Kind.LESSONS if isinstance(content, LessonContent) else Kind.GUIDES
    source = source_here(content)
    comes_along = any(
        (new.kind, new.slug) == (kind, content.translation.of) for new in report.new if content.translation
    )
    require_source(where, content, source, comes_along)
    content = as_known_here(content, source)
    identity = known.identities.get((kind, content.slug))
    item = PackageItem(kind, path, content, identity)
    if identity is None:
        report.new.append(item)
        return
    if isinstance(identity, Guide) and isinstance(content, GuideContent):  # those that are here stay
        content = dataclasses.replace(content, search_words=separated(identity.search_words))
    held = [(version, held_content(version)) for version in _readable(identity)]
    if any(_says_the_same(other, content) for _, other in held):
        report.same.append(item)
        return
    _require_free(where, identity)
    if held and _position(held[0][1]) != _position(content):
        raise StarterError(
            where, 1, "its topic, ages, kind or language differ from those here, which are fixed by now."
        )
    report.changed.append(item)


def _readable(identity: AnyIdentity) -> Iterator[AnyVersion]:
    """The newest version, and the live one where it is another."""
    versions: list[AnyVersion] = list(identity.versions.all())
    yield from (v for n, v in enumerate(versions) if n == 0 or v.is_live)


def _require_free(where: Path, identity: AnyIdentity) -> None:
    for version in identity.versions.all():
        if version.is_under_way:
            who = version.edited_by or version.author or "the starter library"
            status = version.state.label.lower()
            reason = f"version {version.number} is under way ({status}, {who}). Finish that one first."
            raise StarterError(where, 1, reason)


def _position(content: Content) -> tuple[object, ...]:
    """What belongs to the identity, and is fixed once something has been live under it."""
    made_of = content.language, content.translation.of if content.translation else None
    if isinstance(content, LessonContent):
        return content.topic, content.band, *made_of
    return content.kind, content.topic, content.age_from, content.age_to, *made_of


def _says_the_same(one: Content, other: Content) -> bool:
    return one == other or _canonical(one) == _canonical(other)  # mostly the first, which costs nothing


def _canonical(content: Content) -> str:
    """Two that are equal say the same: as files they would be alike but for the order of what they rest on."""
    changes: dict[str, Any] = {"findings": tuple(sorted(set(content.findings)))}
    numbers: dict[int, str] = {}
    if isinstance(content, LessonContent):
        changes["strands"] = tuple(sorted(set(content.strands)))
        numbers = {a.image: str(a.image) for a in content.activities if a.image is not None}
    return write_file(dataclasses.replace(content, **changes), numbers)
