"""Where parents' pages stand in each language."""

from django.urls import reverse
from django.utils import translation

from lessons.library.queries import LanguageLink
from safeguarding.core.languages import INTERFACE, SOURCE, interface_language, language_of


def address(page: str, *args: str, language: str) -> str:
    """Of a page with its own words in this language, or in English where it has none in it."""
    with translation.override(language if language in INTERFACE else SOURCE):
        return reverse(f"guidance:{page}", args=args)


def in_each_language(page: str, *args: str) -> tuple[LanguageLink, ...]:
    """The same page with its own words in each language."""
    here = interface_language().code
    return tuple(
        LanguageLink(language_of(code), address(page, *args, language=code), code == here) for code in INTERFACE
    )
