from dataclasses import dataclass

from django.db import models


class Status(models.TextChoices):
    """How far a version has come with its writers and reviewers. Only `lessons.editorial.services` changes it."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"


class State(models.TextChoices):
    """Where a version stands at a moment: its status and, once it is approved, what its two times say (`live.py`)."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDER_WAY = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED)


class Reader(models.TextChoices):
    PUPIL = "pupil", "Pupils"
    TEACHER = "teacher", "Teachers"
    EVERYONE = "everyone", "Everyone"


@dataclass(frozen=True)
class SectionRule:
    heading: str
    reader: Reader
    needed: bool = True
    timed: bool = False


class LessonSectionKind(models.TextChoices):
    STARTER = "starter", "Starter"
    PLENARY = "plenary", "Plenary"
    GROUND_RULES = "ground_rules", "Ground rules"
    SCRIPT = "script", "Script"
    MISCONCEPTIONS = "misconceptions", "Likely misconceptions"
    HARD_QUESTIONS = "hard_questions", "Hard questions"
    CONTENT_NOTE = "content_note", "Content note"
    CARE = "care", "Who may need care"
    DISCLOSURE = "disclosure", "Handling a disclosure"
    SEND = "send", "Adaptations: SEND"
    EAL = "eal", "Adaptations: EAL"
    LOW_TEXT = "low_text", "Adaptations: low text"
    PAPER_FALLBACK = "paper_fallback", "Paper fallback"
    HOME_NOTE = "home_note", "Note for home"

    @property
    def rule(self) -> SectionRule:
        return LESSON_SECTIONS[self]


LESSON_SECTIONS: dict[str, SectionRule] = {
    kind: SectionRule(
        heading=kind.label,
        reader={
            LessonSectionKind.STARTER: Reader.PUPIL,
            LessonSectionKind.PLENARY: Reader.PUPIL,
            LessonSectionKind.GROUND_RULES: Reader.PUPIL,
            LessonSectionKind.HOME_NOTE: Reader.EVERYONE,
        }.get(kind, Reader.TEACHER),
        needed=kind not in (LessonSectionKind.GROUND_RULES, LessonSectionKind.DISCLOSURE),
        timed=kind in (LessonSectionKind.STARTER, LessonSectionKind.PLENARY),
    )
    for kind in LessonSectionKind
}


class GuideSectionKind(models.TextChoices):
    """Of a parents' guide, then of guidance for staff; `GuideKind.sections` tells which a guide has."""

    WHAT = "what", "What it is"
    CHILDREN_SAY = "children_say", "What children say"
    SIGNS = "signs", "Signs to notice"
    TALK = "talk", "Three ways to open the talk"
    NOT_TO_SAY = "not_to_say", "What not to say"
    HAPPENED = "happened", "If it has happened"
    SETTINGS = "settings", "Settings and habits that help"
    IN_SHORT = "in_short", "In short"
    TO_KNOW = "to_know", "What to know"
    TO_DO = "to_do", "What to do"
    TO_SAY = "to_say", "What to say"
    TO_AVOID = "to_avoid", "What to avoid"
    READ_MORE = "read_more", "Read more"

    @property
    def rule(self) -> SectionRule:
        return GUIDE_SECTIONS[self]


FOR_PARENTS = tuple(GuideSectionKind)[:7]
FOR_STAFF = tuple(GuideSectionKind)[7:]

GUIDE_SECTIONS: dict[str, SectionRule] = {
    kind: SectionRule(heading=kind.label, reader=Reader.TEACHER if kind in FOR_STAFF else Reader.EVERYONE)
    for kind in GuideSectionKind
}


class GuideKind(models.TextChoices):
    TOPIC = "topic", "About a topic"
    SITUATION = "situation", "Something has happened"
    GENERAL = "general", "For every day"
    STAFF = "staff", "For school staff"

    @property
    def is_for_staff(self) -> bool:
        return self is GuideKind.STAFF

    @property
    def sections(self) -> tuple[GuideSectionKind, ...]:
        return FOR_STAFF if self.is_for_staff else FOR_PARENTS


class ActivityKind(models.TextChoices):
    DISCUSSION = "discussion", "Talk in pairs"
    SCENARIO = "scenario", "Scenario with choices"
    SORT = "sort", "Sort into groups"
    ORDER = "order", "Put in order"
    MATCH = "match", "Match pairs"
    SPOT = "spot", "Spot the sign"
    POLL = "poll", "Poll"


class Helpfulness(models.TextChoices):
    """What a scenario's choice does for the child; the answer of its item."""

    HELPS = "helps", "This helps"
    NOT_YET = "not_yet", "Not yet: something else helps more"


class Spotted(models.TextChoices):
    """What a line of a made-up chat or profile is; the answer of its item."""

    SIGN = "sign", "A sign"
    FINE = "fine", "Fine"


class QuestionKind(models.TextChoices):
    KNOWLEDGE = "knowledge", "Knowledge: right or wrong, with feedback"
    CONFIDENCE = "confidence", "Confidence: one to five"
    HELP_SEEKING = "help_seeking", "Seeking help: no wrong answer"
    RESPONSIBILITY = "responsibility", "Responsibility: whose fault"
    WORRY = "worry", "Worry: asked after only"

    @property
    def is_class_only(self) -> bool:
        """Answers are only ever shown for the class, never for fewer than five."""
        return self in (QuestionKind.HELP_SEEKING, QuestionKind.RESPONSIBILITY, QuestionKind.WORRY)

    @property
    def fixed_options(self) -> tuple[str, ...]:
        return FIXED_OPTIONS.get(self, ())


FIXED_OPTIONS: dict[str, tuple[str, ...]] = {
    QuestionKind.CONFIDENCE: ("Not sure at all", "A little unsure", "In between", "Quite sure", "Very sure"),
    QuestionKind.WORRY: ("I feel fine", "I feel a bit worried", "I feel worried and would like to talk"),
}
NOBODY = "Nobody, or I do not know yet"


class Moment(models.TextChoices):
    """When a lesson's questions are asked."""

    BEFORE = "before", "Before"
    AFTER = "after", "After"
    LATER = "later", "Some weeks later"


class DocumentKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    PPTX = "pptx", "PowerPoint slides"


class Serves(models.TextChoices):
    CHILD = "child", "Children and young people"
    PARENT = "parent", "Parents and carers"
    PROFESSIONAL = "professional", "Professionals"
    ANYONE = "anyone", "Anyone"


class TermClass(models.TextChoices):
    AVOID = "avoid", "Avoid"
    CARE = "care", "With care"
    USE = "use", "Use"
