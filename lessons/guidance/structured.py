"""What programs may read of a guide. Source: schema.org, Article and ParentAudience."""

from typing import Any

from django.utils.translation import gettext

from lessons.library.queries import GuidePage


def article(guide: GuidePage, url: str) -> dict[str, Any]:
    """`url` is the guide's whole address. Only what we hold: a date or a topic that is not there is left out."""
    us = {"@type": "Organization", "name": gettext("Safeguarding lessons")}
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": guide.title,
        "description": guide.summary,
        "url": url,
        "inLanguage": guide.language.code,
        "isAccessibleForFree": True,
        "author": us,
        "publisher": us,
    }
    if guide.published_at:
        facts["datePublished"] = guide.published_at.isoformat()
    if guide.changed_at:
        facts["dateModified"] = guide.changed_at.isoformat()
    if guide.topic:
        facts["about"] = {"@type": "Thing", "name": guide.topic}
    if not guide.is_for_staff:
        facts["audience"] = {
            "@type": "ParentAudience",
            "childMinAge": guide.age_from,
            "childMaxAge": guide.age_to,
        }
    return facts
