from .documents import Document, GuideAttachment, LessonAttachment
from .frameworks import Edition, Framework, Statement, Strand
from .glossary import GlossaryTerm
from .guide import Guide, GuideClarity, GuideSection, GuideVersion
from .illustrations import Illustration
from .images import Image
from .lesson import Lesson, LessonSection, LessonVersion
from .lesson_parts import Activity, ActivityItem, Objective, Question, QuestionOption, VocabularyTerm
from .reference import AgeBand, BandName, Topic
from .services import HelpService
from .starter import StarterRow
from .unit import Unit, UnitLesson

__all__ = [
    "Activity",
    "ActivityItem",
    "AgeBand",
    "BandName",
    "Document",
    "Edition",
    "Framework",
    "GlossaryTerm",
    "Guide",
    "GuideAttachment",
    "GuideClarity",
    "GuideSection",
    "GuideVersion",
    "HelpService",
    "Illustration",
    "Image",
    "Lesson",
    "LessonAttachment",
    "LessonSection",
    "LessonVersion",
    "Objective",
    "Question",
    "QuestionOption",
    "StarterRow",
    "Statement",
    "Strand",
    "Topic",
    "Unit",
    "UnitLesson",
    "VocabularyTerm",
]
