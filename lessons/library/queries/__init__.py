from .comparison import compare_contents, compare_versions
from .coverage import coverage, edition_page
from .documents import (
    DocumentLine,
    document_rows,
    documents_in,
    documents_numbered,
    documents_of_guide,
    documents_of_lesson,
)
from .emergency import emergency_in
from .evidence import evidence_map, finding_page, source_page
from .findings import FindingLine, finding_lines, finding_rows, years_of
from .glossary import glossary
from .guide_page import GuidePage, LanguageLink, Translated, guide_page_of_content, in_readers_order
from .help import CountryHelp, Help, HelpDirectory, ServiceHelp, countries, help_directory, help_for
from .lesson_page import LessonPage, lesson_page, page_of_content, place_of_content, retired_lesson
from .lessons import (
    BandGroup,
    LessonCard,
    LessonLink,
    by_band,
    lesson_card,
    lesson_rows,
    lessons_of_topic,
    topic_picture,
)
from .near_lessons import near_lessons
from .pictures import pictures_of
from .plan import LessonPlan, lesson_plan, plan_of_content
from .school_words import SchoolWords, country_of, school_words
from .units import UnitCard, unit_card, unit_cards, unit_of_lesson, unit_page

__all__ = [
    "BandGroup",
    "CountryHelp",
    "DocumentLine",
    "FindingLine",
    "GuidePage",
    "Help",
    "HelpDirectory",
    "LanguageLink",
    "LessonCard",
    "LessonLink",
    "LessonPage",
    "LessonPlan",
    "SchoolWords",
    "ServiceHelp",
    "Translated",
    "UnitCard",
    "by_band",
    "compare_contents",
    "compare_versions",
    "countries",
    "country_of",
    "coverage",
    "document_rows",
    "documents_in",
    "documents_numbered",
    "documents_of_guide",
    "documents_of_lesson",
    "edition_page",
    "emergency_in",
    "evidence_map",
    "finding_lines",
    "finding_page",
    "finding_rows",
    "glossary",
    "guide_page_of_content",
    "help_directory",
    "help_for",
    "in_readers_order",
    "lesson_card",
    "lesson_page",
    "lesson_plan",
    "lesson_rows",
    "lessons_of_topic",
    "near_lessons",
    "page_of_content",
    "pictures_of",
    "place_of_content",
    "plan_of_content",
    "retired_lesson",
    "school_words",
    "source_page",
    "topic_picture",
    "unit_card",
    "unit_cards",
    "unit_of_lesson",
    "unit_page",
    "years_of",
]
