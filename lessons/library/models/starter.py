from typing import ClassVar

from django.db import models


class StarterRow(models.Model):
    """What a row of reference data held when the starter library last wrote it.

    A row that holds something else by now has been changed by an editor, and is left alone.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=160)
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the row's own fields.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="starter_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
