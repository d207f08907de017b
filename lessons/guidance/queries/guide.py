"""A guide as its readers meet it, and what is said where it is gone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from lessons.evidence.models import Finding
from lessons.library.enums import GuideKind
from lessons.library.models import Guide, GuideSection, GuideVersion
from lessons.library.queries import (
    FindingLine,
    GuidePage,
    LanguageLink,
    LessonLink,
    Translated,
    document_rows,
    documents_in,
    finding_rows,
    in_readers_order,
    lesson_rows,
)
from safeguarding.core.json_rows import JSONRows
from safeguarding.core.languages import INTERFACE, SOURCE, interface_language, language_of

from ..addresses import address
from .cards import GuideCard, guide_cards, named


@dataclass(frozen=True)
class RetiredGuide:
    topic: str
    topic_id: int | None
    is_withdrawn: bool
    is_for_staff: bool
    others: tuple[GuideCard, ...]


def guide_page(slug: str) -> GuidePage | None:
    """None where no live guide has this address. One query."""
    family = list(_family(slug))
    guide = next((one for one in family if one.slug == slug), None)
    version = guide.live_version if guide else None
    if guide is None or version is None:
        return None
    here = interface_language().code
    bodies = {section["kind"]: section["body"] for section in guide.section_rows}
    return GuidePage(
        slug=guide.slug,
        language=language_of(guide.language),
        url=_home(guide),
        in_my_language=next((_home(other) for other in family if other.language == here and other != guide), ""),
        others=tuple(LanguageLink(language_of(o.language), _home(o)) for o in family if o != guide),
        pages=_pages(guide, family),
        translated=_translated(guide, family),
        title=version.title,
        summary=version.summary,
        kind=guide.kind,
        topic_id=guide.topic_id,
        topic=named(guide.topic.name if guide.topic else ""),
        topic_slug=guide.topic.slug if guide.topic else "",
        age_from=guide.age_from,
        age_to=guide.age_to,
        sections=in_readers_order(guide.kind, bodies, guide.language),
        findings=tuple(FindingLine(**row) for row in guide.finding_rows),
        lessons=tuple(LessonLink(**row) for row in guide.lesson_rows),
        documents=documents_in(guide.document_rows),
        is_starter=version.author_id is None,
        approved_on=timezone.localdate(version.approved_at) if version.approved_by_id and version.approved_at else None,
        review_by=version.review_by,
        is_review_overdue=version.is_review_overdue,
        is_archived=guide.is_archived,
        version_id=version.pk,
        published_at=guide.published_at,
        changed_at=version.live_from,
    )


def guide_title(slug: str) -> str | None:
    """Of what is live at this address; empty where it was live once; None where it never was. Two queries at most."""
    shown = GuideVersion.objects.was_live().filter(guide__slug=slug)
    title = shown.live().values_list("title", flat=True).first()
    return title if title is not None else ("" if shown.exists() else None)


def _family(slug: str) -> QuerySet[Any]:
    """The live guide with this address and all that is on its page, and the same guide in other languages."""
    sources = Guide.objects.filter(slug=slug).order_by().values(source=Coalesce("translation_of", "pk"))
    version = OuterRef("live_version__pk")
    parts = {
        "section_rows": JSONRows(
            GuideSection.objects.filter(version=version).exclude(body=""), kind="kind", body="body"
        ),
        "finding_rows": finding_rows(Finding.objects.filter(guideversions=version)),
        "document_rows": document_rows(version),
        "lesson_rows": lesson_rows(OuterRef("topic")),
    }
    first = GuideVersion.objects.filter(guide=OuterRef("pk"), live_from__isnull=False).order_by("live_from")
    return (
        Guide.objects.live()
        .annotate(published_at=Subquery(first.values("live_from")[:1]))
        .filter(Q(pk__in=sources) | Q(translation_of__in=sources))
        .select_related("live_version__translates")  # type: ignore[misc]  # a path of the manager
        .annotate(**{name: Case(When(slug=slug, then=rows)) for name, rows in parts.items()})
        .order_by("language")
    )


def retired_guide(slug: str) -> RetiredGuide | None:
    """A guide that was once published and has no live version any more. Two queries."""
    shown = GuideVersion.objects.was_live().filter(guide__slug=slug)
    last = shown.select_related("guide__topic").order_by("-live_from").first()
    if last is None or last.is_live:
        return None
    guide = last.guide
    here = interface_language().code
    others = Guide.objects.listed().filter(topic=guide.topic_id)
    others = (others.for_staff() if guide.kind == GuideKind.STAFF else others.for_parents()).read_in(here)
    return RetiredGuide(
        topic=named(guide.topic.name if guide.topic else ""),
        topic_id=guide.topic_id,
        is_withdrawn=last.withdrawn_at is not None,
        is_for_staff=guide.kind == GuideKind.STAFF,
        others=tuple(guide_cards(others.order_by("kind", "slug"))),
    )


def _home(guide: Guide) -> str:
    """The one address of a guide: that of staff is English, as all that is for schools."""
    return address("guide-detail", guide.slug, language=SOURCE if guide.kind == GuideKind.STAFF else guide.language)


def _pages(guide: Guide, family: list[Guide]) -> tuple[LanguageLink, ...]:
    if guide.kind == GuideKind.STAFF:
        return ()
    here = interface_language().code
    source = next((other for other in family if not other.is_translation), guide)
    texts = {other.language: other for other in family}
    return tuple(
        LanguageLink(
            language_of(code), address("guide-detail", texts.get(code, source).slug, language=code), code == here
        )
        for code in INTERFACE
    )


def _translated(guide: Guide, family: list[Guide]) -> Translated | None:
    version = guide.live_version
    if version is None or version.translates is None:
        return None
    source = next((other for other in family if other.pk == guide.translation_of_id), None)
    live = source.live_version if source else None
    return Translated(
        title=version.translates.title,
        language=language_of(source.language if source else SOURCE),
        url=_home(source) if source else "",
        number=version.translates.number,
        is_behind=live is not None and live.pk != version.translates_id,
    )
