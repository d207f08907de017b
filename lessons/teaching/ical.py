"""Days as a calendar reads them. Source: RFC 5545, Internet Calendaring and Scheduling, 2009."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from .queries import CalendarDay

HOURS_BETWEEN = 6


def write_calendar(name: str, days: Iterable[CalendarDay]) -> bytes:
    host = settings.SITE_URL.split("://", 1)[-1]
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//lessons//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", datetime.timedelta(hours=HOURS_BETWEEN), parameters={"value": "DURATION"})
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", day.changed_at)
        event.add("dtstart", day.day)
        event.add("dtend", day.day + datetime.timedelta(days=1))
        event.add("summary", day.summary)
        event.add("url", settings.SITE_URL + reverse("dashboards:assignment-results", args=[day.assignment_pk]))
        event.add("transp", "TRANSPARENT")  # nobody is busy because a lesson is due
        calendar.add_component(event)
    return bytes(calendar.to_ical())
