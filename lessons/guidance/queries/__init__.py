from .bands import Band, age_bands
from .cards import GuideCard
from .guide import RetiredGuide, guide_page, guide_title, retired_guide
from .news import GuideNews, guides_gone_live, latest_guides
from .home_card import HomeCard, home_card
from .school import find_schools, languages_of_school, school_card, school_letter, school_page
from .ways_in import (
    GuideShelves,
    OtherGuides,
    guide_shelves,
    guides_for_age,
    guides_in_other_languages,
    guides_with_words,
    staff_guides,
)

__all__ = [
    "Band",
    "GuideCard",
    "GuideNews",
    "GuideShelves",
    "HomeCard",
    "OtherGuides",
    "RetiredGuide",
    "age_bands",
    "find_schools",
    "guide_page",
    "guide_shelves",
    "guide_title",
    "guides_for_age",
    "guides_gone_live",
    "guides_in_other_languages",
    "guides_with_words",
    "latest_guides",
    "home_card",
    "languages_of_school",
    "retired_guide",
    "school_card",
    "school_letter",
    "school_page",
    "staff_guides",
]
