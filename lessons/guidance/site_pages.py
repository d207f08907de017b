"""What parents may read, in each language, for search engines. Schools' own pages are for their families."""

import datetime
from collections.abc import Iterator
from itertools import groupby

from lessons.library.models import Guide, Topic
from safeguarding.core.languages import INTERFACE, SOURCE
from safeguarding.core.sitemaps import SitePage

from .addresses import address

PAGES = ("index", "subscribe", "leaving", "accessibility", "cookies", "privacy", "privacy-parents")
# In another language they lead back to English.
IN_ENGLISH = ("for-staff", "privacy-pupils", "privacy-staff")


def site_pages() -> Iterator[SitePage]:
    """Three queries."""
    for page in PAGES:
        yield from _in_each_language(page)
    with_guides = Guide.objects.listed().for_parents().values("topic")
    for slug in Topic.objects.filter(pk__in=with_guides).values_list("slug", flat=True):
        yield from _in_each_language("topic-detail", slug)
    guides = sorted(Guide.objects.listed().for_parents().order_by("language"), key=_family)
    for _, family in groupby(guides, key=_family):
        yield from _texts(list(family))
    for page in IN_ENGLISH:
        yield SitePage(address(page, language=SOURCE))
    for guide in Guide.objects.listed().for_staff().order_by("slug"):
        yield SitePage(address("guide-detail", guide.slug, language=SOURCE), _changed_at(guide))


def _in_each_language(page: str, *args: str) -> Iterator[SitePage]:
    paths = tuple((code, address(page, *args, language=code)) for code in INTERFACE)
    for _, path in paths:
        yield SitePage(path, languages=paths)


def _family(guide: Guide) -> int:
    """Of a guide and its translations."""
    return guide.translation_of_id or guide.pk


def _texts(family: list[Guide]) -> Iterator[SitePage]:
    paths = tuple((guide.language, address("guide-detail", guide.slug, language=guide.language)) for guide in family)
    for guide, (_, path) in zip(family, paths, strict=True):
        yield SitePage(path, _changed_at(guide), paths if len(paths) > 1 else ())


def _changed_at(guide: Guide) -> datetime.datetime | None:
    return guide.live_version.live_from if guide.live_version else None
