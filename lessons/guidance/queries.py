from dataclasses import dataclass

from django.utils import timezone

from lessons.library.enums import GuideKind
from lessons.library.models import Guide, GuideVersion
from lessons.library.queries import (
    GuidePage,
    documents_of_guide,
    finding_lines,
    in_readers_order,
    lessons_of_topic,
    topic_picture,
)
from lessons.library.querysets import GuideQuerySet


@dataclass(frozen=True)
class GuideCard:
    slug: str
    title: str
    summary: str
    kind: str
    topic: str
    picture: str
    age_from: int
    age_to: int


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
class RetiredGuide:
    topic: str
    topic_id: int | None
    is_withdrawn: bool
    is_for_staff: bool
    others: tuple[GuideCard, ...]


def guide_shelves() -> GuideShelves:
    """One query."""
    cards = _cards(Guide.objects.listed().for_parents().order_by("topic__position", "slug"))
    return GuideShelves(
        situations=tuple(card for card in cards if card.kind == GuideKind.SITUATION),
        topics=tuple(card for card in cards if card.kind == GuideKind.TOPIC),
        general=tuple(card for card in cards if card.kind == GuideKind.GENERAL),
    )


def guides_for_age(age: int) -> list[GuideCard]:
    """What to do when something has happened comes first, then the topics. One query."""
    cards = _cards(Guide.objects.listed().for_parents().for_age(age).order_by("topic__position", "slug"))
    order = (GuideKind.SITUATION, GuideKind.TOPIC, GuideKind.GENERAL)
    return sorted(cards, key=lambda card: order.index(GuideKind(card.kind)))


def guides_with_words(words: str) -> list[GuideCard]:
    """The best first. One query."""
    return _cards(Guide.objects.listed().for_parents().best_first(words))


def staff_guides() -> list[GuideCard]:
    """One query."""
    return _cards(Guide.objects.listed().for_staff().order_by("slug"))


def guide_page(slug: str) -> GuidePage | None:
    """None where no live guide has this address. Five queries."""
    guide = Guide.objects.live().filter(slug=slug).first()
    if guide is None or guide.live_version is None:
        return None
    version = guide.live_version
    bodies = {section.kind: section.body for section in version.sections.all() if section.body}
    return GuidePage(
        slug=guide.slug,
        title=version.title,
        summary=version.summary,
        kind=guide.kind,
        topic_id=guide.topic_id,
        topic=guide.topic.name if guide.topic else "",
        topic_slug=guide.topic.slug if guide.topic else "",
        age_from=guide.age_from,
        age_to=guide.age_to,
        sections=in_readers_order(guide.kind, bodies),
        findings=finding_lines(version.findings.all()),
        lessons=tuple(lessons_of_topic(guide.topic_id)),
        documents=documents_of_guide(version.pk),
        is_starter=version.author_id is None,
        approved_on=timezone.localdate(version.approved_at) if version.approved_by_id and version.approved_at else None,
        review_by=version.review_by,
        is_review_overdue=version.is_review_overdue,
        is_archived=guide.is_archived,
    )


def retired_guide(slug: str) -> RetiredGuide | None:
    """A guide that was once published and has no live version any more. Two queries."""
    shown = GuideVersion.objects.was_live().filter(guide__slug=slug)
    last = shown.select_related("guide__topic").order_by("-live_from").first()
    if last is None or last.is_live:
        return None
    guide = last.guide
    others = Guide.objects.listed().filter(topic=guide.topic_id)
    others = others.for_staff() if guide.kind == GuideKind.STAFF else others.for_parents()
    return RetiredGuide(
        topic=guide.topic.name if guide.topic else "",
        topic_id=guide.topic_id,
        is_withdrawn=last.withdrawn_at is not None,
        is_for_staff=guide.kind == GuideKind.STAFF,
        others=tuple(_cards(others.order_by("kind", "slug"))),
    )


def _cards(guides: GuideQuerySet) -> list[GuideCard]:
    return [
        GuideCard(
            slug=guide.slug,
            title=guide.live_version.title,
            summary=guide.live_version.summary,
            kind=guide.kind,
            topic=guide.topic.name if guide.topic else "",
            picture=topic_picture(guide.topic.slug) if guide.topic else "",
            age_from=guide.age_from,
            age_to=guide.age_to,
        )
        for guide in guides
        if guide.live_version
    ]
