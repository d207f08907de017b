import datetime
from dataclasses import dataclass

from django.utils import timezone

from .models import Membership, Pupil, SchoolClass


@dataclass(frozen=True)
class PupilRow:
    pk: int
    name: str
    has_pictures: bool
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


@dataclass(frozen=True)
class TeacherChoice:
    membership: Membership
    label: str


def teacher_choices(school_ids: list[int]) -> list[TeacherChoice]:
    """Who can teach a class of these schools, by name; with the school's name where there are several. One query."""
    found = (
        Membership.objects.active()
        .filter(school__in=school_ids)
        .select_related("user", "school")
        .order_by("school__name", "user__name", "pk")
    )
    several = len(school_ids) > 1
    return [TeacherChoice(m, f"{m.user} ({m.school})" if several else str(m.user)) for m in found]
