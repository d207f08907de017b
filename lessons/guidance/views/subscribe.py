"""Being told by e-mail, without an account: ask, confirm by the link in the mail, leave by the link in every mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.core.languages import interface_language

from ..addresses import in_each_language
from ..forms import SubscribeForm
from ..http import parents_page
from ..queries.subscription import subscription_page
from ..services.subscriptions import (
    MailFailed,
    NoSuchKey,
    TooManyAsk,
    ask_to_be_told,
    confirm_subscription,
    leave_list,
)
from .visitors import from_visitors, see, with_a_key

page_and_form = require_http_methods(["GET", "HEAD", "POST"])


@from_visitors
@page_and_form
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address, so it tells nobody who is on the list."""
    if request.method != "POST":
        return _empty_form(request)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        ask_to_be_told(
            email=form.cleaned_data["email"],
            topics=form.cleaned_data["topics"],
            language=interface_language().code,
        )
    except TooManyAsk:
        form.add_error(None, gettext("Many people have asked in the last hour. Please try again in an hour."))
        return _form(request, form, status=429)
    except MailFailed:
        form.add_error(None, gettext("We cannot send mail just now, so nothing was kept. Please try again later."))
        return _form(request, form, status=503)
    return see("subscribed")


@parents_page
def _empty_form(request: HttpRequest) -> HttpResponse:
    return _form(request, SubscribeForm())


def _form(request: HttpRequest, form: SubscribeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "languages": in_each_language("subscribe")}
    return render(request, "guidance/subscribe.html", context, status=status)


@require_safe
@parents_page
def subscribed(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/subscribed.html")


@from_visitors
@with_a_key
@page_and_form
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Looking confirms nothing: mail scanners open every link."""
    if request.method == "POST":
        try:
            return see("confirm", confirm_subscription(key=key).key)
        except NoSuchKey:
            return render(request, "guidance/key_unknown.html", status=404)
    subscription = subscription_page(key)
    if subscription is None:
        return render(request, "guidance/key_unknown.html", status=404)
    return render(request, "guidance/confirm.html", {"subscription": subscription})


@from_visitors
@with_a_key
@page_and_form
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """A mail program that leaves for its reader is not led on. Source: RFC 8058, 2017, section 3.1."""
    if request.method != "POST":
        return render(request, "guidance/leave.html", {"subscription": subscription_page(key)})
    leave_list(key=key)
    return render(request, "guidance/left.html") if "List-Unsubscribe" in request.POST else see("left")


@require_safe
@parents_page
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/left.html")
