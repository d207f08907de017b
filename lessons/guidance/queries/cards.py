"""One card for each guide, in the language of the page where the guide can be read in it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from lessons.library.models import Guide
from lessons.library.queries import topic_picture
from lessons.library.querysets import GuideQuerySet
from safeguarding.core.languages import interface_language

from ..addresses import address


@dataclass(frozen=True)
class GuideCard:
    """`language` is that of the title and the summary; the address keeps the language of the page."""

    slug: str
    url: str
    language: str
    title: str
    summary: str
    kind: str
    topic: str
    picture: str
    age_from: int
    age_to: int


def named(name: str) -> str:
    """The name of a topic or a country in the language of the page, where we know it."""
    return gettext(name) if name else ""


def guides_for_parents() -> GuideQuerySet:
    """Each guide once: in the language of the page, or else as it was first written."""
    return Guide.objects.listed().for_parents().read_in(interface_language().code)


def guide_cards(guides: GuideQuerySet) -> list[GuideCard]:
    here = interface_language().code
    return [guide_card(guide, here) for guide in guides]


def guide_card(guide: Guide, page_language: str) -> GuideCard:
    """Of a live guide."""
    version = guide.live_version
    if version is None:
        raise ValueError("Only a live guide has a card.")
    return GuideCard(
        slug=guide.slug,
        url=address("guide-detail", guide.slug, language=page_language),
        language=guide.language,
        title=version.title,
        summary=version.summary,
        kind=guide.kind,
        topic=named(guide.topic.name if guide.topic else ""),
        picture=topic_picture(guide.topic.slug) if guide.topic else "",
        age_from=guide.age_from,
        age_to=guide.age_to,
    )
