from django.db import models

from safeguarding.schools.models import SchoolClass


class ClassTries(models.Model):
    """How often somebody showed a wrong secret for a name of the class, in the ten minutes from `since_at`. No pupil
    and no device stands here."""

    school_class = models.OneToOneField(SchoolClass, on_delete=models.CASCADE, primary_key=True, related_name="tries")
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    since_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "class tries"

    def __str__(self) -> str:
        return f"Tries of class {self.school_class_id}"
