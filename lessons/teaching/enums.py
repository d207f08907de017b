from django.db import models

from lessons.library.enums import Moment as Moment


class Way(models.TextChoices):
    DEVICES = "devices", "On their own devices"
    TOGETHER = "together", "Together: the teacher teaches it and records it"
