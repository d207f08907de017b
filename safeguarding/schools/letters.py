"""The letter that offers somebody a place at a school. It holds no word that a lead typed: it goes to any address."""

import hashlib
import logging

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from safeguarding.accounts.invitations import send_password_link

from .errors import TooManyLetters
from .models import Invitation, School

logger = logging.getLogger(__name__)

HOUR_SECONDS = 60 * 60
MOST_OF_A_SCHOOL = 60  # in an hour: a whole staff at the start of a year
MOST_TO_AN_ADDRESS = 3  # in an hour, from one school


def count_letter(school: School, email: str) -> None:
    """Raises TooManyLetters where the school, or the school to this address, has sent enough for an hour."""
    address = hashlib.sha256(email.casefold().encode()).hexdigest()[:32]
    for key, most in (
        (f"letters-of-{school.pk}", MOST_OF_A_SCHOOL),
        (f"letters-of-{school.pk}-to-{address}", MOST_TO_AN_ADDRESS),
    ):
        cache.add(key, 0, HOUR_SECONDS)
        if _one_more(key) > most:
            raise TooManyLetters


def _one_more(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two calls.
        cache.set(key, 1, HOUR_SECONDS)
        return 1


def send_invitation(request: HttpRequest, invitation: Invitation) -> bool:
    """One more with a link to choose a password goes to somebody who has none yet. Whether both went out."""
    words = {
        "school": invitation.school.name,
        "role": invitation.get_role_display(),
        "address": request.build_absolute_uri(reverse("schools:invitations")),
    }
    letter = EmailMessage(
        subject=f"{invitation.school.name} invites you to Safeguarding lessons",
        body=render_to_string("schools/email/invitation.txt", words),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.user.email],
    )
    try:
        letter.send()
    except Exception as error:  # whatever the mail back end raises: the invitation stands, and can be sent again
        # Not what was raised: a mail server's answer names the person.
        logger.error("An invitation could not be sent (%s).", type(error).__name__)
        return False
    return invitation.user.has_usable_password() or send_password_link(request, invitation.user)
