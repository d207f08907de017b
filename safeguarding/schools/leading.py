"""What every page of a school's lead begins with: which school it is, and which others they lead."""

from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from safeguarding.accounts.current import current_user

from .access import get_school, get_visible, memberships_of
from .enums import Role
from .errors import LeadOnly
from .models import Membership, School
from .rules import can_manage_school

T = TypeVar("T", bound=models.Model)


@dataclass(frozen=True)
class Led:
    """`others` are the further schools that the person leads; each page then says in its address which one it is."""

    school: School
    membership: Membership
    others: tuple[School, ...]

    @property
    def asks_for(self) -> dict[str, str]:
        return {"school": self.school.slug} if self.others else {}

    @property
    def query(self) -> str:
        """What a link to another page of the lead's ends with."""
        return f"?{urlencode(self.asks_for)}" if self.others else ""


def get_led(request: HttpRequest) -> Led:
    """The school that the address names (`?school=<slug>`), or the first that the person leads. One query.

    Raises Http404 and PermissionDenied as `get_school` does.
    """
    school, membership = get_school(current_user(request), request.GET.get("school") or None, role=Role.LEAD)
    return _led(request, school, membership)


def get_led_object(request: HttpRequest, model: type[T], **lookup: Any) -> tuple[T, Led]:
    """Something of a school, for its lead; its school is that of the page.

    Raises Http404 for an outsider, PermissionDenied for whoever does not lead that school.
    """
    found, membership = get_visible(current_user(request), model, **lookup)
    if not can_manage_school(membership):
        raise PermissionDenied(LeadOnly.sentence)
    return found, _led(request, membership.school, membership)


def _led(request: HttpRequest, school: School, membership: Membership) -> Led:
    others = (m.school for m in memberships_of(current_user(request)) if m.is_lead and m.school_id != school.pk)
    return Led(school, membership, tuple(others))
