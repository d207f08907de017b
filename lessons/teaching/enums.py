from django.db import models


class Moment(models.TextChoices):
    BEFORE = "before", "Before"
    AFTER = "after", "After"


class Way(models.TextChoices):
    DEVICES = "devices", "On their own devices"
    TOGETHER = "together", "Together: the teacher teaches it and records it"
