from .frameworks import Edition, Framework, Strand
from .glossary import GlossaryTerm
from .guide import Guide, GuideSection, GuideVersion
from .images import Image
from .lesson import Lesson, LessonSection, LessonVersion
from .lesson_parts import Activity, ActivityItem, Objective, Question, QuestionOption, VocabularyTerm
from .reference import AgeBand, Topic
from .services import HelpService
from .starter import StarterRow

__all__ = [
    "Activity",
    "ActivityItem",
    "AgeBand",
    "Edition",
    "Framework",
    "GlossaryTerm",
    "Guide",
    "GuideSection",
    "GuideVersion",
    "HelpService",
    "Image",
    "Lesson",
    "LessonSection",
    "LessonVersion",
    "Objective",
    "Question",
    "QuestionOption",
    "StarterRow",
    "Strand",
    "Topic",
    "VocabularyTerm",
]
