"""What somebody may have meant who came to an address at which nothing ever stood."""

from collections.abc import Mapping

from rapidfuzz import fuzz

LEAST_LIKE = 60  # of 100
MOST = 3
LONGEST = 80  # characters of an address that are looked at


def nearest(asked: str, titles: Mapping[str, str]) -> list[str]:
    """At most three slugs, the most alike first. `titles` are by slug."""
    words = _words(asked)
    likeness = {
        slug: max(fuzz.ratio(words, _words(slug)), fuzz.token_set_ratio(words, title.casefold()))
        for slug, title in titles.items()
    }
    alike = [slug for slug, likeness_of_slug in likeness.items() if likeness_of_slug >= LEAST_LIKE]
    return sorted(alike, key=lambda slug: (-likeness[slug], slug))[:MOST]


def _words(slug: str) -> str:
    return slug[:LONGEST].casefold().replace("-", " ").replace("_", " ")
