"""What the library holds for a school: its topics, the strands of its country, and which versions are live."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When

from lessons.library.live import live_q
from lessons.library.models import LessonVersion, Strand, Topic
from lessons.library.queries.lesson_page import edition_name
from safeguarding.schools.models import Country, School

from .progress import AssignmentRow


@dataclass
class VersionFacts:
    """`is_offered` where it is live, in no archive, and as it was first written: what a teacher can set today."""

    pk: int
    lesson_pk: int
    number: int
    topic_pk: int
    age_from: int
    age_to: int
    is_live: bool
    is_offered: bool
    strands: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class StrandFacts:
    pk: int
    name: str
    edition: str


@dataclass(frozen=True)
class TopicFacts:
    pk: int
    name: str
    least_age: int


@dataclass(frozen=True)
class SchoolContent:
    topics: list[TopicFacts]
    strands: list[StrandFacts]
    versions: dict[int, VersionFacts]

    @property
    def offered(self) -> list[VersionFacts]:
        return [version for version in self.versions.values() if version.is_offered]

    def strands_of(self, version_pk: int) -> set[int]:
        return self.versions[version_pk].strands


@dataclass(frozen=True)
class OldContent:
    """A class that still has open what is no longer the live version; `live_number` is None where nothing is live."""

    row: AssignmentRow
    live_number: int | None

    @property
    def words(self) -> str:
        if self.row.is_withdrawn:
            return "Withdrawn: close it for the class"
        if self.live_number is None:
            return "No longer live: close it when the class has done"
        return f"Version {self.live_number} is live now"


def school_content(school: School, rows: Iterable[AssignmentRow]) -> SchoolContent:
    """Topics as the library orders them; strands of the frameworks that the school's country may use. Three queries.

    These are the country's own, those of the country that it is part of and of its parts, and those of no country.
    """
    around = Country.objects.around(school.country_id) | Country.objects.filter(part_of=school.country_id)
    strands = Strand.objects.filter(
        Q(edition__framework__country__in=around) | Q(edition__framework__country__isnull=True)
    )
    named = strands.order_by("edition__framework__name", "edition__name", "position", "pk").values_list(
        "pk", "name", "edition__framework__name", "edition__name"
    )
    return SchoolContent(
        topics=[TopicFacts(*row) for row in Topic.objects.values_list("pk", "name", "least_age")],
        strands=[StrandFacts(pk, name, edition_name(frame, edition)) for pk, name, frame, edition in named],
        versions=_versions({row.version_pk for row in rows}),
    )


def _versions(used: set[int]) -> dict[int, VersionFacts]:
    """Those that are live and those in use, with their strands. One query."""
    found = (
        LessonVersion.objects.filter(live_q() | Q(pk__in=used))
        .annotate(is_live_now=Case(When(live_q(), then=Value(True)), default=Value(False)))
        .order_by()
        .values_list(
            "pk",
            "lesson_id",
            "number",
            "lesson__topic_id",
            "lesson__band__age_from",
            "lesson__band__age_to",
            "lesson__archived_at",
            "lesson__translation_of",
            "is_live_now",
            "strands",
        )
    )
    versions: dict[int, VersionFacts] = {}
    for pk, lesson, number, topic, age_from, age_to, archived_at, source, is_live, strand in found:
        is_offered = is_live and archived_at is None and source is None
        kept = versions.setdefault(pk, VersionFacts(pk, lesson, number, topic, age_from, age_to, is_live, is_offered))
        if strand is not None:
            kept.strands.add(strand)
    return versions


def old_content(content: SchoolContent, rows: Iterable[AssignmentRow]) -> list[OldContent]:
    """By class and title. No query."""
    live = {version.lesson_pk: version for version in content.versions.values() if version.is_live}
    old = [
        OldContent(row, live[row.lesson_pk].number if row.lesson_pk in live else None)
        for row in rows
        if not row.is_closed and not content.versions[row.version_pk].is_live
    ]
    return sorted(old, key=lambda line: (line.row.class_name, line.row.title))
