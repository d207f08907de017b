from django.db import models


class Role(models.TextChoices):
    LEAD = "lead", "Safeguarding or PSHE lead"
    TEACHER = "teacher", "Teacher"


class ClassMode(models.TextChoices):
    ANONYMOUS = "anonymous", "Anonymous: pupils join with the class code; only counts are kept"
    NAMED = "named", "Named: pupils choose their name after the class code"
