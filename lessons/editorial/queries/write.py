"""The page on which all parts of a draft are written: each as it stands, with what it still lacks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.evidence.models import Finding
from lessons.library.content import ActivityContent, Content, LessonContent, QuestionContent
from lessons.library.enums import ActivityKind, GuideSectionKind, LessonSectionKind, QuestionKind
from lessons.library.items import ItemLine, item_lines
from lessons.library.models import LessonVersion, Strand
from lessons.library.store import AnyVersion, held_content
from safeguarding.accounts.models import User

from ..checks import check, reference_of
from ..checks.problem import Part, Problem
from ..enums import Kind
from ..parts import MOST_ROWS, ROW_WORDS, slot_of, token_of
from ..places import Urls, urls_of
from .unsaved import OpenPart, Unsaved, unsaved_of
from .version import PartRow, part_row

KINDS: dict[Part, type[ActivityKind] | type[QuestionKind]] = {
    Part.ACTIVITIES: ActivityKind,
    Part.QUESTIONS: QuestionKind,
}


@dataclass(frozen=True)
class WriteSection:
    label: str
    body: str
    minutes: int
    empty: str  # what is said where nothing is written


@dataclass(frozen=True)
class WriteRow:
    """One activity or question of a list."""

    place: int
    slot: str
    content: ActivityContent | QuestionContent
    urls: Urls
    kept_at: datetime.datetime | None
    others: tuple[OpenPart, ...]

    @property
    def answers(self) -> tuple[ItemLine, ...]:
        """Text, answer and feedback of each item or option."""
        if isinstance(self.content, QuestionContent):
            return tuple(ItemLine(o.text, "Right" if o.is_correct else "", o.feedback) for o in self.content.options)
        return item_lines(self.content.kind, self.content.items)


@dataclass(frozen=True)
class WritePart:
    part: Part
    slot: str
    row: PartRow
    urls: Urls
    template: str
    kept_at: datetime.datetime | None
    others: tuple[OpenPart, ...]
    word: str  # what a row is called, where it is a list
    rows: tuple[WriteRow, ...]
    token: str
    kinds: tuple[tuple[str, str], ...]
    is_full: bool


@dataclass(frozen=True)
class WritePage:
    kind: Kind
    slug: str
    version: AnyVersion
    content: Content
    placed: str
    parts: tuple[WritePart, ...]
    sections: tuple[WriteSection, ...]
    findings: tuple[Finding, ...]
    strands: tuple[Strand, ...]
    others: tuple[OpenPart, ...]
    urls: Urls


def write_page(user: User, kind: Kind, version: AnyVersion) -> WritePage:
    """Nine queries for a lesson, and three more at most (see `reference_of`), however long; fewer for a guide."""
    content = held_content(version)
    problems = check(content, reference_of(version, content))
    unsaved = unsaved_of(user, kind, version)
    return WritePage(
        kind=kind,
        slug=version.identity.slug,
        version=version,
        content=content,
        placed=_placed(version),
        parts=tuple(_part(kind, version, part, content, problems, unsaved) for part in kind.parts),
        sections=_sections(content),
        findings=tuple(version.findings.select_related("source")),
        strands=tuple(version.strands.select_related("edition")) if isinstance(version, LessonVersion) else (),
        others=unsaved.all_others,
        urls=urls_of(kind, version, Part.BASICS),
    )


def _placed(version: AnyVersion) -> str:
    if isinstance(version, LessonVersion):
        return f"{version.lesson.topic}, {str(version.lesson.band).lower()}"
    guide = version.guide
    return f"{guide.topic or 'Every topic'}, children of {guide.age_from} to {guide.age_to}"


def _part(
    kind: Kind, version: AnyVersion, part: Part, content: Content, problems: Sequence[Problem], unsaved: Unsaved
) -> WritePart:
    slug, number = version.identity.slug, version.number
    is_list = part in ROW_WORDS
    rows: Sequence[ActivityContent | QuestionContent] = getattr(content, part.value) if is_list else ()
    return WritePart(
        part=part,
        slot=slot_of(part),
        row=part_row(kind, slug, number, part, content, problems),
        urls=urls_of(kind, version, part, is_on_write=True),
        template=f"editorial/_write_{'rows' if is_list else part.value}.html",
        kept_at=unsaved.mine.get((part, 0)),
        others=unsaved.others.get((part, 0), ()),
        word=ROW_WORDS.get(part, ""),
        rows=tuple(
            WriteRow(
                place=place,
                slot=slot_of(part, place),
                content=row,
                urls=urls_of(kind, version, part, place, is_on_write=True),
                kept_at=unsaved.mine.get((part, place)),
                others=unsaved.others.get((part, place), ()),
            )
            for place, row in enumerate(rows, start=1)
        ),
        token=token_of(content, part) if is_list else "",
        kinds=tuple((value, str(label)) for value, label in KINDS[part].choices) if is_list else (),
        is_full=is_list and len(rows) >= MOST_ROWS[part],
    )


def _sections(content: Content) -> tuple[WriteSection, ...]:
    """All that there can be, written or not, in the order in which they are written."""
    kinds: Sequence[LessonSectionKind | GuideSectionKind]
    kinds = tuple(LessonSectionKind) if isinstance(content, LessonContent) else content.kind.sections
    shown = []
    for kind in kinds:
        held = content.sections.get(kind.value)
        empty = "Not written yet." if kind.rule.needed else "Left empty: the product adds what everyone shares."
        body, minutes = (held.body, held.minutes) if held else ("", 0)
        shown.append(WriteSection(str(kind.label), body, minutes, empty))
    return tuple(shown)
