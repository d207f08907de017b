"""A school's page for parents, what is printed of it, and how it is found. Only of schools that want one."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Q

from lessons.library.models import Guide
from lessons.library.queries import CountryHelp, LanguageLink
from lessons.library.queries.help import country_help
from lessons.library.querysets import MOST_SEARCH_WORDS
from lessons.teaching.dates import Span
from safeguarding.core.languages import INTERFACE, SOURCE, Language, interface_language, language_of
from safeguarding.schools.models import School

from ..addresses import address
from .school_lessons import SetLesson, TopicLessons, YearGroup, span_of, year_groups
from .talk import about_topics, topic_guides, with_talk

MOST_FOUND = 20


@dataclass(frozen=True)
class FoundSchools:
    schools: tuple[tuple[str, str], ...]  # name and slug
    are_more: bool


@dataclass(frozen=True)
class SchoolCard:
    """What anybody may know: neither the address nor the phone number that are for staff."""

    slug: str
    name: str
    lead_name: str
    lead_contact: str
    language_codes: tuple[str, ...]
    country: CountryHelp


@dataclass(frozen=True)
class YearPart:
    year: YearGroup
    topics: tuple[TopicLessons, ...]
    ahead: tuple[SetLesson, ...]


@dataclass(frozen=True)
class GuideTitle:
    title: str
    url: str


@dataclass(frozen=True)
class FamilyLanguage:
    """`guides` can be read in it; there may be none yet."""

    language: Language
    guides: tuple[GuideTitle, ...]


@dataclass(frozen=True)
class SchoolPage:
    school: SchoolCard
    span: Span
    years: tuple[YearPart, ...]
    family_languages: tuple[FamilyLanguage, ...]


@dataclass(frozen=True)
class SchoolLetter:
    """`topics` are the names of those that its years meet now."""

    school: SchoolCard
    topics: tuple[str, ...]


def find_schools(words: str) -> FoundSchools:
    """Every word stands in the name. At most twenty, by name. One query."""
    all_words = Q()
    for word in words.split()[:MOST_SEARCH_WORDS]:
        all_words &= Q(name__icontains=word)
    rows = School.objects.filter(all_words, has_parents_page=True).order_by("name", "slug")
    found = list(rows.values_list("name", "slug")[: MOST_FOUND + 1])
    return FoundSchools(tuple(found[:MOST_FOUND]), len(found) > MOST_FOUND)


def school_card(slug: str) -> SchoolCard | None:
    """None where no school with a page has this address. One query."""
    school = School.objects.filter(slug=slug, has_parents_page=True).select_related("country").first()
    return _card(school) if school else None


def school_page(slug: str, on: datetime.date) -> SchoolPage | None:
    """None where no school with a page has this address. Three queries."""
    school, span = _school_and_span(slug, on)
    if school is None or span is None:
        return None
    years = year_groups(school, span, on)
    family = school.language_codes
    topics = {lesson.topic_id for year in years for lesson in year.lessons}
    rows = list(with_talk().filter(about_topics(topics) | Q(language__in=family)).order_by("topic__position", "slug"))
    guides = topic_guides(rows)
    return SchoolPage(
        school=_card(school),
        span=span,
        years=tuple(YearPart(year, year.by_topic(guides), year.ahead) for year in years),
        family_languages=tuple(_family_language(code, rows) for code in family),
    )


def school_letter(slug: str, on: datetime.date) -> SchoolLetter | None:
    """Two queries."""
    school, span = _school_and_span(slug, on)
    if school is None or span is None:
        return None
    lessons = [lesson for year in year_groups(school, span, on) for lesson in year.lessons if lesson.is_open]
    topics = dict.fromkeys(one.topic for one in sorted(lessons, key=lambda one: one.topic_position))
    return SchoolLetter(_card(school), tuple(topics))


def languages_of_school(school: SchoolCard, page: str) -> tuple[LanguageLink, ...]:
    """English and those of its families in which these pages have words; and the one that is being read. No query."""
    here = interface_language().code
    return tuple(
        LanguageLink(language_of(code), address(page, school.slug, language=code), code == here)
        for code in INTERFACE
        if code in (SOURCE, here, *school.language_codes)
    )


def _card(school: School) -> SchoolCard:
    return SchoolCard(
        slug=school.slug,
        name=school.name,
        lead_name=school.lead_name,
        lead_contact=school.lead_contact,
        language_codes=school.language_codes,
        country=country_help(school.country),
    )


def _school_and_span(slug: str, on: datetime.date) -> tuple[School | None, Span | None]:
    """The school stands once for each of its terms. One query."""
    rows = list(
        School.objects.filter(slug=slug, has_parents_page=True)
        .select_related("country")
        .annotate(term=F("terms__name"), term_starts_on=F("terms__starts_on"), term_ends_on=F("terms__ends_on"))
        .order_by("terms__starts_on")
    )
    if not rows:
        return None, None
    terms = [Span(row.term, row.term_starts_on, row.term_ends_on) for row in rows if row.term_starts_on]
    return rows[0], span_of(rows[0], terms, on)


def _family_language(code: str, rows: list[Guide]) -> FamilyLanguage:
    theirs = [guide for guide in rows if guide.language == code and guide.live_version]
    return FamilyLanguage(
        language_of(code),
        tuple(
            GuideTitle(guide.live_version.title, address("guide-detail", guide.slug, language=code))
            for guide in theirs
            if guide.live_version
        ),
    )
