from .evidence import EvidenceSource, evidence_sources
from .findings import FindingLine, finding_lines, years_of
from .help import CountryHelp, Help, HelpDirectory, ServiceHelp, countries, help_directory, help_for
from .lesson_page import LessonPage, lesson_page, retired_lesson
from .lessons import BandGroup, LessonCard, by_band, lesson_card, lessons_of_topic, topic_picture
from .plan import LessonPlan, lesson_plan

__all__ = [
    "BandGroup",
    "CountryHelp",
    "EvidenceSource",
    "FindingLine",
    "Help",
    "HelpDirectory",
    "LessonCard",
    "LessonPage",
    "LessonPlan",
    "ServiceHelp",
    "by_band",
    "countries",
    "evidence_sources",
    "finding_lines",
    "help_directory",
    "help_for",
    "lesson_card",
    "lesson_page",
    "lesson_plan",
    "lessons_of_topic",
    "retired_lesson",
    "topic_picture",
    "years_of",
]
