"""A topic as parents meet it: its guides, and what children learn about it at school."""

from dataclasses import dataclass

from lessons.library.models import Topic
from lessons.library.queries import LessonLink, lessons_of_topic

from .cards import GuideCard, guide_cards, guides_for_parents, named


@dataclass(frozen=True)
class TopicPage:
    slug: str
    name: str
    summary: str
    guides: tuple[GuideCard, ...]
    lessons: tuple[LessonLink, ...]


def topic_page(slug: str) -> TopicPage | None:
    """None where there is no such topic. Three queries."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        return None
    return TopicPage(
        slug=topic.slug,
        name=named(topic.name),
        summary=named(topic.summary),
        guides=tuple(guide_cards(guides_for_parents().filter(topic=topic).order_by("kind", "slug"))),
        lessons=lessons_of_topic(topic.pk),
    )
