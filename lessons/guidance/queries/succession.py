"""Where readers of a retired guide are led."""

from dataclasses import dataclass

from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from safeguarding.core.languages import SOURCE, interface_language

from ..addresses import address


@dataclass(frozen=True)
class _Link:
    pk: int
    slug: str
    kind: str
    language: str
    translation_of: int | None
    successor: int | None
    live: int | None

    @property
    def source(self) -> int:
        return self.translation_of or self.pk


def successor_address(slug: str) -> str:
    """The first in the chain that can be read, in the language of the page where it stands in it. Empty where there is
    none. A translation goes the way of its source where it has none of its own. One query, of all guides.
    """
    names = ("pk", "slug", "kind", "language", "translation_of", "successor", "live_version__id")
    links = {row[0]: _Link(*row) for row in Guide.objects.order_by("pk").values_list(*names)}
    at = next((link for link in links.values() if link.slug == slug), None)
    seen: set[int] = set()
    while at and at.pk not in seen:
        seen.add(at.pk)
        at = links.get(at.successor or links[at.source].successor or 0)
        if at and at.live:
            return _address(at, links)
    return ""


def _address(found: _Link, links: dict[int, _Link]) -> str:
    here = interface_language().code
    if found.kind == GuideKind.STAFF:
        return address("guide-detail", found.slug, language=SOURCE)
    family = [link for link in links.values() if link.live and link.source == found.source]
    mine = next((link for link in family if link.language == here), found)
    return address("guide-detail", mine.slug, language=mine.language if mine.translation_of else here)
