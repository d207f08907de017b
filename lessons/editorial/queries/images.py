"""The pictures of the library, for whoever looks for one."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from lessons.library.models import Illustration, Image

PER_PAGE = 24
MOST_WORDS = 8


@dataclass(frozen=True)
class Shown:
    """Which pictures; what is empty asks for all."""

    words: str = ""  # each stands in the title, the alternative text, the credit or the licence
    use: str = ""  # used, unused or decorative


def image_page(shown: Shown, number: str | None) -> Page[Image]:
    """Twenty-four a page, the newest first, each with its number of `uses`. Two queries."""
    return Paginator(_images(shown), PER_PAGE).get_page(number)


def _images(shown: Shown) -> QuerySet[Image]:
    images = Image.objects.annotate(
        uses=Count("lessonversions", distinct=True) + Count("guideversions", distinct=True)
    ).order_by("-uploaded_at", "-pk")
    for word in shown.words.split()[:MOST_WORDS]:
        images = images.filter(
            Q(title__icontains=word)
            | Q(alt_text__icontains=word)
            | Q(credit__icontains=word)
            | Q(licence__icontains=word)
        )
    if shown.use == "used":
        return images.filter(uses__gt=0)
    if shown.use == "unused":
        return images.filter(uses=0)
    return images.filter(is_decorative=True) if shown.use == "decorative" else images


def drawings_with(words: str) -> list[Illustration]:
    """Drawings whose title or alternative text has each word. One query."""
    drawings = Illustration.objects.all()
    for word in words.split()[:MOST_WORDS]:
        drawings = drawings.filter(Q(title__icontains=word) | Q(alt_text__icontains=word))
    return list(drawings)
