"""What those who asked to be told are written, in the language in which they asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from ..addresses import address
from ..models import Subscription
from ..queries import GuideNews

MOST_IN_A_MAIL = 20


@dataclass(frozen=True)
class NewsLine:
    title: str
    url: str


def letter_to_confirm(asked: Subscription) -> EmailMessage:
    """To an address that is not on the list. It says nothing that whoever asked has typed."""
    with translation.override(asked.language):
        context = {"confirm": link("confirm", asked)}
        body = render_to_string("guidance/email/confirm.txt", context)
        return EmailMessage(gettext("Please confirm: news about our guides for parents"), body, to=[asked.email])


def letter_to_change(asked: Subscription, known: Subscription, is_different: bool) -> EmailMessage:
    """To an address that is on the list already: only whoever reads its mail learns that."""
    with translation.override(asked.language):
        context = {
            "change": link("confirm", asked) if is_different else "",
            "leave": link("leave", known, asked.language),
        }
        body = render_to_string("guidance/email/already.txt", context)
        return EmailMessage(gettext("You already get news about our guides for parents"), body, to=[asked.email])


def letter_of_news(subscription: Subscription, news: Iterable[GuideNews]) -> EmailMessage:
    """Source: RFC 2369, 1998, section 3.2; RFC 8058, 2017, section 3.1."""
    lines = [NewsLine(one.title, f"{settings.SITE_URL}{one.url}") for one in news]
    leave = link("leave", subscription)
    headers = {"List-Unsubscribe": f"<{leave}>"}
    if leave.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with translation.override(subscription.language):
        context = {
            "news": lines[:MOST_IN_A_MAIL],
            "has_more": len(lines) > MOST_IN_A_MAIL,
            "all": f"{settings.SITE_URL}{address('index', language=subscription.language)}",
            "leave": leave,
        }
        body = render_to_string("guidance/email/news.txt", context)
        subject = gettext("New or changed guides for parents")
        return EmailMessage(subject, body, to=[subscription.email], headers=headers)


def link(page: str, subscription: Subscription, language: str = "") -> str:
    return f"{settings.SITE_URL}{address(page, subscription.key, language=language or subscription.language)}"
