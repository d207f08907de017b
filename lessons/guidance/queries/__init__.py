from .cards import GuideCard
from .guide import RetiredGuide, guide_page, guide_title, retired_guide
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
    "GuideCard",
    "GuideShelves",
    "OtherGuides",
    "RetiredGuide",
    "guide_page",
    "guide_shelves",
    "guide_title",
    "guides_for_age",
    "guides_in_other_languages",
    "guides_with_words",
    "retired_guide",
    "staff_guides",
]
