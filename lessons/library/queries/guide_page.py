"""A guide as its readers meet it, in the order that helps them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext

from lessons.evidence.models import Finding
from safeguarding.core.languages import INTERFACE, SOURCE, Language, interface_language, language_of

from ..content import GuideContent
from ..enums import GuideKind, GuideSectionKind
from ..models import GuideVersion, Topic
from .documents import DocumentLine, documents_numbered
from .findings import FindingLine, finding_lines
from .lessons import LessonLink, lessons_of_topic

# Somebody whose child is in trouble needs today's steps and the right words before the background.
WHEN_WORRIED = (
    GuideSectionKind.WHAT,
    GuideSectionKind.HAPPENED,
    GuideSectionKind.NOT_TO_SAY,
    GuideSectionKind.TALK,
    GuideSectionKind.SIGNS,
    GuideSectionKind.CHILDREN_SAY,
    GuideSectionKind.SETTINGS,
)
ORDER: dict[str, tuple[GuideSectionKind, ...]] = {
    GuideKind.TOPIC: WHEN_WORRIED,
    GuideKind.SITUATION: WHEN_WORRIED,
    GuideKind.GENERAL: (
        GuideSectionKind.WHAT,
        GuideSectionKind.TALK,
        GuideSectionKind.NOT_TO_SAY,
        GuideSectionKind.SETTINGS,
        GuideSectionKind.SIGNS,
        GuideSectionKind.CHILDREN_SAY,
        GuideSectionKind.HAPPENED,
    ),
    GuideKind.STAFF: GuideKind.STAFF.sections,
}


@dataclass(frozen=True)
class Section:
    """`language` is that of the heading: a guide may stand in one in which we have no headings."""

    language: str
    kind: str
    heading: str
    body: str

    @property
    def is_happened(self) -> bool:
        return self.kind == GuideSectionKind.HAPPENED


@dataclass(frozen=True)
class LanguageLink:
    """`language` is that of what stands there; `is_here` where it is the page itself."""

    language: Language
    url: str
    is_here: bool = False


@dataclass(frozen=True)
class Translated:
    """What a translation says of itself: the version of the source that it was made from."""

    title: str
    language: Language
    url: str  # empty where the source cannot be read any more
    number: int
    is_behind: bool  # the source says something else by now


@dataclass(frozen=True)
class GuidePage:
    """What follows the review is empty at the desk, where the page is not live yet."""

    slug: str
    language: Language
    title: str
    summary: str
    kind: str
    topic_id: int | None
    topic: str
    topic_slug: str
    age_from: int
    age_to: int
    sections: tuple[Section, ...]
    findings: tuple[FindingLine, ...]
    lessons: tuple[LessonLink, ...]
    is_starter: bool
    approved_on: datetime.date | None
    review_by: datetime.date | None
    is_review_overdue: bool
    documents: tuple[DocumentLine, ...]
    version_id: int
    is_archived: bool = False
    url: str = ""  # its one address
    in_my_language: str = ""  # where it stands in the language of the page; empty where that is here, or nowhere
    others: tuple[LanguageLink, ...] = ()  # its text in other languages
    pages: tuple[LanguageLink, ...] = ()  # a page with its own words in each language, and the best text for it
    translated: Translated | None = None
    published_at: datetime.datetime | None = None  # for the first time
    changed_at: datetime.datetime | None = None  # since when this version is live

    @property
    def is_in_another_language(self) -> bool:
        """Than the page's own words."""
        return self.language != interface_language()

    @property
    def is_for_staff(self) -> bool:
        return self.kind == GuideKind.STAFF

    @property
    def has_steps(self) -> bool:
        return any(section.is_happened for section in self.sections)


def in_readers_order(kind: str, bodies: Mapping[str, str], language: str = SOURCE) -> tuple[Section, ...]:
    """The sections that are there, with headings in the language of the guide where we have them in it.

    `bodies` are by the kind of section.
    """
    code = language if language in INTERFACE else SOURCE
    with translation.override(code):
        return tuple(
            Section(code, section, gettext(section.label), bodies[section])
            for section in ORDER[kind]
            if section in bodies
        )


def guide_page_of_content(version: GuideVersion, content: GuideContent) -> GuidePage:
    """The page that the version would have with this content, which may not be saved.

    Three queries, where the version was fetched with its guide and topic; one more for a topic that it does not have
    yet.
    """
    topic = version.guide.topic
    if (topic.slug if topic else None) != (content.topic or None):
        topic = Topic.objects.filter(slug=content.topic).first()
    bodies = {kind: section.body for kind, section in content.sections.items() if section.body}
    return GuidePage(
        slug=content.slug,
        language=language_of(content.language),
        title=content.title,
        summary=content.summary,
        kind=content.kind,
        topic_id=topic.pk if topic else None,
        topic=topic.name if topic else "",
        topic_slug=topic.slug if topic else "",
        age_from=content.age_from,
        age_to=content.age_to,
        sections=in_readers_order(content.kind, bodies, content.language),
        findings=finding_lines(Finding.objects.filter(code__in=content.findings)),
        lessons=lessons_of_topic(topic.pk if topic else None),
        is_starter=version.author_id is None,
        approved_on=timezone.localdate(version.approved_at) if version.approved_by_id and version.approved_at else None,
        review_by=content.review_by,
        documents=documents_numbered(content.documents),
        version_id=version.pk,
        is_review_overdue=content.review_by is not None and content.review_by < timezone.localdate(),
    )
