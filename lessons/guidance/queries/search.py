"""What is found for everyday words among the guides that a page lists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from lessons.library.models import Guide, GuideSection
from safeguarding.core.languages import INTERFACE

from ..search import Entry, Index
from .cards import GuideCard, named


@dataclass(frozen=True)
class GuidesFound:
    """The best first. `instead`: the words that were looked for, where a typing mistake was mended."""

    guides: tuple[GuideCard, ...] = ()
    instead: str = ""


def guides_found(words: str, guides: Sequence[Guide], cards: Sequence[GuideCard]) -> GuidesFound:
    """Among these guides, fetched with their sources, each with its card. One query, for their texts."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    versions = {guide.live_version.pk: guide.pk for guide in guides if guide.live_version}
    for version, body in GuideSection.objects.filter(version__in=versions).values_list("version", "body"):
        texts[versions[version]].append(body)
    found = _index_of(tuple(_entry(guide, " ".join(texts[guide.pk])) for guide in guides)).search(words)
    by_key = {guide.pk: card for guide, card in zip(guides, cards, strict=True)}
    return GuidesFound(tuple(by_key[key] for key in found.keys), found.instead)


@lru_cache(maxsize=len(INTERFACE))
def _index_of(entries: tuple[Entry, ...]) -> Index:
    """Kept by all that is in it, so there is nothing to keep up to date."""
    return Index(entries)


def _entry(guide: Guide, body: str) -> Entry:
    """A translation is found by the words of its source too."""
    version, topic = guide.live_version, guide.topic
    source = cast("Guide | None", guide.translation_of)
    return Entry(
        key=guide.pk,
        title=version.title if version else "",
        summary=version.summary if version else "",
        own_words=f"{guide.search_words},{source.search_words if source else ''}",
        topic=f"{topic.name} {named(topic.name)}" if topic else "",
        topic_words=topic.search_words if topic else "",
        body=body,
    )
