from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an operator; nobody signs up by themselves."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "This e-mail address and password do not belong together. Check both, or choose a new password with "
            "“Forgot your password?”."
        ),
        "too_many_login_attempts": (
            "There were too many tries for this account. Wait five minutes and try again, or choose a new password "
            "with “Forgot your password?”."
        ),
        "incorrect_password": "This is not your password. Type the one that you sign in with.",
        "enter_current_password": "This is not your password of now. Type the one that you signed in with.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody begins who asked for no page: desk, settings, classes, or their account. One query."""
        user = request.user
        if user.is_anonymous:
            return reverse("account_login")
        if user.is_desk_user:
            return reverse("editorial:home")
        if user.is_superuser:
            return reverse("editorial:settings")
        if user.memberships.filter(is_active=True).exists():
            return reverse("dashboards:teach-home")
        return reverse("account_home")
