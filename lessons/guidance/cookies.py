"""Each cookie that the product sets, for the cookies page. A visitor who only reads is given none."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Cookie:
    name: str
    what_for: str | Promise
    how_long: str | Promise


COOKIES = (
    Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Remembers that you have signed in, or that you have joined your class."),
        _("For pupils, three hours. For staff, until the browser is closed, and twelve hours at most."),
    ),
    Cookie(
        settings.CSRF_COOKIE_NAME,
        _("Makes sure that a form was sent from our own page. It says nothing about you."),
        _("One year, or until you clear your cookies."),
    ),
    Cookie(
        "messages",
        _("Carries a short sentence, such as “Saved”, to the next page that staff see."),
        _("Until that page has been shown, or the browser is closed."),
    ),
    Cookie(
        "answer",
        _("For pupils only. Lets the next page say something about the choice. By itself it does not tell the choice."),
        _("Until the pupil goes on, and two hours at most."),
    ),
)
