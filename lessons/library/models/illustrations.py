from dataclasses import dataclass
from typing import ClassVar

from django.db import models

WIDTH_PX, HEIGHT_PX = 640, 360


def drawing_path(slug: str) -> str:
    """Below `static`."""
    return f"img/scenes/{slug}.svg"


@dataclass(frozen=True)
class Picture:
    """What a page needs in order to show one. `alt` is empty where it is decorative.

    `path` is that of a drawing below `static`; an upload has its two addresses instead.
    """

    path: str
    url: str
    small_url: str
    alt: str
    width_px: int
    height_px: int


class Illustration(models.Model):
    """A drawing of our own, kept with the code below `static`; pictures that editors upload are `Image`."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    alt_text = models.CharField("alternative text", max_length=250)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(alt_text=""), name="illustration_has_alt_text"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return drawing_path(self.slug)

    @property
    def picture(self) -> Picture:
        return Picture(self.path, "", "", self.alt_text, WIDTH_PX, HEIGHT_PX)
