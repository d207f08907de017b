import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet, Value

from lessons.evidence.models import Finding
from lessons.library.content import Content, LessonContent, pictures_in
from lessons.library.enums import Reader, Serves, TermClass
from lessons.library.image_store import addresses_of, images_at
from lessons.library.models import (
    AgeBand,
    GlossaryTerm,
    Guide,
    GuideVersion,
    HelpService,
    Image,
    Lesson,
    LessonVersion,
    Topic,
)


@dataclass(frozen=True)
class Word:
    form: str
    term: str
    instead: str
    reason: str
    is_avoided: bool
    audience: str = Reader.EVERYONE

    def is_for(self, reader: Reader) -> bool:
        return Reader.EVERYONE in (self.audience, reader) or self.audience == reader


@dataclass(frozen=True)
class Fact:
    """Of a finding: the text in which its figures stand, and the youngest reader who may meet it."""

    text: str
    least_age: int


@dataclass(frozen=True)
class Reference:
    """What the checks compare a text with, read once for any number of items."""

    least_ages: dict[str, int]
    bands: dict[str, tuple[int, int, int]]  # age from, age to, reading age at most
    findings: dict[str, Fact]
    words: dict[str, Word]  # by form
    pattern: re.Pattern[str]  # finds any form as whole words, the longest first
    child_services: tuple[tuple[int, int], ...]  # ages from and to, of the default country and of anywhere
    adult_services: int
    lessons: frozenset[str] = frozenset()  # addresses that a link may lead to
    guides: frozenset[str] = frozenset()
    pictures: dict[str, bool] = field(default_factory=dict)  # by address: whether it is decorative only


def normal(text: str) -> str:
    """Lower case, straight apostrophes, one space for any space or hyphen: how forms and texts are compared."""
    return re.sub(r"[\s\u2010\u2011-]+", " ", text.lower().replace("’", "'"))


def pattern_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    any_form = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{any_form})(?!\w)" if any_form else r"(?!)")


def load_reference() -> Reference:
    """All of it, for any number of items. Seven queries."""
    return _reference(
        least_ages=dict(Topic.objects.values_list("slug", "least_age")),
        bands={
            slug: (age_from, age_to, reading_age)
            for slug, age_from, age_to, reading_age in AgeBand.objects.values_list(
                "slug", "age_from", "age_to", "reading_age_max"
            )
        },
        findings=Finding.objects.all(),
        has_links=True,
        pictures=Image.objects.all(),
    )


def reference_of(version: LessonVersion | GuideVersion, content: Content) -> Reference:
    """What the checks of one version need, where it was fetched with its topic and band; `content` may be unsaved.

    Three queries, one more where its text links to our own pages, one where it shows pictures, and one for a topic or
    band that is not saved yet.
    """
    shown = pictures_in(content)
    topics: list[Topic] = []
    bands: list[AgeBand] = []
    if isinstance(version, LessonVersion) and isinstance(content, LessonContent):
        topic, band = version.lesson.topic, version.lesson.band
        topics = [topic if topic.slug == content.topic else Topic.objects.get(slug=content.topic)]
        bands = [band if band.slug == content.band else AgeBand.objects.get(slug=content.band)]
    return _reference(
        least_ages={topic.slug: topic.least_age for topic in topics},
        bands={band.slug: (band.age_from, band.age_to, band.reading_age_max) for band in bands},
        findings=Finding.objects.filter(code__in=content.findings),
        has_links=any('href="/' in body for _, body in content.bodies()),
        pictures=images_at(shown) if shown else (),
    )


def with_addresses(reference: Reference, contents: Iterable[Content]) -> Reference:
    """The same, where links may also lead to these items, which are not live yet. No query."""
    lessons, guides = set(reference.lessons), set(reference.guides)
    for content in contents:
        (lessons if isinstance(content, LessonContent) else guides).add(content.slug)
    return dataclasses.replace(reference, lessons=frozenset(lessons), guides=frozenset(guides))


def with_services(reference: Reference, services: Iterable[tuple[str, int, int]]) -> Reference:
    """The same with these help services: whom each serves, and the ages from and to. No query."""
    known = list(services)
    return dataclasses.replace(
        reference,
        child_services=tuple((a, b) for serves, a, b in known if serves in (Serves.CHILD, Serves.ANYONE)),
        adult_services=sum(serves in (Serves.PARENT, Serves.ANYONE) for serves, *_ in known),
    )


def _reference(
    least_ages: dict[str, int],
    bands: dict[str, tuple[int, int, int]],
    findings: QuerySet[Finding],
    has_links: bool,
    pictures: Iterable[Image],
) -> Reference:
    services = HelpService.objects.for_country(settings.DEFAULT_COUNTRY).values_list("serves", "age_from", "age_to")
    words = [
        Word(normal(form), term.term, term.instead, term.reason, term.term_class == TermClass.AVOID, term.audience)
        for term in GlossaryTerm.objects.exclude(term_class=TermClass.USE)
        for form in term.form_list
    ]
    live = _live() if has_links else []
    reference = Reference(
        least_ages=least_ages,
        bands=bands,
        findings={
            code: Fact(f"{figures} {statement}", least_age)
            for code, figures, statement, least_age in findings.values_list("code", "figures", "statement", "least_age")
        },
        words={word.form: word for word in words},
        pattern=pattern_of(word.form for word in words),
        child_services=(),
        adult_services=0,
        lessons=frozenset(slug for kind, slug in live if kind == "lesson"),
        guides=frozenset(slug for kind, slug in live if kind == "guide"),
        pictures={address: image.is_decorative for image in pictures for address in addresses_of(image).values()},
    )
    return with_services(reference, services)


def _live() -> list[tuple[str, str]]:
    """What a link may lead to: kind and slug. One query."""
    lessons, guides = (
        model._default_manager.filter(live_version__isnull=False).order_by().values_list(Value(kind), "slug")
        for kind, model in (("lesson", Lesson), ("guide", Guide))
    )
    return list(lessons.union(guides))
