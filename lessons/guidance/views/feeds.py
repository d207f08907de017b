"""Atom feeds of what parents read, in the language of the address. Source: RFC 4287, 2005, sections 4 and 2."""

import datetime
import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lessons.library.models import Topic
from safeguarding.core.http import public_page
from safeguarding.core.languages import interface_language

from ..addresses import address
from ..queries import GuideNews, latest_guides
from ..queries.cards import named

# What no XML may hold: Django would refuse to write the whole feed. Source: XML 1.0, 2008, section 2.2.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class GuidanceAtom(Atom1Feed):
    """Is named by its own address, and says of each entry in which language it stands: some are not translated yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feed["id"] = self.feed["feed_url"]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


class GuidanceFeed(Feed[GuideNews, Topic | None]):
    """All of it, or of one topic. One query, and one for the topic."""

    feed_type = GuidanceAtom

    def get_object(self, request: HttpRequest, slug: str = "") -> Topic | None:
        return Topic.objects.get(slug=slug) if slug else None

    def title(self, topic: Topic | None) -> str:
        if topic is None:
            return gettext("Guidance for parents and carers")
        return gettext("Guidance for parents on: %(topic)s") % {"topic": _text(named(topic.name))}

    def subtitle(self) -> str:
        return gettext("New and changed guides, the newest first.")

    def link(self) -> str:
        return address("index", language=interface_language().code)

    def author_name(self) -> str:
        return gettext("Safeguarding lessons")

    def items(self, topic: Topic | None) -> list[GuideNews]:
        return latest_guides(interface_language().code, topic.pk if topic else None)

    def item_title(self, item: GuideNews) -> str:
        return _text(item.title)

    def item_description(self, item: GuideNews) -> str:
        """A summary is HTML in an Atom feed of Django's, and ours are plain text."""
        return escape(_text(item.summary))

    def item_link(self, item: GuideNews) -> str:
        return item.url

    def item_updateddate(self, item: GuideNews) -> datetime.datetime:
        return item.changed_at

    def item_extra_kwargs(self, item: GuideNews) -> dict[str, Any]:
        return {"language": item.language}


def _text(words: str) -> str:
    return NOT_IN_XML.sub("", words)


guidance_feed = require_safe(public_page(GuidanceFeed()))
