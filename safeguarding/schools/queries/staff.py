from dataclasses import dataclass

from ..models import Membership


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
