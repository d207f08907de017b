"""The ways in: what has happened, the child's age, a topic, words, another language."""

from dataclasses import dataclass
from itertools import groupby

from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from safeguarding.core.languages import INTERFACE, SOURCE, Language, language_of

from .cards import GuideCard, guide_card, guide_cards, guides_for_parents


@dataclass(frozen=True)
class GuideShelves:
    """All guides, by the way in that leads to them."""

    situations: tuple[GuideCard, ...]
    topics: tuple[GuideCard, ...]
    general: tuple[GuideCard, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.situations or self.topics or self.general)


@dataclass(frozen=True)
class OtherGuides:
    """Those that can be read in a language in which these pages have no words of their own."""

    language: Language
    guides: tuple[GuideCard, ...]


def guide_shelves() -> GuideShelves:
    """One query."""
    cards = guide_cards(guides_for_parents().order_by("topic__position", "slug"))
    return GuideShelves(
        situations=tuple(card for card in cards if card.kind == GuideKind.SITUATION),
        topics=tuple(card for card in cards if card.kind == GuideKind.TOPIC),
        general=tuple(card for card in cards if card.kind == GuideKind.GENERAL),
    )


def guides_for_age(age: int) -> list[GuideCard]:
    """What to do when something has happened comes first, then the topics. One query."""
    cards = guide_cards(guides_for_parents().for_age(age).order_by("topic__position", "slug"))
    order = (GuideKind.SITUATION, GuideKind.TOPIC, GuideKind.GENERAL)
    return sorted(cards, key=lambda card: order.index(GuideKind(card.kind)))


def guides_with_words(words: str) -> list[GuideCard]:
    """The best first. One query."""
    return guide_cards(guides_for_parents().best_first(words))


def staff_guides() -> list[GuideCard]:
    """One query."""
    return guide_cards(Guide.objects.listed().for_staff().read_in(SOURCE).order_by("slug"))


def guides_in_other_languages() -> tuple[OtherGuides, ...]:
    """By the language's own name. One query."""
    rows = Guide.objects.listed().for_parents().exclude(language__in=INTERFACE).order_by("language", "slug")
    found = [
        OtherGuides(language_of(code), tuple(guide_card(guide, SOURCE) for guide in group))
        for code, group in groupby(rows, key=lambda guide: guide.language)
    ]
    return tuple(sorted(found, key=lambda other: other.language.name))
