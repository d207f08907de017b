import datetime
from dataclasses import dataclass

from django.utils import timezone

from ..models import Pupil, SchoolClass


@dataclass(frozen=True)
class PupilRow:
    pk: int
    name: str
    has_secret: bool
    locked_until_at: datetime.datetime | None


def list_pupils(school_class: SchoolClass) -> list[PupilRow]:
    """By name. One query."""
    now = timezone.now()
    rows = school_class.pupils.values_list("pk", "display_name", "secret", "locked_until_at")
    return [
        PupilRow(pk, name, bool(secret), locked if locked and locked > now else None)
        for pk, name, secret, locked in rows.order_by("display_name", "pk")
    ]


def has_pupils(school_class: SchoolClass) -> bool:
    return Pupil.objects.filter(school_class=school_class).exists()
