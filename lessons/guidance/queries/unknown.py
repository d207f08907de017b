"""What somebody may have meant who came to an address of parents' pages at which nothing ever stood."""

from dataclasses import dataclass

from lessons.library.models import Guide, Topic
from lessons.library.nearest import nearest
from safeguarding.core.languages import SOURCE, interface_language

from ..addresses import address
from .cards import guide_cards, guides_for_parents, named


@dataclass(frozen=True)
class NearPage:
    """`language` is that of the title."""

    title: str
    url: str
    language: str


def near_guides(asked: str) -> list[NearPage]:
    """Staff's too where the page is in English, as they are. One query."""
    here = interface_language().code
    guides = Guide.objects.listed().read_in(here) if here == SOURCE else guides_for_parents()
    cards = {card.slug: card for card in guide_cards(guides.order_by("slug"))}
    titles = {slug: card.title for slug, card in cards.items()}
    return [NearPage(cards[slug].title, cards[slug].url, cards[slug].language) for slug in nearest(asked, titles)]


def near_topics(asked: str) -> list[NearPage]:
    """One query."""
    here = interface_language().code
    names = {slug: named(name) for slug, name in Topic.objects.values_list("slug", "name")}
    return [NearPage(names[s], address("topic-detail", s, language=here), here) for s in nearest(asked, names)]
