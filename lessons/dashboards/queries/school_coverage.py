"""Which topics and strands the classes of a school have met, in counts of classes. Nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.library.queries.coverage import Covered

from .period import ClassFacts
from .progress import AssignmentRow
from .school_content import SchoolContent, VersionFacts


@dataclass(frozen=True)
class GroupCell:
    """Of a topic and a year group: how many classes have met it, and for how many it is set and not met yet.

    `old_enough` are the classes of an age for it.
    """

    classes: int
    old_enough: int
    met: int
    waiting: int


@dataclass(frozen=True)
class TopicLine:
    pk: int
    name: str
    cells: dict[str, GroupCell]  # by year group

    @property
    def is_met(self) -> bool:
        return any(cell.met for cell in self.cells.values())

    @property
    def met(self) -> int:
        return sum(cell.met for cell in self.cells.values())

    @property
    def waiting(self) -> int:
        return sum(cell.waiting for cell in self.cells.values())


@dataclass(frozen=True)
class StrandLine:
    """`meant` are the classes for whose ages there is a live lesson on it, and those that have met one anyway."""

    name: str
    edition: str
    meant: int
    met: int
    lessons: int

    @property
    def covered(self) -> Covered:
        if not self.met:
            return Covered.NO
        return Covered.YES if self.met == self.meant else Covered.PARTLY

    @property
    def words(self) -> str:
        return self.covered.value.capitalize() if self.meant else "No lesson for these ages yet"


def topic_lines(content: SchoolContent, classes: list[ClassFacts], rows: Iterable[AssignmentRow]) -> list[TopicLine]:
    """Every topic, in the library's order; every year group, the youngest first."""
    met: dict[int, set[int]] = {}
    asked: dict[int, set[int]] = {}
    for row in rows:
        (met if row.is_reached else asked).setdefault(row.topic_pk, set()).add(row.class_pk)
    groups: dict[str, list[ClassFacts]] = {}
    for facts in classes:
        groups.setdefault(facts.group, []).append(facts)
    return [
        TopicLine(
            topic.pk,
            topic.name,
            {
                group: _cell(topic.least_age, members, met.get(topic.pk, set()), asked.get(topic.pk, set()))
                for group, members in groups.items()
            },
        )
        for topic in content.topics
    ]


def _cell(least_age: int, members: list[ClassFacts], met: set[int], asked: set[int]) -> GroupCell:
    return GroupCell(
        classes=len(members),
        old_enough=sum(c.age_to >= least_age for c in members),
        met=sum(c.pk in met for c in members),
        waiting=sum(c.pk in asked and c.pk not in met for c in members),
    )


def strand_lines(content: SchoolContent, classes: list[ClassFacts], rows: Iterable[AssignmentRow]) -> list[StrandLine]:
    """Every strand of the school's country, by edition."""
    met: dict[int, set[int]] = {}
    for row in rows:
        if row.is_reached:
            for strand in content.strands_of(row.version_pk):
                met.setdefault(strand, set()).add(row.class_pk)
    offered: dict[int, list[VersionFacts]] = {}
    for version in content.offered:
        for strand in version.strands:
            offered.setdefault(strand, []).append(version)
    lines = []
    for facts in content.strands:
        there, lessons = met.get(facts.pk, set()), offered.get(facts.pk, [])
        meant = {c.pk for c in classes if any(_is_of_age(c, version) for version in lessons)}
        fitting = sum(any(_is_of_age(c, version) for c in classes) for version in lessons)
        lines.append(StrandLine(facts.name, facts.edition, len(meant | there), len(there), fitting))
    return lines


def _is_of_age(facts: ClassFacts, version: VersionFacts) -> bool:
    return facts.age_from <= version.age_to and version.age_from <= facts.age_to
