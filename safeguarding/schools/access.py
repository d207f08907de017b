"""The one door to what belongs to a school.

An outsider is told that there is no such thing (404); somebody of the school who may not see it is told that (403).
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from safeguarding.accounts.models import User

from .enums import Role
from .models import Membership, School

T = TypeVar("T", bound=models.Model)


@dataclass(frozen=True)
class Roles:
    teaches: bool = False
    leads: bool = False


def memberships_of(user: User | AnonymousUser | None) -> list[Membership]:
    """Active memberships with their schools, by name. One query for each user object."""
    if user is None or not user.is_authenticated:
        return []
    kept: list[Membership] | None = getattr(user, "_memberships", None)
    if kept is None:
        kept = list(
            Membership.objects.active().filter(user=user).select_related("school__country").order_by("school__name")
        )
        user._memberships = kept  # type: ignore[attr-defined]  # kept for this request, with the user object
    return kept


def roles_of(user: User | AnonymousUser | None) -> Roles:
    memberships = memberships_of(user)
    return Roles(teaches=bool(memberships), leads=any(m.is_lead for m in memberships))


def get_visible(user: User | AnonymousUser, model: type[T], **lookup: Any) -> tuple[T, Membership]:
    """The object and the membership through which it is seen. Two queries, and one for the memberships.

    The model says in `school_path` how it belongs to a school, and its queryset has `visible_to(membership)`.
    Raises Http404 for an outsider, PermissionDenied for somebody of the school who may not see it.
    """
    owned: Any = model
    by_school = {membership.school_id: membership for membership in memberships_of(user)}
    found = (
        owned.objects.filter(**{f"{owned.school_path}__in": list(by_school)}, **lookup)
        .annotate(_school=models.F(owned.school_path))
        .first()
    )
    if found is None:
        raise Http404("There is no such page, or it belongs to another school.")
    membership = by_school[found._school]
    if not owned.objects.visible_to(membership).filter(pk=found.pk).exists():
        raise PermissionDenied("This class has other teachers. Ask your school's lead to add you to it.")
    return found, membership


def get_school(
    user: User | AnonymousUser, slug: str | None = None, *, role: Role | None = None
) -> tuple[School, Membership]:
    """A school of the user's, the first by name when none is named.

    Raises Http404 where they belong to no such school, PermissionDenied where they lack the role.
    """
    memberships = [m for m in memberships_of(user) if slug in (None, m.school.slug)]
    if not memberships:
        if slug is None:
            raise PermissionDenied("Your account belongs to no school yet. Ask your school's lead or an operator.")
        raise Http404("There is no such page, or it belongs to another school.")
    fitting = [m for m in memberships if role in (None, m.role)]
    if not fitting:
        raise PermissionDenied("This page is for the school's safeguarding or PSHE lead.")
    return fitting[0].school, fitting[0]
