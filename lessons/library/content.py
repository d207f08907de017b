"""A lesson or a guide as plain data, apart from where it is kept.

A file is parsed into it, a version is read into it and written from it, the publishing checks read it. Bodies are
clean HTML; lists keep their order; references are by code or slug.
"""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property

from safeguarding.core.languages import SOURCE
from safeguarding.core.richtext import plain_text

from .enums import (
    ActivityKind,
    GuideKind,
    GuideSectionKind,
    Helpfulness,
    LessonSectionKind,
    QuestionKind,
    Reader,
    Spotted,
)

# Of a choice or a line, pupils read a word of ours instead.
SHOWS_ANSWERS = (ActivityKind.SORT, ActivityKind.MATCH)


@dataclass(frozen=True)
class SectionContent:
    kind: str
    body: str
    minutes: int = 0

    @cached_property
    def text(self) -> str:
        return plain_text(self.body)


@dataclass(frozen=True)
class Passage:
    """A text, the place where an editor finds it, and who reads it."""

    place: str
    text: str
    reader: Reader = Reader.EVERYONE


@dataclass(frozen=True)
class ObjectiveContent:
    learn: str
    can: str


@dataclass(frozen=True)
class TermContent:
    term: str
    meaning: str


@dataclass(frozen=True)
class OptionContent:
    text: str
    is_correct: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class QuestionContent:
    kind: QuestionKind
    text: str
    misconception: str = ""
    options: tuple[OptionContent, ...] = ()

    @property
    def right_options(self) -> tuple[OptionContent, ...]:
        return tuple(option for option in self.options if option.is_correct)


@dataclass(frozen=True)
class ItemContent:
    """A prompt, choice, card, step, pair, line or option of an activity; `ActivityItem` says what each field holds."""

    text: str
    answer: str = ""
    feedback: str = ""
    also: str = ""
    speaker: str = ""
    scene: str = ""
    leads_to: str = ""

    @property
    def helps(self) -> bool:
        return self.answer == Helpfulness.HELPS

    @property
    def is_sign(self) -> bool:
        return self.answer == Spotted.SIGN

    @property
    def groups(self) -> tuple[str, ...]:
        """Of a card: where it may go."""
        return tuple(group for group in (self.answer, self.also) if group)


@dataclass(frozen=True)
class ActivityContent:
    kind: ActivityKind
    title: str
    minutes: int
    intro: str
    items: tuple[ItemContent, ...] = ()
    image: int | None = None
    illustration: str = ""


@dataclass(frozen=True)
class Translation:
    """What a translation was made from: the item, and which version of it; None where nobody can tell.

    `checksum` names that version's text in a file, because another site counts its versions differently.
    """

    of: str
    version: int | None = None
    checksum: str = ""


@dataclass(frozen=True)
class LessonContent:
    slug: str
    topic: str
    band: str
    title: str
    summary: str
    check_minutes: int = 4
    review_by: datetime.date | None = None
    findings: tuple[str, ...] = ()
    strands: tuple[str, ...] = ()
    objectives: tuple[ObjectiveContent, ...] = ()
    vocabulary: tuple[TermContent, ...] = ()
    questions: tuple[QuestionContent, ...] = ()
    activities: tuple[ActivityContent, ...] = ()
    sections: dict[str, SectionContent] = field(default_factory=dict)
    documents: tuple[int, ...] = ()
    language: str = SOURCE
    translation: Translation | None = None

    @property
    def minutes(self) -> int:
        """Both checks, the timed sections and the activities."""
        return (
            2 * self.check_minutes
            + sum(section.minutes for section in self.sections.values())
            + sum(activity.minutes for activity in self.activities)
        )

    @property
    def pupil_text(self) -> str:
        """All that a pupil reads, one block a line."""
        lines = [self.title, *(objective.can for objective in self.objectives)]
        lines += [self._section_text(kind) for kind in LessonSectionKind if kind.rule.reader == Reader.PUPIL]
        for activity in self.activities:
            lines += [activity.title, plain_text(activity.intro)]
            for item in activity.items:
                answers = item.groups if activity.kind in SHOWS_ANSWERS else ()
                lines += [item.scene, item.speaker, item.text, *answers, item.feedback]
        for question in self.questions:
            lines.append(question.text)
            for option in question.options:
                lines += [option.text, option.feedback]
        return "\n".join(line for line in lines if line)

    @property
    def teacher_text(self) -> str:
        """What only teachers read."""
        lines = [self._section_text(kind) for kind in LessonSectionKind if kind.rule.reader == Reader.TEACHER]
        lines += [question.misconception for question in self.questions]
        return "\n".join(line for line in lines if line)

    def _section_text(self, kind: str) -> str:
        return self.sections[kind].text if kind in self.sections else ""

    def passages(self) -> list[Passage]:
        """Every text with the name of its place, as an editor knows it."""
        found = [Passage("Title", self.title, Reader.PUPIL), Passage("Summary", self.summary, Reader.PUPIL)]
        for number, objective in enumerate(self.objectives, start=1):
            place = f"Objective {number}"
            found += [Passage(place, objective.learn, Reader.TEACHER), Passage(place, objective.can, Reader.PUPIL)]
        found += [
            Passage(f"Vocabulary: {term.term}", f"{term.term}\n{term.meaning}", Reader.PUPIL)
            for term in self.vocabulary
        ]
        for number, question in enumerate(self.questions, start=1):
            texts = [question.text] + [text for option in question.options for text in (option.text, option.feedback)]
            found.append(Passage(f"Question {number}", "\n".join(texts), Reader.PUPIL))
            found.append(Passage(f"Question {number}", question.misconception, Reader.TEACHER))
        for number, activity in enumerate(self.activities, start=1):
            texts = [activity.title, plain_text(activity.intro)]
            texts += [text for item in activity.items for text in (item.text, item.answer, item.feedback)]
            texts += [text for i in activity.items for text in (i.also, i.speaker, i.scene, i.leads_to) if text]
            found.append(Passage(f"Activity {number}", "\n".join(texts), Reader.PUPIL))
        for section in self.sections.values():
            kind = LessonSectionKind(section.kind)
            found.append(Passage(kind.label, section.text, kind.rule.reader))
        return [passage for passage in found if passage.text]

    def bodies(self) -> list[tuple[str, str]]:
        """Every rich text, as HTML, with the name of its place."""
        found = [(LessonSectionKind(kind).label, section.body) for kind, section in self.sections.items()]
        found += [(f"Activity {number}", a.intro) for number, a in enumerate(self.activities, start=1)]
        return found


@dataclass(frozen=True)
class GuideContent:
    slug: str
    kind: GuideKind
    topic: str | None
    age_from: int
    age_to: int
    title: str
    summary: str
    review_by: datetime.date | None = None
    findings: tuple[str, ...] = ()
    sections: dict[str, SectionContent] = field(default_factory=dict)
    documents: tuple[int, ...] = ()
    language: str = SOURCE
    translation: Translation | None = None
    search_words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that a parent, or a member of staff, reads, one block a line."""
        parts = [self.title, self.summary]
        for kind in self.kind.sections:
            if kind in self.sections:
                parts += [kind.label, self.sections[kind].text]
        return "\n".join(part for part in parts if part)

    def passages(self) -> list[Passage]:
        reader = Reader.TEACHER if self.kind.is_for_staff else Reader.EVERYONE
        found = [Passage("Title", self.title, reader), Passage("Summary", self.summary, reader)]
        return found + [
            Passage(GuideSectionKind(kind).label, section.text, reader) for kind, section in self.sections.items()
        ]

    def bodies(self) -> list[tuple[str, str]]:
        return [(GuideSectionKind(kind).label, section.body) for kind, section in self.sections.items()]


Content = LessonContent | GuideContent

_SHOWN = re.compile(r'<img[^>]* src="([^"]*)"')  # of clean HTML


def pictures_in(content: Content) -> set[str]:
    """The addresses of the pictures that its texts show."""
    return {address for _, body in content.bodies() for address in _SHOWN.findall(body)}


def is_english(content: Content) -> bool:
    return content.language == SOURCE
