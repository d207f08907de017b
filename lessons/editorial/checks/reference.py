import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from lessons.evidence.models import Finding
from lessons.library.content import Content
from lessons.library.enums import Serves, TermClass
from lessons.library.models import AgeBand, GlossaryTerm, GuideVersion, HelpService, LessonVersion, Topic


@dataclass(frozen=True)
class Word:
    form: str
    term: str
    instead: str
    reason: str
    is_avoided: bool


@dataclass(frozen=True)
class Reference:
    """What the checks compare a text with, read once for any number of items."""

    least_ages: dict[str, int]
    bands: dict[str, tuple[int, int, int]]  # age from, age to, reading age at most
    findings: frozenset[str]
    words: dict[str, Word]  # by form
    pattern: re.Pattern[str]  # finds any form as whole words, the longest first
    child_services: tuple[tuple[int, int], ...]  # ages from and to, of the default country and of anywhere
    adult_services: int


def normal(text: str) -> str:
    """Lower case, straight apostrophes, one space for any space or hyphen: how forms and texts are compared."""
    return re.sub(r"[\s\u2010\u2011-]+", " ", text.lower().replace("’", "'"))


def pattern_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    any_form = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{any_form})(?!\w)" if any_form else r"(?!)")


def load_reference() -> Reference:
    """All of it, for any number of items. Five queries."""
    return _reference(
        least_ages=dict(Topic.objects.values_list("slug", "least_age")),
        bands={
            slug: (age_from, age_to, reading_age)
            for slug, age_from, age_to, reading_age in AgeBand.objects.values_list(
                "slug", "age_from", "age_to", "reading_age_max"
            )
        },
        findings=frozenset(Finding.objects.values_list("code", flat=True)),
    )


def reference_of(version: LessonVersion | GuideVersion, content: Content) -> Reference:
    """What the checks of one stored version need. Two queries, where it was fetched with its topic and band."""
    lesson = version.lesson if isinstance(version, LessonVersion) else None
    return _reference(
        least_ages={lesson.topic.slug: lesson.topic.least_age} if lesson else {},
        bands={lesson.band.slug: (lesson.band.age_from, lesson.band.age_to, lesson.band.reading_age_max)}
        if lesson
        else {},
        findings=frozenset(content.findings),  # a stored version is tied only to findings that there are
    )


def _reference(
    least_ages: dict[str, int], bands: dict[str, tuple[int, int, int]], findings: frozenset[str]
) -> Reference:
    services = list(
        HelpService.objects.for_country(settings.DEFAULT_COUNTRY).values_list("serves", "age_from", "age_to")
    )
    words = [
        Word(normal(form), term.term, term.instead, term.reason, term.term_class == TermClass.AVOID)
        for term in GlossaryTerm.objects.exclude(term_class=TermClass.USE)
        for form in term.form_list
    ]
    return Reference(
        least_ages=least_ages,
        bands=bands,
        findings=findings,
        words={word.form: word for word in words},
        pattern=pattern_of(word.form for word in words),
        child_services=tuple((a, b) for serves, a, b in services if serves in (Serves.CHILD, Serves.ANYONE)),
        adult_services=sum(serves in (Serves.PARENT, Serves.ANYONE) for serves, *_ in services),
    )
