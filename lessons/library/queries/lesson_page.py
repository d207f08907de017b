"""What everyone may read of a lesson."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lessons.evidence.models import Finding
from safeguarding.core.languages import Language, language_of

from ..content import LessonContent
from ..enums import LessonSectionKind
from ..models import AgeBand, Guide, Lesson, LessonSection, LessonVersion, Strand, Topic
from .findings import FindingLine, finding_lines
from .lessons import topic_picture


@dataclass(frozen=True)
class ObjectiveLine:
    learn: str
    can: str


@dataclass(frozen=True)
class EditionStrands:
    edition: str
    strands: tuple[str, ...]


@dataclass(frozen=True)
class GuideLink:
    slug: str
    title: str


@dataclass(frozen=True)
class OtherLanguage:
    """The same lesson, as it is taught in another language."""

    slug: str
    language: Language


@dataclass(frozen=True)
class LessonPage:
    version_id: int
    check_minutes: int
    topic_id: int
    slug: str
    title: str
    summary: str
    band: str
    band_id: int
    age_from: int
    age_to: int
    topic: str
    topic_slug: str
    picture: str
    minutes: int
    objectives: tuple[ObjectiveLine, ...]
    home_note: str
    findings: tuple[FindingLine, ...]
    editions: tuple[EditionStrands, ...]
    guides: tuple[GuideLink, ...]
    language: Language
    others: tuple[OtherLanguage, ...]
    translated_number: int | None  # of a translation: the version of its source that it was made from
    is_starter: bool
    author: str
    approved_on: datetime.date | None
    review_by: datetime.date | None
    is_review_overdue: bool
    is_archived: bool = False


@dataclass(frozen=True)
class RetiredLesson:
    topic: str
    topic_slug: str
    topic_id: int
    is_withdrawn: bool
    guides: tuple[GuideLink, ...]


def lesson_page(slug: str) -> LessonPage | None:
    """None where no live lesson has this address. Six queries, and one for a translation."""
    home_notes = LessonSection.objects.filter(version=OuterRef("live_version__pk"), kind=LessonSectionKind.HOME_NOTE)
    lesson = (
        Lesson.objects.live()
        .with_minutes()
        .with_author()
        .annotate(home_note=Subquery(home_notes.values("body")))
        .filter(slug=slug)
        .first()
    )
    if lesson is None or lesson.live_version is None:
        return None
    version = lesson.live_version
    return LessonPage(
        version_id=version.pk,
        check_minutes=version.check_minutes,
        topic_id=lesson.topic_id,
        slug=lesson.slug,
        title=version.title,
        summary=version.summary,
        band=lesson.band.name,
        band_id=lesson.band_id,
        age_from=lesson.band.age_from,
        age_to=lesson.band.age_to,
        topic=lesson.topic.name,
        topic_slug=lesson.topic.slug,
        picture=topic_picture(lesson.topic.slug),
        minutes=lesson.minutes,
        objectives=tuple(ObjectiveLine(o.learn, o.can) for o in version.objectives.all()),
        home_note=lesson.home_note or "",
        findings=finding_lines(version.findings.all()),
        editions=_editions(version.strands.all()),
        guides=_guides(lesson.topic_id),
        language=language_of(lesson.language),
        others=_others(lesson),
        translated_number=version.translates.number if version.translates else None,
        is_starter=version.author_id is None,
        author=str(version.author) if version.author else "",
        approved_on=timezone.localdate(version.approved_at) if version.approved_by_id and version.approved_at else None,
        review_by=version.review_by,
        is_review_overdue=version.is_review_overdue,
        is_archived=lesson.is_archived,
    )


def retired_lesson(slug: str) -> RetiredLesson | None:
    """A lesson that was once published and has no live version any more. Two queries."""
    last = (
        LessonVersion.objects.was_live()
        .filter(lesson__slug=slug)
        .select_related("lesson__topic")
        .order_by("-live_from")
        .first()
    )
    if last is None or last.is_live:
        return None
    topic = last.lesson.topic
    return RetiredLesson(topic.name, topic.slug, topic.pk, last.withdrawn_at is not None, _guides(topic.pk))


def place_of_content(version: LessonVersion, content: LessonContent) -> tuple[Topic, AgeBand]:
    """No query, but one for each that is not saved yet."""
    topic, band = version.lesson.topic, version.lesson.band
    if topic.slug != content.topic:
        topic = Topic.objects.get(slug=content.topic)
    if band.slug != content.band:
        band = AgeBand.objects.get(slug=content.band)
    return topic, band


def page_of_content(version: LessonVersion, content: LessonContent) -> LessonPage:
    """The page that the version would have with this content, which may not be saved.

    Three queries, where the version was fetched with its topic and band; one more for each that it does not have yet.
    """
    topic, band = place_of_content(version, content)
    home_note = content.sections.get(LessonSectionKind.HOME_NOTE)
    strands = Strand.objects.filter(edition__slug__in={strand.split("/")[0] for strand in content.strands})
    return LessonPage(
        version_id=version.pk,
        check_minutes=content.check_minutes,
        topic_id=topic.pk,
        slug=content.slug,
        title=content.title,
        summary=content.summary,
        band=band.name,
        band_id=band.pk,
        age_from=band.age_from,
        age_to=band.age_to,
        topic=topic.name,
        topic_slug=topic.slug,
        picture=topic_picture(topic.slug),
        minutes=content.minutes,
        objectives=tuple(ObjectiveLine(objective.learn, objective.can) for objective in content.objectives),
        home_note=home_note.body if home_note else "",
        findings=finding_lines(Finding.objects.filter(code__in=content.findings)),
        editions=_editions(strands, set(content.strands)),
        guides=_guides(topic.pk),
        language=language_of(content.language),
        others=(),
        translated_number=content.translation.version if content.translation else None,
        is_starter=version.author_id is None,
        author=version.written_by,
        approved_on=timezone.localdate(version.approved_at) if version.approved_by_id and version.approved_at else None,
        review_by=content.review_by,
        is_review_overdue=content.review_by is not None and content.review_by < timezone.localdate(),
    )


def _others(lesson: Lesson) -> tuple[OtherLanguage, ...]:
    source = lesson.translation_of_id or lesson.pk
    rows = Lesson.objects.live().filter(Q(pk=source) | Q(translation_of=source)).exclude(pk=lesson.pk)
    return tuple(OtherLanguage(row.slug, language_of(row.language)) for row in rows.order_by("language"))


def _editions(rows: QuerySet[Strand], chosen: Iterable[str] | None = None) -> tuple[EditionStrands, ...]:
    """One query. `chosen` are the strands to keep, by edition and slug; all of them where it is None."""
    ordered = rows.select_related("edition__framework").order_by(
        "edition__framework__name", "edition__name", "position"
    )
    strands = [s for s in ordered if chosen is None or f"{s.edition.slug}/{s.slug}" in chosen]
    named = [(edition_name(strand.edition.framework.name, strand.edition.name), strand.name) for strand in strands]
    return tuple(
        EditionStrands(edition, tuple(name for _, name in group))
        for edition, group in groupby(named, lambda row: row[0])
    )


def edition_name(framework: str, edition: str) -> str:
    """The framework's name once, although an edition may repeat it, or a part of it."""
    if edition.startswith(framework):
        return edition
    return framework if edition.casefold() in framework.casefold() else f"{framework}: {edition}"


def _guides(topic_id: int) -> tuple[GuideLink, ...]:
    rows = Guide.objects.listed().sources().filter(topic=topic_id).order_by("kind", "slug")
    return tuple(GuideLink(guide.slug, guide.live_version.title) for guide in rows if guide.live_version)
