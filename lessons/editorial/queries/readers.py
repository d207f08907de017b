from lessons.library.enums import GuideKind
from lessons.library.models import Guide


def possible_successors(guide: Guide) -> dict[str, Guide]:
    """Live guides for the same readers, as they were first written, by title; not the guide itself. One query.

    Where two have one title, their addresses tell them apart.
    """
    live = Guide.objects.live().sources().exclude(pk__in=[pk for pk in (guide.pk, guide.translation_of_id) if pk])
    for_same = live.for_staff() if guide.kind == GuideKind.STAFF else live.for_parents()
    found: dict[str, Guide] = {}
    for other in for_same.order_by("live_version__title", "slug"):
        title = other.live_version.title if other.live_version else other.slug
        found[f"{title} ({other.slug})" if title in found else title] = other
    return found
