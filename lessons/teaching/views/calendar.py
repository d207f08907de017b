"""The address that a teacher's own calendar reads."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_school

from .. import queries, services
from ..ical import write_calendar
from ..models import CalendarFeed

KEPT_SECONDS = 900


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    if request.method == "POST":
        if "end" in request.POST:
            services.end_feed(actor=user)
            messages.success(request, "The address is switched off. A calendar that used it gets nothing more.")
        else:
            services.make_feed(actor=user)
            messages.success(request, "The address is ready. One that you had before has stopped working.")
        return redirect("teaching:calendar")
    feed = CalendarFeed.objects.filter(user=user).first()
    address = settings.SITE_URL + reverse("teaching:calendar-feed", args=[feed.secret]) if feed else ""
    return render(request, "teaching/calendar.html", {"feed": feed, "address": address})


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For a program, which has no session: the address is all that it shows, and no cookie is set."""
    owner = queries.feed_owner(secret)
    if owner is None:
        sentence = "This calendar address is not in use. Its owner can make a new one under Teach, Calendar."
        response = HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "private, no-store"
    else:
        days = queries.calendar_days(owner, queries.today())
        written = write_calendar("Safeguarding lessons", days)
        response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="lessons.ics"'
        response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
