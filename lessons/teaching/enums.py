from django.db import models

from lessons.library.enums import Moment as Moment


class ForWhom(models.TextChoices):
    CLASS = "class", "The whole class"
    GROUPS = "groups", "Groups of it"
    PUPILS = "pupils", "Pupils that you choose"


class Digest(models.TextChoices):
    OFF = "off", "Off"
    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week, on Monday"


class Way(models.TextChoices):
    DEVICES = "devices", "On their own devices"
    TOGETHER = "together", "Together: the teacher teaches it and records it"


class YearAction(models.TextChoices):
    """What becomes of a class in a new school year."""

    UP = "up", "Moves up"
    LEAVE = "leave", "Leaves: its numbers are kept, its names are not"
    STAY = "stay", "Stays as it is"


class PackPart(models.TextChoices):
    """What there is to print for a lesson, in the order in which it comes out."""

    PLAN = "plan", "The plan"
    HANDOUTS = "handouts", "A sheet for each activity"
    CARDS = "cards", "Cards to cut out"
    CHECKS = "checks", "The checks, without names"
    ANSWERS = "answers", "Answers, for you"
    HELP = "help", "Who can help"
