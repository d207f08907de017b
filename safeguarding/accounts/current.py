from typing import cast

from django.http import HttpRequest

from .models import User


def current_user(request: HttpRequest) -> User:
    """Whoever is signed in. For views behind `login_required` only: elsewhere it may be nobody."""
    return cast(User, request.user)
