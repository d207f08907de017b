"""The door to the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.accounts.current import current_user

from .. import rules
from ..errors import ChecksFailed, EditorialError, NotAllowed, SlugTaken, WarningsLeft, WrongStatus

View = Callable[..., HttpResponseBase]


def _desk(view: View) -> View:
    """For editors and reviewers: a visitor is asked to sign in, anybody else is refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not current_user(request).is_desk_user:
            raise PermissionDenied("The desk is for editors and reviewers. Ask an operator to make you one.")
        return view(request, *args, **kwargs)

    return login_required(never_cache(wrapped))


def desk_page(view: View) -> View:
    """Read only."""
    return require_safe(_desk(view))


def desk_form(view: View) -> View:
    return require_http_methods(["GET", "HEAD", "POST"])(_desk(view))


def desk_step(view: View) -> View:
    """A button: POST only."""
    return require_POST(_desk(view))


def _settings(view: View) -> View:
    """For whoever is at the desk, and for operators, who need not be."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.can_see_settings(current_user(request)):
            raise PermissionDenied("The settings are for editors, reviewers and operators. Ask an operator for a role.")
        return view(request, *args, **kwargs)

    return login_required(never_cache(wrapped))


def settings_page(view: View) -> View:
    return require_safe(_settings(view))


def settings_form(view: View) -> View:
    return require_http_methods(["GET", "HEAD", "POST"])(_settings(view))


def settings_step(view: View) -> View:
    return require_POST(_settings(view))


def require_editor(request: HttpRequest) -> None:
    if not rules.can_write(current_user(request)):
        raise PermissionDenied(
            "Writing is for editors. As a reviewer you can read every version, approve and return it."
        )


def status_of(error: EditorialError) -> int:
    """The HTTP status that a refusal is answered with."""
    if isinstance(error, NotAllowed):
        return 403
    return 409 if isinstance(error, (WrongStatus, ChecksFailed, WarningsLeft, SlugTaken)) else 400
