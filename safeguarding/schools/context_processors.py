from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .access import roles_of


def roles(request: HttpRequest) -> dict[str, Any]:
    """`roles.teaches` and `roles.leads`, for the navigation: no query for a visitor, one for somebody signed in."""
    user = getattr(request, "user", None)
    return {"roles": SimpleLazyObject(lambda: roles_of(user))}
