from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from lessons.library.enums import GuideKind
from lessons.library.models import Guide, GuideVersion
from lessons.library.queries import (
    GuidePage,
    LanguageLink,
    Translated,
    documents_of_guide,
    finding_lines,
    in_readers_order,
    lessons_of_topic,
    topic_picture,
)
from lessons.library.querysets import GuideQuerySet
from safeguarding.core.languages import INTERFACE, SOURCE, Language, interface_language, language_of

from .addresses import address


@dataclass(frozen=True)
class GuideCard:
    """`language` is that of the title and the summary; the address keeps the language of the page."""

    slug: str
    url: str
    language: str
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
class OtherGuides:
    """Those that can be read in a language in which these pages have no words of their own."""

    language: Language
    guides: tuple[GuideCard, ...]


@dataclass(frozen=True)
class RetiredGuide:
    topic: str
    topic_id: int | None
    is_withdrawn: bool
    is_for_staff: bool
    others: tuple[GuideCard, ...]


def guide_shelves() -> GuideShelves:
    """One query."""
    cards = _cards(_for_parents().order_by("topic__position", "slug"))
    return GuideShelves(
        situations=tuple(card for card in cards if card.kind == GuideKind.SITUATION),
        topics=tuple(card for card in cards if card.kind == GuideKind.TOPIC),
        general=tuple(card for card in cards if card.kind == GuideKind.GENERAL),
    )


def guides_for_age(age: int) -> list[GuideCard]:
    """What to do when something has happened comes first, then the topics. One query."""
    cards = _cards(_for_parents().for_age(age).order_by("topic__position", "slug"))
    order = (GuideKind.SITUATION, GuideKind.TOPIC, GuideKind.GENERAL)
    return sorted(cards, key=lambda card: order.index(GuideKind(card.kind)))


def guides_with_words(words: str) -> list[GuideCard]:
    """The best first. One query."""
    return _cards(_for_parents().best_first(words))


def staff_guides() -> list[GuideCard]:
    """One query."""
    return _cards(Guide.objects.listed().for_staff().read_in(SOURCE).order_by("slug"))


def guides_in_other_languages() -> tuple[OtherGuides, ...]:
    """By the language's own name. One query."""
    rows = Guide.objects.listed().for_parents().exclude(language__in=INTERFACE).order_by("language", "slug")
    found = [
        OtherGuides(language_of(code), tuple(_card(guide, SOURCE) for guide in group))
        for code, group in groupby(rows, key=lambda guide: guide.language)
    ]
    return tuple(sorted(found, key=lambda other: other.language.name))


def guide_page(slug: str) -> GuidePage | None:
    """None where no live guide has this address. Six queries, and one for a translation."""
    guide = Guide.objects.live().filter(slug=slug).first()
    if guide is None or guide.live_version is None:
        return None
    version = guide.live_version
    family = list(
        Guide.objects.live()
        .filter(Q(pk=guide.translation_of_id or guide.pk) | Q(translation_of=guide.translation_of_id or guide.pk))
        .order_by("language")
    )
    here = interface_language().code
    bodies = {section.kind: section.body for section in version.sections.all() if section.body}
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
    here = interface_language().code
    others = Guide.objects.listed().filter(topic=guide.topic_id)
    others = (others.for_staff() if guide.kind == GuideKind.STAFF else others.for_parents()).read_in(here)
    return RetiredGuide(
        topic=named(guide.topic.name if guide.topic else ""),
        topic_id=guide.topic_id,
        is_withdrawn=last.withdrawn_at is not None,
        is_for_staff=guide.kind == GuideKind.STAFF,
        others=tuple(_cards(others.order_by("kind", "slug"))),
    )


def named(name: str) -> str:
    """The name of a topic or a country in the language of the page, where we know it."""
    return gettext(name) if name else ""


def _for_parents() -> GuideQuerySet:
    """Each guide once: in the language of the page, or else as it was first written."""
    return Guide.objects.listed().for_parents().read_in(interface_language().code)


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


def _cards(guides: GuideQuerySet) -> list[GuideCard]:
    here = interface_language().code
    return [_card(guide, here) for guide in guides]


def _card(guide: Guide, page_language: str) -> GuideCard:
    """Of a live guide."""
    version = guide.live_version
    if version is None:
        raise ValueError("Only a live guide has a card.")
    return GuideCard(
        slug=guide.slug,
        url=address("guide-detail", guide.slug, language=page_language),
        language=guide.language,
        title=version.title,
        summary=version.summary,
        kind=guide.kind,
        topic=named(guide.topic.name if guide.topic else ""),
        picture=topic_picture(guide.topic.slug) if guide.topic else "",
        age_from=guide.age_from,
        age_to=guide.age_to,
    )
