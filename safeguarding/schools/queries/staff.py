"""Who belongs to a school, who teaches what, and who has been invited."""

import datetime
from dataclasses import dataclass

from ..enums import Role
from ..models import Invitation, Membership, School, SchoolClass


@dataclass(frozen=True)
class TeacherChoice:
    membership: Membership
    label: str


@dataclass(frozen=True)
class StaffLine:
    """`classes` are the names of those that they teach now. Nothing says when somebody was last here."""

    pk: int
    name: str
    email: str
    role: Role
    classes: tuple[str, ...]
    class_pks: tuple[int, ...]

    @property
    def is_lead(self) -> bool:
        return self.role == Role.LEAD


@dataclass(frozen=True)
class InvitationLine:
    pk: int
    name: str
    email: str
    role: Role
    invited_at: datetime.datetime


@dataclass(frozen=True)
class OwnInvitation:
    pk: int
    school: str
    role: str


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


def list_staff(school: School) -> tuple[StaffLine, ...]:
    """Leads first, then by name. Two queries."""
    people = list(
        Membership.objects.active()
        .filter(school=school)
        .values_list("pk", "user__name", "user__email", "role")
        .order_by("user__name", "pk")
    )
    taught: dict[int, dict[int, str]] = {}
    teaching = SchoolClass.objects.current().filter(school=school, teachers__isnull=False)
    for member_pk, class_pk, name in teaching.order_by("age_from", "name").values_list("teachers", "pk", "name"):
        taught.setdefault(member_pk, {})[class_pk] = name
    lines = (
        StaffLine(pk, name or email, email, Role(role), tuple(own.values()), tuple(own))
        for pk, name, email, role in people
        for own in [taught.get(pk, {})]
    )
    return tuple(sorted(lines, key=lambda line: not line.is_lead))


def list_invitations(school: School) -> tuple[InvitationLine, ...]:
    """By name. One query."""
    rows = Invitation.objects.filter(school=school).order_by("name", "pk")
    return tuple(InvitationLine(row.pk, row.name, row.email, Role(row.role), row.invited_at) for row in rows)


def invitations_of(user_pk: int) -> tuple[OwnInvitation, ...]:
    """What somebody has been offered, by school. One query."""
    rows = Invitation.objects.filter(user=user_pk).select_related("school").order_by("school__name")
    return tuple(OwnInvitation(row.pk, row.school.name, row.get_role_display()) for row in rows)


def classes_left_without(member: Membership) -> tuple[str, ...]:
    """The classes that nobody else teaches. Two queries."""
    others = Membership.objects.active().filter(school=member.school_id).exclude(pk=member.pk)
    own = SchoolClass.objects.current().filter(teachers=member)
    shared = set(own.filter(pk__in=SchoolClass.objects.filter(teachers__in=others)).values_list("pk", flat=True))
    return tuple(name for pk, name in own.order_by("age_from", "name").values_list("pk", "name") if pk not in shared)
