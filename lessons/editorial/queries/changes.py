"""A version beside another one: what a reviewer reads first."""

from collections.abc import Sequence
from dataclasses import dataclass

from lessons.library.differences import Comparison
from lessons.library.queries import compare_versions
from lessons.library.store import AnyVersion

from ..enums import Kind
from .version import live_of, numbered


@dataclass(frozen=True)
class ChangesPage:
    """`against` and `comparison` are None where there is nothing to compare with yet."""

    kind: Kind
    slug: str
    version: AnyVersion
    live: AnyVersion | None
    against: AnyVersion | None
    comparison: Comparison | None
    has_others: bool

    @property
    def is_live(self) -> bool:
        return self.live is not None and self.live.pk == self.version.pk

    @property
    def is_against_live(self) -> bool:
        return self.live is not None and self.live == self.against


def changes_page(
    kind: Kind, slug: str, versions: Sequence[AnyVersion], version: AnyVersion, against: int | None
) -> ChangesPage:
    """Of the versions of `get_versions`. Five queries for a lesson, two for a guide, however much they hold."""
    found = numbered(versions, against) if against is not None else None
    return ChangesPage(
        kind=kind,
        slug=slug,
        version=version,
        live=live_of(versions),
        against=found,
        comparison=compare_versions(found, version) if found else None,
        has_others=len(versions) > 1,
    )
