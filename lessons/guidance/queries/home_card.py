"""A lesson on one page, for home."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from lessons.library.enums import LessonSectionKind
from lessons.library.models import Lesson, LessonSection
from safeguarding.core.languages import Language, interface_language, language_of

from ..addresses import address
from .cards import named
from .talk import TopicGuide, about_topics, topic_guides, with_talk


@dataclass(frozen=True)
class HomeCard:
    """`leads_to` is the path to read on at: the guide of its topic for this age, or else all guides."""

    slug: str
    language: Language
    title: str
    summary: str
    topic_id: int
    topic: str
    age_from: int
    age_to: int
    outcomes: tuple[str, ...]
    home_note: str
    guide: TopicGuide | None
    leads_to: str


def home_card(slug: str) -> HomeCard | None:
    """None where no live lesson has this address. Two queries."""
    notes = LessonSection.objects.filter(version=OuterRef("live_version__pk"), kind=LessonSectionKind.HOME_NOTE)
    rows = list(Lesson.objects.live().filter(slug=slug).by_outcome().annotate(home_note=Subquery(notes.values("body"))))
    if not rows or rows[0].live_version is None:
        return None
    lesson = rows[0]
    guide = topic_guides(with_talk().filter(about_topics([lesson.topic_id]))).get(lesson.topic_id)
    if guide and not guide.fits(lesson.band.age_from, lesson.band.age_to):
        guide = None
    return HomeCard(
        slug=lesson.slug,
        language=language_of(lesson.language),
        title=lesson.live_version.title,
        summary=lesson.live_version.summary,
        topic_id=lesson.topic_id,
        topic=named(lesson.topic.name),
        age_from=lesson.band.age_from,
        age_to=lesson.band.age_to,
        outcomes=tuple(row.outcome for row in rows if row.outcome),
        home_note=lesson.home_note or "",
        guide=guide,
        leads_to=guide.url if guide else address("index", language=interface_language().code),
    )
