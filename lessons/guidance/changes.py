"""What parents' pages show, and when it changes with nobody writing. Named here, because no model is known yet."""

import datetime

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

LIBRARY = ("evidence", "library")
OF_SCHOOLS = ("schools.Country", "schools.School", "schools.Term", "schools.SchoolClass", "teaching.Assignment")
# What readers say of a guide, which the desk alone reads.
NOT_SHOWN = frozenset({"library.GuideClarity"})


def shown_models() -> list[type[Model]]:
    library = [model for app in LIBRARY for model in apps.get_app_config(app).get_models()]
    return [
        *(model for model in library if model._meta.label not in NOT_SHOWN),
        *(apps.get_model(label) for label in OF_SCHOOLS),
    ]


def next_moment() -> datetime.datetime | None:
    """When the next version goes live or comes to its end. One query."""
    now = timezone.now()
    planned = [
        apps.get_model(label)._default_manager.order_by().filter(**{f"{field}__gt": now}).values_list(field)
        for label in ("library.GuideVersion", "library.LessonVersion")
        for field in ("live_from", "live_until")
    ]
    return min((moment for (moment,) in planned[0].union(*planned[1:])), default=None)
