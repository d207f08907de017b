from .bands import Band, age_bands
from .cards import GuideCard
from .guide import RetiredGuide, guide_page, guide_title, retired_guide
from .home_card import HomeCard, home_card
from .news import GuideNews, guides_gone_live, latest_guides
from .school import find_schools, languages_of_school, school_card, school_letter, school_page
from .search import GuidesFound
from .succession import successor_address
from .topic_page import TopicPage, topic_page
from .unknown import NearPage, near_guides, near_topics
from .ways_in import GuideShelves, OtherGuides, WaysIn, staff_guides, ways_in

__all__ = [
    "Band",
    "GuideCard",
    "GuideNews",
    "GuideShelves",
    "GuidesFound",
    "HomeCard",
    "NearPage",
    "OtherGuides",
    "RetiredGuide",
    "TopicPage",
    "WaysIn",
    "age_bands",
    "find_schools",
    "guide_page",
    "guide_title",
    "guides_gone_live",
    "home_card",
    "languages_of_school",
    "latest_guides",
    "near_guides",
    "near_topics",
    "retired_guide",
    "school_card",
    "school_letter",
    "school_page",
    "staff_guides",
    "successor_address",
    "topic_page",
    "ways_in",
]
