from typing import ClassVar

from django.db import models

from ..enums import Reader, TermClass


class GlossaryTerm(models.Model):
    """A word of the field: to avoid, to use with care, or to use. The publishing checks read it."""

    term = models.CharField(max_length=120, unique=True)
    forms = models.TextField(blank=True, help_text="Phrases that the check looks for, one a line, lower case.")
    term_class = models.CharField("class", max_length=6, choices=TermClass.choices)
    audience = models.CharField("in texts for", max_length=10, choices=Reader.choices, default=Reader.EVERYONE)
    instead = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def form_list(self) -> list[str]:
        return [form.strip() for form in self.forms.splitlines() if form.strip()]
