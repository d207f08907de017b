from typing import Any, ClassVar, NoReturn

from django.db import models


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit is append-only: an entry cannot be changed.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit is append-only: an entry cannot be deleted.")


class AuditEntry(models.Model):
    """Who did what to what, when and why. Outlives people and items, so it refers to both by number and name."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="The user's number; empty for a command.")
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=200)
    version_number = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.actor_name} · {self.action} · {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The audit is append-only: an entry cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit is append-only: an entry cannot be deleted.")
