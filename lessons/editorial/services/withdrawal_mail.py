"""The e-mail to teachers whose classes hold a lesson that was withdrawn. It goes out after the withdrawal is kept."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from lessons.teaching.holding import teachers_who_hold

logger = logging.getLogger(__name__)


def tell_teachers(lesson_pk: int, title: str, reason: str) -> None:
    """One e-mail a teacher. One that fails holds up no other; the log says how many, and names nobody."""
    connection = get_connection()
    failed = 0
    for teacher in teachers_who_hold(lesson_pk):
        body = render_to_string(
            "editorial/email/withdrawn.txt",
            {"person": teacher, "title": title, "reason": reason, "site": settings.SITE_URL},
        )
        message = EmailMessage(f"Please stop teaching “{' '.join(title.split())}” for now", body, to=[teacher.email])
        try:
            connection.open()  # once for all: thousands may hold it, and one for each would outlast the request
            connection.send_messages([message])
        except Exception as error:  # whatever the mail back end raises: the others are still to be told
            failed += 1
            connection = get_connection()
            logger.warning("An e-mail about a withdrawn lesson could not be sent (%s).", type(error).__name__)
    if failed:
        logger.error("%s teachers could not be told by e-mail of a withdrawn lesson. Their pages say so.", failed)
    connection.close()
