"""Packages out: any of the library as a zip of the starter format."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from lessons.library.content import LessonContent
from lessons.library.starter_writer import write_file
from lessons.library.store import AnyIdentity, AnyVersion, held_contents, placed
from safeguarding.accounts.models import User

from .. import rules
from ..enums import Kind
from ..errors import EditorialError, NotAllowed
from .locking import record_step
from .made_from import with_checksum
from .package_archive import write_archive
from .package_pictures import name_of, packed, pictures_of, with_package_addresses

NOT_EDITOR = "Packages are for editors. Ask an operator to make you one."


@transaction.atomic
def export_package(*, actor: User, items: Iterable[AnyIdentity], newest: bool = False) -> bytes:
    """`package_of` for an editor, recorded. Raises NotAllowed, EditorialError where there is nothing or too much."""
    if not rules.can_write(actor):
        raise NotAllowed(NOT_EDITOR)
    versions = _chosen(items, newest)
    data = _package_of(versions)
    for version in versions:
        record_step(actor, "exported", version)
    return data


def package_of(items: Iterable[AnyIdentity], *, newest: bool = False) -> bytes:
    """The live version of each, or the newest; what has none is left out. The same bytes for the same content.

    Eight queries at most, however many items. Raises EditorialError where there is nothing or too much.
    """
    return _package_of(_chosen(items, newest))


def _package_of(versions: Iterable[AnyVersion]) -> bytes:
    contents = [with_checksum(content, version) for version, content in held_contents(versions).items()]
    if not contents:
        raise EditorialError("None of this is live, so there is nothing to export. Choose the newest versions instead.")
    images = pictures_of(contents)
    names = {image.pk: name_of(image) for image in images}
    files = packed(images)
    for content in contents:
        folder = Kind.LESSONS if isinstance(content, LessonContent) else Kind.GUIDES
        text = with_package_addresses(write_file(content, names), images)
        files[f"{folder}/{content.slug}.md"] = text.encode()
    return write_archive(files)


def _chosen(items: Iterable[AnyIdentity], newest: bool) -> list[AnyVersion]:
    """In the order of the items. Two queries."""
    wanted = list(items)
    found: dict[AnyIdentity, AnyVersion] = {}
    for kind in Kind:
        versions: Any = kind.version_model._default_manager
        newer = versions.filter(**{kind.word: OuterRef(kind.word)}, number__gt=OuterRef("number"))
        chosen = versions.filter(~Exists(newer)) if newest else versions.live()
        chosen = chosen.filter(
            **{f"{kind.word}__in": [item for item in wanted if isinstance(item, kind.identity_model)]}
        )
        found |= {version.identity: version for version in placed(chosen)}
    return [found[item] for item in wanted if item in found]
