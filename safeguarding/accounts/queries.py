from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled

from .models import User


@dataclass(frozen=True)
class Place:
    """A school of somebody's and what they are there."""

    school: str
    role: str


@dataclass(frozen=True)
class AccountSummary:
    name: str
    email: str
    platform_roles: list[str]
    places: list[Place]
    has_second_factor: bool


def summarise_account(user: User) -> AccountSummary:
    """Two queries."""
    held = [
        (user.is_editor, "Editor: writes lessons and guides"),
        (user.is_reviewer, "Reviewer: approves and publishes what somebody else has written"),
        (user.is_superuser, "Operator: looks after accounts and schools"),
    ]
    memberships = user.memberships.filter(is_active=True).select_related("school").order_by("school__name")
    return AccountSummary(
        name=user.name,
        email=user.email,
        platform_roles=[words for holds, words in held if holds],
        places=[Place(m.school.name, m.get_role_display()) for m in memberships],
        has_second_factor=is_mfa_enabled(user),
    )
