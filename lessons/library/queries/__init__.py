from .comparison import compare_versions
from .coverage import coverage, edition_page
from .evidence import evidence_map, finding_page, source_page
from .findings import FindingLine, finding_lines, years_of
from .glossary import glossary
from .help import CountryHelp, Help, HelpDirectory, ServiceHelp, countries, help_directory, help_for
from .lesson_page import LessonPage, lesson_page, retired_lesson
from .lessons import BandGroup, LessonCard, by_band, lesson_card, lessons_of_topic, topic_picture
from .plan import LessonPlan, lesson_plan
from .school_words import SchoolWords, country_of, school_words
from .units import unit_cards, unit_of_lesson, unit_page

__all__ = [
    "BandGroup",
    "CountryHelp",
    "FindingLine",
    "Help",
    "HelpDirectory",
    "LessonCard",
    "LessonPage",
    "LessonPlan",
    "SchoolWords",
    "ServiceHelp",
    "by_band",
    "compare_versions",
    "countries",
    "country_of",
    "coverage",
    "edition_page",
    "evidence_map",
    "finding_lines",
    "finding_page",
    "glossary",
    "help_directory",
    "help_for",
    "lesson_card",
    "lesson_page",
    "lesson_plan",
    "lessons_of_topic",
    "retired_lesson",
    "school_words",
    "source_page",
    "topic_picture",
    "unit_cards",
    "unit_of_lesson",
    "unit_page",
    "years_of",
]
