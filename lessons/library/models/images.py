from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from .illustrations import Picture


class Image(models.Model):
    """A picture in our own library: always re-encoded by `library.image_store`, never the file that was sent."""

    title = models.CharField(max_length=120)
    alt_text = models.CharField(
        "alternative text",
        max_length=250,
        blank=True,
        help_text="What the picture shows, for someone who cannot see it.",
    )
    is_decorative = models.BooleanField(
        "decorative only", default=False, help_text="Tick if nothing is lost when the picture is not seen."
    )
    credit = models.CharField(max_length=160, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    small = models.FileField(upload_to="images/", help_text="At most 480 pixels wide.")
    medium = models.FileField(upload_to="images/", help_text="At most 960 pixels wide.")
    large = models.FileField(upload_to="images/", help_text="At most 1600 pixels wide.")
    width_px = models.PositiveIntegerField(help_text="Of the large size.")
    height_px = models.PositiveIntegerField(help_text="Of the large size.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploaded_images"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt_text="") | (Q(is_decorative=False) & ~Q(alt_text="")),
                name="image_alt_text_or_decorative",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def picture(self) -> Picture:
        return Picture("", self.medium.url, self.small.url, self.alt_text, self.width_px, self.height_px)
