"""What every text is asked, whoever reads it."""

from collections.abc import Iterator

from lessons.library.content import Content, is_english
from safeguarding.core.languages import language_of

from .figures import check_figures
from .problem import Level, Part, Problem
from .reference import Reference
from .text import check_images, check_links, check_words


def check_text(content: Content, reference: Reference) -> Iterator[Problem]:
    yield from check_images(content, reference)
    yield from check_links(content, reference)
    if is_english(content):
        yield from check_words(content, reference)
        yield from check_figures(content, reference)
    else:
        language = language_of(content.language).english
        yield Problem(
            Part.TEXT,
            "Language",
            f"Not checked in {language}: words to avoid, figures, length and reading age.",
            f"A reviewer who reads {language} fluently looks at each of them beside the source, and accepts this.",
            Level.WARNS,
        )
