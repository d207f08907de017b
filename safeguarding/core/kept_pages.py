"""Whole pages of visitors, kept in Redis until anything that they show is changed.

Every key holds a stamp. A write to a watched table, seen where it is sent to the database, renews the stamp once it is
committed: from then on nobody, on any server, finds the pages of before. Nothing has to know which pages a change
concerns. To a stamp belongs a period, which ends by itself when something changes with nobody writing. Without Redis,
or while it is away, every page is built anew.
"""

import datetime
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .http import View
from .readers_language import language_asked_for

# Bounds what nobody has seen: a server that stopped between its commit and the stamp, a change made by hand, a release.
MOST_SECONDS = 60
KEPT_STATUSES = frozenset({200, 301, 302, 410})
KEPT_WITH_QUERY = frozenset({200})
A_DAY_SECONDS = 24 * 60 * 60
# What a statement writes to. What is neither read nor understood counts as a write to everything.
READS = re.compile(
    r"[\s(]*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|START|END|SET|SHOW|PRAGMA|EXPLAIN|LOCK|DECLARE|FETCH|CLOSE)\b",
    re.IGNORECASE,
)
WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?[\"`]?(\w+)", re.IGNORECASE
)

Moment = Callable[[], datetime.datetime | None]
_watched: set[str] = set()
_moments: list[Moment] = []


def watch(models: Iterable[type[Model]], *, next_change: Moment | None = None) -> None:
    """When the apps are ready: what kept pages show, and when it changes next with nobody writing."""
    for model in models:
        _watched.add(model._meta.db_table)
        _watched.update(field.m2m_db_table() for field in model._meta.local_many_to_many)
    if next_change:
        _moments.append(next_change)


def watched_tables() -> frozenset[str]:
    return frozenset(_watched)


def kept_page(view: View, *, query: str = "") -> View:
    """For a page that is the same for every visitor and shows watched tables alone. No query where it is kept.

    It stands beneath `public_page`. `query` is a pattern of the query strings that are kept, of which there have to be
    few; an answer that says `no-cache` is not kept, and none is for a session, a pupil's too.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The stamp of before the page is built: whatever changes meanwhile makes it one that nobody finds.
        key = _key(request, query)
        if not key:
            return view(request, *args, **kwargs)
        kept = _pages().get(key)
        if isinstance(kept, HttpResponse):
            return kept
        response = view(request, *args, **kwargs)
        if _may_be_kept(request, response):
            _pages().set(key, response, MOST_SECONDS)
        return response

    return wrapped


def watch_writes(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """For `connection_created`."""
    if _see not in connection.execute_wrappers:
        connection.execute_wrappers.append(_see)


def renew_stamp() -> None:
    """Where the process dies before this, kept pages live on for MOST_SECONDS."""
    if settings.PAGES_ARE_KEPT:
        # The next reader makes a new one. A Redis that is full still takes things away.
        _pages().delete(_stamp_name())


def _see(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if not READS.match(sql):
        written = WRITES.match(sql)
        writer: BaseDatabaseWrapper = context["connection"]
        if (not written or written[1] in _watched) and not _has_unsettled_writes(writer):
            writer.on_commit(renew_stamp)
    return result


def _has_unsettled_writes(writer: BaseDatabaseWrapper) -> bool:
    """Its transaction has changed what pages show. A savepoint that is rolled back takes its own entries along."""
    return any(entry[1] is renew_stamp for entry in writer.run_on_commit)


def _key(request: HttpRequest, query: str) -> str:
    """Empty where the page is neither looked for nor kept. The first of a period costs a query."""
    asked = request.META.get("QUERY_STRING", "")
    if (
        not settings.PAGES_ARE_KEPT
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or not re.fullmatch(query, asked, re.ASCII)
        or _has_unsettled_writes(connection)
    ):
        return ""
    stamp = _found_or(_stamp_name(), lambda: A_DAY_SECONDS)
    period = _found_or(f"period:{stamp}", _seconds_until_next_change) if stamp else ""
    if not period:
        return ""
    page = "\n".join((str(request.scheme), request.get_host(), request.path, asked, language_asked_for(request)))
    return f"{stamp}:{period}:{_short(page)}"


def _found_or(name: str, seconds: Callable[[], int]) -> str:
    """A random text that all servers share for so long. Empty while Redis is away, and for 0 seconds."""
    found = _pages().get(name)
    if not found:
        # Of two servers at once, the first decides.
        _pages().add(name, _new(), seconds())
        found = _pages().get(name)
    return found if isinstance(found, str) else ""


def _stamp_name() -> str:
    """Of this database: several may share one Redis. By its name alone: each server may reach it by another way."""
    return "stamp:" + _short(str(connection.settings_dict["NAME"]))


def _new() -> str:
    return secrets.token_urlsafe(12)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seconds_until_next_change() -> int:
    """Whole seconds, rounded down: a period never outlives the moment, and none begins in the second before it.

    As many queries as there are moments to ask for.
    """
    now = timezone.now()
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    midnight = timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))
    moments = [midnight, *(moment for next_change in _moments if (moment := next_change()))]
    return max(0, int((min(moments) - now).total_seconds()))


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """What leads on, or is gone, has not read its query: with one it would be kept as often as anybody cares to ask."""
    said = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return (
        response.status_code in (KEPT_WITH_QUERY if request.META.get("QUERY_STRING") else KEPT_STATUSES)
        and not response.streaming
        and not response.cookies
        and not {"no-cache", "no-store", "private"} & said
    )


def _pages() -> BaseCache:
    return caches["pages"]
