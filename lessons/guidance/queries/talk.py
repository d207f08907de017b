"""The guide of a topic in the language of the page, with ways to open the talk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from lessons.library.enums import GuideKind, GuideSectionKind
from lessons.library.models import Guide, GuideSection
from lessons.library.querysets import GuideQuerySet
from safeguarding.core.languages import interface_language

from ..addresses import address
from ..openers import openers


@dataclass(frozen=True)
class TopicGuide:
    """`language` is that of the title and the openers; the ages are those of the children that it is about."""

    title: str
    url: str
    language: str
    age_from: int
    age_to: int
    openers: tuple[str, ...]

    def fits(self, age_from: int, age_to: int) -> bool:
        """A topic may have lessons for children who are younger than its guide is about: its words are not for them."""
        return self.age_from <= age_to and age_from <= self.age_to


def with_talk() -> GuideQuerySet:
    """Of what parents can find."""
    talks = GuideSection.objects.filter(version=OuterRef("live_version__pk"), kind=GuideSectionKind.TALK)
    guides: GuideQuerySet = Guide.objects.listed().for_parents().annotate(talk=Subquery(talks.values("body")))
    return guides


def about_topics(topic_ids: Collection[int]) -> Q:
    """In the language of the page, and as they were first written."""
    readable = Q(language=interface_language().code) | Q(translation_of__isnull=True)
    return Q(readable, kind=GuideKind.TOPIC, topic__in=topic_ids)


def topic_guides(guides: Iterable[Guide]) -> dict[int, TopicGuide]:
    """By topic: the one in the language of the page, or else as it was first written. No query."""
    here = interface_language().code
    about = [guide for guide in guides if guide.kind == GuideKind.TOPIC and guide.topic_id and guide.live_version]
    readable = [guide for guide in about if guide.language == here or not guide.is_translation]
    found: dict[int, TopicGuide] = {}
    for guide in sorted(readable, key=lambda guide: (guide.language != here, guide.slug)):
        if guide.topic_id is None or guide.live_version is None:
            continue
        found.setdefault(
            guide.topic_id,
            TopicGuide(
                guide.live_version.title,
                address("guide-detail", guide.slug, language=here),
                guide.language,
                guide.age_from,
                guide.age_to,
                openers(guide.talk or ""),  # type: ignore[attr-defined]  # annotated
            ),
        )
    return found
