"""The ways in: what has happened, the child's age, a topic, words, another language."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from safeguarding.core.languages import INTERFACE, SOURCE, Language, interface_language, language_of

from .cards import GuideCard, guide_card, guide_cards
from .search import GuidesFound, guides_found

IN_ORDER = (GuideKind.SITUATION, GuideKind.TOPIC, GuideKind.GENERAL)


@dataclass(frozen=True)
class TopicLine:
    """A topic that has a guide; `steps` is the address of what to do today."""

    slug: str
    name: str
    steps: str


@dataclass(frozen=True)
class GuideShelves:
    """All guides, by the way in that leads to them."""

    situations: tuple[GuideCard, ...]
    topics: tuple[TopicLine, ...]
    general: tuple[GuideCard, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.situations or self.topics or self.general)


@dataclass(frozen=True)
class OtherGuides:
    """Those that can be read in a language in which these pages have no words of their own."""

    language: Language
    guides: tuple[GuideCard, ...]


@dataclass(frozen=True)
class WaysIn:
    """`for_age` and `found` are what was asked for; empty where nothing was."""

    shelves: GuideShelves
    others: tuple[OtherGuides, ...]
    for_age: tuple[GuideCard, ...]
    found: GuidesFound


def ways_in(age: int | None = None, words: str = "") -> WaysIn:
    """One query, and one more where words are looked for."""
    listed = Guide.objects.listed().for_parents().select_related("translation_of")
    everywhere = list(listed.order_by("topic__position", "slug"))
    guides = _read_in(interface_language().code, everywhere)
    cards = [guide_card(guide, interface_language().code) for guide in guides]
    return WaysIn(
        shelves=GuideShelves(
            situations=_of_kind(GuideKind.SITUATION, cards),
            topics=_topics(guides, cards),
            general=tuple(card for card in cards if _is_of_no_topic(card)),
        ),
        others=_in_other_languages(everywhere),
        for_age=() if age is None else _for_age(age, cards),
        found=guides_found(words, guides, cards) if words else GuidesFound(),
    )


def staff_guides() -> list[GuideCard]:
    """One query."""
    return guide_cards(Guide.objects.listed().for_staff().read_in(SOURCE).order_by("slug"))


def _read_in(language: str, guides: Iterable[Guide]) -> list[Guide]:
    """What `GuideQuerySet.read_in` says, of guides that are at hand. What spans all topics comes first."""
    held = list(guides)
    translated = {guide.translation_of_id for guide in held if guide.language == language}
    mine = [g for g in held if g.language == language or not (g.is_translation or g.pk in translated)]
    return sorted(mine, key=lambda guide: guide.topic_id is not None)


def _of_kind(kind: GuideKind, cards: Iterable[GuideCard]) -> tuple[GuideCard, ...]:
    return tuple(card for card in cards if card.kind == kind)


def _is_of_no_topic(card: GuideCard) -> bool:
    return card.kind == GuideKind.GENERAL or (card.kind == GuideKind.TOPIC and not card.topic)


def _topics(guides: Iterable[Guide], cards: Iterable[GuideCard]) -> tuple[TopicLine, ...]:
    """Each once, with the steps of its own guide, or else of one for a situation in it."""
    steps: dict[str, tuple[int, str]] = {}
    lines: dict[str, TopicLine] = {}
    for guide, card in zip(guides, cards, strict=True):
        if guide.topic is None:
            continue
        rank = (GuideKind.TOPIC, GuideKind.SITUATION, GuideKind.GENERAL).index(GuideKind(guide.kind))
        if guide.topic.slug not in steps or rank < steps[guide.topic.slug][0]:
            steps[guide.topic.slug] = rank, card.url
            lines[guide.topic.slug] = TopicLine(guide.topic.slug, card.topic, f"{card.url}#happened")
    return tuple(lines.values())


def _for_age(age: int, cards: Iterable[GuideCard]) -> tuple[GuideCard, ...]:
    """What to do when something has happened comes first, then the topics."""
    fitting = [card for card in cards if card.age_from <= age <= card.age_to]
    return tuple(sorted(fitting, key=lambda card: IN_ORDER.index(GuideKind(card.kind))))


def _in_other_languages(guides: Iterable[Guide]) -> tuple[OtherGuides, ...]:
    """By the language's own name."""
    rows = sorted((g for g in guides if g.language not in INTERFACE), key=lambda guide: (guide.language, guide.slug))
    found = [
        OtherGuides(language_of(code), tuple(guide_card(guide, SOURCE) for guide in group))
        for code, group in groupby(rows, key=lambda guide: guide.language)
    ]
    return tuple(sorted(found, key=lambda other: other.language.name))
