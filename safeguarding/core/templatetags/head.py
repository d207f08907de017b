"""What a page says of itself to those who find or share it: address, other languages, picture, facts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import template
from django.contrib.staticfiles import finders
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..languages import SOURCE, Language, interface_language

register = template.Library()

# As Django's `json_script` does: what could end the element, or begin another, is written as an escape of JSON's own.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# Language and territory, as ogp.me asks for; a language of which we know no territory says nothing.
OPEN_GRAPH = {"en-gb": "en_GB", "cy": "cy_GB", "nl": "nl_NL", "fr": "fr_FR"}
EVERY_TOPIC = "img/share/every-topic.png"


class Link(Protocol):
    """To the same in another language."""

    @property
    def language(self) -> Language: ...

    @property
    def url(self) -> str: ...


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str = "") -> str:
    """The one place that knows the whole address of a page; the page's own where no path is named."""
    request = context["request"]
    return str(request.build_absolute_uri(path or request.path))


@register.simple_tag(takes_context=True)
def alternates(context: Context, links: Sequence[Link] = (), path: str = "", code: str = "") -> SafeString:
    """The page in each language, itself included where `code` says which that is; English is for every other reader."""
    found = {link.language.code: link.url for link in links or ()}
    if found and code:
        found[code] = path
    if SOURCE in found:
        found["x-default"] = found[SOURCE]
    rows = [(language, absolute(context, url)) for language, url in found.items()]
    return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', rows)


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """Facts in the words of schema.org. A block of data is never run, so no policy of scripts has to let it in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.inclusion_tag("core/components/sharing.html", takes_context=True)
def sharing(
    context: Context,
    title: str,
    description: str,
    path: str = "",
    kind: str = "website",
    topic: str = "",
    code: str = "",
) -> dict[str, Any]:
    """What a message with this address may show: words and a drawing of ours. `topic` is a slug."""
    drawn = f"img/share/{topic}.png"
    return {
        "title": title,
        "description": description,
        "kind": kind,
        "url": absolute(context, path),
        "locale": OPEN_GRAPH.get(code or interface_language().code, ""),
        "picture": absolute(context, static(drawn if topic and finders.find(drawn) else EVERY_TOPIC)),
    }
