"""What everyone may read of lessons and evidence, for search engines."""

from collections.abc import Iterator

from django.urls import reverse

from lessons.evidence.models import Finding, Source
from safeguarding.core.sitemaps import SitePage

from .models import Edition, Lesson, Unit


def site_pages() -> Iterator[SitePage]:
    """Five queries."""
    yield SitePage("/")
    for name in ("lesson-list", "coverage", "evidence", "glossary"):
        yield SitePage(reverse(f"library:{name}"))
    for lesson in Lesson.objects.listed().order_by("slug"):
        version = lesson.live_version
        yield SitePage(_of("lesson-detail", lesson.slug), version.live_from if version else None)
    for unit in Unit.objects.live().order_by("slug").values_list("slug", flat=True):
        yield SitePage(_of("unit-detail", unit))
    for edition in Edition.objects.order_by("slug").values_list("slug", flat=True):
        yield SitePage(_of("edition-detail", edition))
    for source in Source.objects.order_by("code").values_list("code", flat=True):
        yield SitePage(_of("source-detail", source))
    for finding in Finding.objects.order_by("code").values_list("code", flat=True):
        yield SitePage(_of("finding-detail", finding))


def _of(page: str, slug: str) -> str:
    return reverse(f"library:{page}", args=[slug])
