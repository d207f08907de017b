"""Says whether the library is sound: every starter file, and every live version that no longer is its file."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from lessons.evidence.models import Finding
from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.models import AgeBand, GuideVersion, HelpService, LessonVersion, Topic
from lessons.library.reading_age import reading_age
from lessons.library.starter_files import STARTER, starter_items
from lessons.library.store import AnyVersion, content_of

from ..checks import Problem, check, load_reference
from ..checks.problem import Part
from ..checks.reference import Reference, with_addresses
from ..enums import Kind
from .known_names import KnownNames, known_names
from .reference_data import load_tables, read_entries
from .reference_tables import LESSONS_IN_A_UNIT, TABLES


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

    units: list[str] = field(default_factory=list)  # what is wrong with them

    @property
    def is_sound(self) -> bool:
        return not self.units and all(item.is_sound for item in self.items)


def check_library(folder: Path = STARTER) -> LibraryReport:
    """Compares with the reference data of the files, except where an editor has changed it. Changes nothing.

    Raises StarterError where a file cannot be read. Only the reference data is read under a lock.
    """
    files = list(starter_items(folder))
    with transaction.atomic():
        load_tables(TABLES, folder)
        reference, known = load_reference(), known_names()
        live = _changed_since({checksum for _, _, checksum in files})
        report = LibraryReport(to_verify=_services_to_verify())
        findings = list(Finding.objects.values_list("code", flat=True))
        wanted = [
            (topic.slug, band.slug)
            for topic in Topic.objects.all()
            for band in AgeBand.objects.filter(age_from__gte=topic.least_age)
        ]
        transaction.set_rollback(True)
    retired = _retired()
    current = [content for _, content, _ in files if content.slug not in retired] + [content for _, content in live]
    reference = with_addresses(reference, current)
    for path, content, _ in files:
        report.items.append(_report(str(path.relative_to(folder)), content, reference, known))
    for name, content in live:
        report.items.append(_report(name, content, reference, known))
    report.units = _units(folder, current)
    used = {code for content in current for code in content.findings}
    report.unused = [code for code in findings if code not in used]
    taught = {(content.topic, content.band) for content in current if isinstance(content, LessonContent)}
    report.gaps = [f"{topic}, ages {band}" for topic, band in wanted if (topic, band) not in taught]
    return report


def _changed_since(current: set[str]) -> list[tuple[str, Content]]:
    """What is live and was not loaded from a file as it stands now."""
    versions: list[AnyVersion] = [
        *LessonVersion.objects.live().exclude(starter_checksum__in=current),
        *GuideVersion.objects.live().exclude(starter_checksum__in=current),
    ]
    return [(f"live: {version.identity.slug}, version {version.number}", content_of(version)) for version in versions]


def _retired() -> set[str]:
    """Addresses of what was once live and is no longer."""
    return {
        slug
        for kind in Kind
        for slug in kind.identity_model._default_manager.filter(
            live_version__isnull=True, versions__in=kind.version_model._default_manager.was_live()
        ).values_list("slug", flat=True)
    }


def _units(folder: Path, contents: list[Content]) -> list[str]:
    """What is wrong with the units, a sentence each."""
    lessons = {content.slug: content for content in contents if isinstance(content, LessonContent)}
    wrong, placed = [], set()
    for entry in read_entries(folder / "units.yaml"):
        slugs = entry.texts("lessons")
        unit, topic, band = entry.text("slug"), entry.text("topic"), entry.text("band")
        if len(slugs) not in LESSONS_IN_A_UNIT:
            wrong.append(f"{unit}: a unit has two to four lessons.")
        for slug in slugs:
            lesson = lessons.get(slug)
            if lesson is None:
                wrong.append(f"{unit}: there is no lesson “{slug}”.")
            elif (lesson.topic, lesson.band) != (topic, band):
                wrong.append(f"{unit}: the lesson “{slug}” has another topic or age band.")
            if slug in placed:
                wrong.append(f"{unit}: the lesson “{slug}” stands in a unit already.")
            placed.add(slug)
    return wrong


def _report(name: str, content: Content, reference: Reference, known: KnownNames) -> ItemReport:
    unknown = [
        Problem(Part.BASICS, "Names", f"There is {what}.", "Correct the name.") for what in known.missing(content)
    ]
    return ItemReport(name, _facts(content), tuple(unknown or check(content, reference)))


def _facts(content: Content) -> str:
    if isinstance(content, GuideContent):
        return f"reading age {reading_age(content.text)}"
    terms = [term.term for term in content.vocabulary]
    pupils, teachers = reading_age(content.pupil_text, terms), reading_age(content.teacher_text, terms)
    return f"{content.minutes} minutes, reading ages: pupils {pupils}, teachers {teachers}"


def _services_to_verify() -> list[str]:
    return list(HelpService.objects.to_be_verified().values_list("name", flat=True))
