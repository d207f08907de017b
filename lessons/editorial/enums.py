from enum import StrEnum

from lessons.library.content import Content, LessonContent
from lessons.library.models import Guide, GuideVersion, Lesson, LessonVersion

from .checks.problem import Part
from .parts import GUIDE_FIELDS, LESSON_FIELDS


class Kind(StrEnum):
    """What is written at the desk, as its addresses name it."""

    LESSONS = "lessons"
    GUIDES = "guides"

    @property
    def word(self) -> str:
        return "lesson" if self is Kind.LESSONS else "guide"

    @property
    def identity_model(self) -> type[Lesson] | type[Guide]:
        return Lesson if self is Kind.LESSONS else Guide

    @property
    def version_model(self) -> type[LessonVersion] | type[GuideVersion]:
        return LessonVersion if self is Kind.LESSONS else GuideVersion

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(LESSON_FIELDS if self is Kind.LESSONS else GUIDE_FIELDS)


class Planning(StrEnum):
    """How the audit says that somebody planned something, and the schedule finds who it was."""

    BEGINNING = "scheduled"
    END = "scheduled the end of"
    CANCELLED = "cancelled the schedule of"


class As(StrEnum):
    """As whom, and where, a version is looked at."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    PARENT = "parent"
    PROJECTOR = "projector"
    PRINT = "print"

    @property
    def label(self) -> str:
        return AS_LABELS[self]

    @classmethod
    def of(cls, content: Content) -> tuple["As", ...]:
        """Who reads it, the first reader first."""
        if isinstance(content, LessonContent):
            return tuple(cls)
        return (cls.TEACHER if content.kind.is_for_staff else cls.PARENT, cls.PRINT)


AS_LABELS: dict[str, str] = {
    As.PUPIL: "Pupil",
    As.TEACHER: "Teacher",
    As.PARENT: "Parent",
    As.PROJECTOR: "Projector",
    As.PRINT: "Print",
}

PART_LABELS: dict[Part, str] = {
    Part.BASICS: "Basics",
    Part.TEXT: "Text",
    Part.OBJECTIVES: "Objectives and vocabulary",
    Part.ACTIVITIES: "Activities",
    Part.QUESTIONS: "Questions",
    Part.EVIDENCE: "Evidence and curriculum",
    Part.DOCUMENTS: "Documents",
}
