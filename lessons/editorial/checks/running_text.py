"""What every text is asked, whoever reads it."""

from collections.abc import Iterator

from lessons.library.content import Content

from .figures import check_figures
from .problem import Problem
from .reference import Reference
from .text import check_images, check_links, check_words


def check_text(content: Content, reference: Reference) -> Iterator[Problem]:
    yield from check_images(content, reference)
    yield from check_links(content, reference)
    yield from check_words(content, reference)
    yield from check_figures(content, reference)
