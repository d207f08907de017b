from django.db import models


class Role(models.TextChoices):
    LEAD = "lead", "Safeguarding or PSHE lead"
    TEACHER = "teacher", "Teacher"


class SecretKind(models.TextChoices):
    """How a pupil of a named class shows that it is them; kept as a hash only."""

    PICTURES = "pictures", "Three pictures"
    WORDS = "words", "Four words"
    PIN = "pin", "A PIN"


class ClassMode(models.TextChoices):
    ANONYMOUS = "anonymous", "Anonymous: pupils join with the class code; only counts are kept"
    NAMED = "named", "Named: pupils choose their name after the class code"


class CodeEnd(models.TextChoices):
    """When a class code stops working."""

    TODAY = "today", "Tonight: for this lesson only"
    TERM = "term", "At the end of the term"
    YEAR = "year", "At the end of the school year"


class RosterChangeKind(models.TextChoices):
    CLASS_MADE = "class_made", "Class made"
    ADDED = "added", "Pupil added"
    CHANGED = "changed", "Pupil changed"


class RosterAction(models.TextChoices):
    """What a row of a file would do to the list of its class."""

    ADD = "add", "New"
    CHANGE = "change", "Changed"
    SAME = "same", "As it is"
