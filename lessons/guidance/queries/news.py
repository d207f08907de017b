"""What has gone live for parents, the newest first: for the feeds, and for those who asked for an e-mail."""

import datetime
from dataclasses import dataclass

from django.utils import translation

from lessons.library.models import Guide
from lessons.library.querysets import GuideQuerySet

from ..addresses import address
from .cards import guides_for_parents

MOST_IN_A_FEED = 50


@dataclass(frozen=True)
class GuideNews:
    """`url` keeps the language of the page; `language` is that of the guide's own text."""

    url: str
    language: str
    title: str
    summary: str
    topic_id: int | None
    changed_at: datetime.datetime


def latest_guides(language: str, topic_id: int | None = None) -> list[GuideNews]:
    """At most fifty; of one topic where it is named. One query."""
    guides = _newest(language)
    if topic_id is not None:
        guides = guides.filter(topic=topic_id)
    return _news(guides[:MOST_IN_A_FEED], language)


def guides_gone_live(language: str, since: datetime.datetime, until: datetime.datetime) -> list[GuideNews]:
    """After `since`, and not after `until`. One query."""
    return _news(_newest(language).gone_live(since, until), language)


def _newest(language: str) -> GuideQuerySet:
    with translation.override(language):
        return guides_for_parents().newest_first()


def _news(guides: GuideQuerySet, language: str) -> list[GuideNews]:
    return [_one(guide, language) for guide in guides]


def _one(guide: Guide, language: str) -> GuideNews:
    version = guide.live_version
    if version is None or version.live_from is None:
        raise ValueError("Only a live guide is news.")
    return GuideNews(
        url=address("guide-detail", guide.slug, language=language),
        language=guide.language,
        title=version.title,
        summary=version.summary,
        topic_id=guide.topic_id,
        changed_at=version.live_from,
    )
