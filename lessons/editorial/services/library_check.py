"""Says whether the library is sound: every starter file, and every live version that no longer is its file."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lessons.evidence.models import Finding
from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.enums import Status
from lessons.library.models import AgeBand, GuideVersion, HelpService, LessonVersion, Topic
from lessons.library.models.services import VERIFIED_FOR
from lessons.library.reading_age import reading_age
from lessons.library.starter_files import STARTER, starter_items
from lessons.library.store import AnyVersion, content_of

from ..checks import Problem, check, load_reference
from ..checks.problem import Part
from ..checks.reference import Reference, with_addresses
from .reference_data import load_tables
from .reference_tables import TABLES


@dataclass(frozen=True)
class ItemReport:
    """`facts` are minutes and reading ages, in words."""

    name: str
    facts: str
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return not any(problem.blocks for problem in self.problems)


@dataclass
class LibraryReport:
    items: list[ItemReport] = field(default_factory=list)
    to_verify: list[str] = field(default_factory=list)  # names of help services
    unused: list[str] = field(default_factory=list)  # codes of findings that nothing rests on
    gaps: list[str] = field(default_factory=list)  # topics and bands without a lesson

    @property
    def is_sound(self) -> bool:
        return all(item.is_sound for item in self.items)


@transaction.atomic
def check_library(folder: Path = STARTER) -> LibraryReport:
    """Compares with the reference data of the files, except where an editor has changed it. Changes nothing.

    Raises StarterError where a file cannot be read.
    """
    load_tables(TABLES, folder)
    found = [*_files(folder), *_changed_since(folder)]
    reference = with_addresses(load_reference(), [content for _, content in found])
    report = LibraryReport(
        items=[_report(name, content, reference) for name, content in found],
        to_verify=_services_to_verify(),
        unused=_unused([content for _, content in found]),
        gaps=_gaps([content for _, content in found if isinstance(content, LessonContent)]),
    )
    transaction.set_rollback(True)
    return report


def _files(folder: Path) -> list[tuple[str, Content]]:
    return [(str(path.relative_to(folder)), content) for path, content, _ in starter_items(folder)]


def _changed_since(folder: Path) -> list[tuple[str, Content]]:
    """What is live and was not loaded from a file as it stands now."""
    current = {checksum for _, _, checksum in starter_items(folder)}
    versions: list[AnyVersion] = [
        *LessonVersion.objects.filter(status=Status.LIVE).exclude(starter_checksum__in=current),
        *GuideVersion.objects.filter(status=Status.LIVE).exclude(starter_checksum__in=current),
    ]
    return [(f"live: {version.identity.slug}, version {version.number}", content_of(version)) for version in versions]


def _report(name: str, content: Content, reference: Reference) -> ItemReport:
    unknown = _unknown(content, reference)
    return ItemReport(name, _facts(content), tuple(unknown or check(content, reference)))


def _unknown(content: Content, reference: Reference) -> list[Problem]:
    """A topic or band that there is not; nothing else can be checked then."""
    problems = []
    if content.topic is not None and content.topic not in reference.least_ages:
        problems.append(Problem(Part.BASICS, "Topic", f"There is no topic “{content.topic}”.", "Choose one."))
    if isinstance(content, LessonContent) and content.band not in reference.bands:
        problems.append(Problem(Part.BASICS, "Age band", f"There is no age band “{content.band}”.", "Choose one."))
    return problems


def _facts(content: Content) -> str:
    if isinstance(content, GuideContent):
        return f"reading age {reading_age(content.text)}"
    terms = [term.term for term in content.vocabulary]
    pupils, teachers = reading_age(content.pupil_text, terms), reading_age(content.teacher_text, terms)
    return f"{content.minutes} minutes, reading ages: pupils {pupils}, teachers {teachers}"


def _services_to_verify() -> list[str]:
    long_ago = timezone.localdate() - VERIFIED_FOR
    unverified = Q(last_verified_on__isnull=True) | Q(last_verified_on__lt=long_ago)
    return list(HelpService.objects.filter(unverified).values_list("name", flat=True))


def _unused(contents: list[Content]) -> list[str]:
    used = {code for content in contents for code in content.findings}
    return [code for code in Finding.objects.values_list("code", flat=True) if code not in used]


def _gaps(lessons: list[LessonContent]) -> list[str]:
    taught = {(lesson.topic, lesson.band) for lesson in lessons}
    return [
        f"{topic.slug}, ages {band.slug}"
        for topic in Topic.objects.all()
        for band in AgeBand.objects.filter(age_from__gte=topic.least_age)
        if (topic.slug, band.slug) not in taught
    ]
