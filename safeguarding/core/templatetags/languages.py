"""What a page says of the language of its parts."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..languages import SOURCE, Language, interface_language, is_draft, language_of

register = template.Library()


def _attributes(language: Language) -> SafeString:
    return format_html(' lang="{}" dir="{}"', language.code, language.direction)


@register.simple_tag
def whole_page() -> SafeString:
    """`lang` and `dir` of the page's own words."""
    return _attributes(interface_language())


@register.simple_tag
def in_language(code: str = SOURCE, within: str = "") -> SafeString:
    """`lang` and `dir` of a part in this language; nothing where the page, or what it stands in, has the same."""
    if not code:
        return SafeString("")
    around = language_of(within) if within else interface_language()
    return SafeString("") if language_of(code) == around else _attributes(language_of(code))


@register.simple_tag
def in_words_of_page(within: str) -> SafeString:
    """The same for a part in the page's own words, within one in the language `within`."""
    return in_language(interface_language().code, within)


@register.simple_tag
def language_prefix() -> str:
    """How the addresses of parents' pages begin in the page's own language: nothing in English."""
    code = interface_language().code
    return "" if code == SOURCE else f"/{code}"


@register.simple_tag
def english_page() -> str:
    """Says of a link, on a page in another language, that it leads to one in English."""
    return SafeString("") if interface_language().code == SOURCE else format_html(' hreflang="{}"', SOURCE)


@register.inclusion_tag("core/components/draft_words.html")
def draft_words() -> dict[str, Any]:
    """The notice of a language whose words no fluent reader has approved yet."""
    language = interface_language()
    return {"language": language if is_draft(language.code) else None}
