import logging

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from .models import User

logger = logging.getLogger(__name__)


def send_password_link(request: HttpRequest, user: User) -> bool:
    """The message of “Forgot your password?”, which also serves somebody who has none yet. Whether it went out."""
    form = ResetPasswordForm({"email": user.email})
    if not form.is_valid():
        return False
    try:
        form.save(request)
    except Exception as error:  # whatever the mail back end raises: the account stands, and it can be sent again
        # Not what was raised: a mail server's answer names the person.
        logger.error("A link to choose a password could not be sent (%s).", type(error).__name__)
        return False
    return True
