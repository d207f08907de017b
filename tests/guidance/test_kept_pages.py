"""Whole pages are kept in Redis, and a change shows on all of them at once. Skipped where there is no Redis."""

import datetime
import re
import threading
import time
from unittest.mock import Mock

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import OutOfMemoryError, ReadOnlyError, TimeoutError

from lessons.evidence.models import Finding
from lessons.guidance import urls
from lessons.guidance.changes import shown_models
from lessons.library.models import Guide, GuideClarity, GuideSection, GuideVersion, HelpService, Topic
from safeguarding.core import kept_pages
from tests.factories import (
    CountryFactory,
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    HelpServiceFactory,
    TopicFactory,
    make_live,
)

from .school_pages import lesson, open_page, set_for, term_now, year

GUIDE = "/guidance/photos/"
FORGIVING = {
    "BACKEND": "safeguarding.core.cache.ForgivingRedisCache",
    "LOCATION": "redis://127.0.0.1:1/0",  # where nothing answers
    "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
}
with_redis = pytest.mark.skipif(not django_settings.REDIS_URL, reason="REDIS_URL names no Redis.")


@pytest.fixture
def kept(settings):
    """From now on pages are kept; nothing is there yet."""
    settings.PAGES_ARE_KEPT = True
    caches["pages"].clear()


@pytest.fixture
def version(transactional_db, kept):
    CountryFactory()
    HelpServiceFactory(slug="line", name="A line")
    version = make_live(GuideVersionFactory(guide__slug="photos", guide__topic=TopicFactory(), title="Photos"))
    GuideSection.objects.create(version=version, kind="what", body="<p>A text.</p>")
    return version


def queries(address=GUIDE, client=None, **extra):
    with CaptureQueriesContext(connection) as asked:
        (client or Client()).get(address, **extra)
    return len(asked)


@with_redis
@pytest.mark.parametrize("address", ["/guidance/", "/cy/guidance/", GUIDE, f"{GUIDE}?country=GB", "/guidance/?age=12"])
def test_a_page_that_is_kept_needs_no_query_and_is_the_same(version, address):
    built = Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        shown = Client().get(address)

    assert len(asked) == 0
    assert shown.content == built.content
    assert {name: shown[name] for name in ("Vary", "Cache-Control", "Content-Language", "Referrer-Policy", "ETag")} == {
        name: built[name] for name in ("Vary", "Cache-Control", "Content-Language", "Referrer-Policy", "ETag")
    }
    assert Client().get(address, headers={"if-none-match": built["ETag"]}).status_code == 304
    assert Client().head(address).status_code == 200


CHANGES = {
    "a guide is saved": lambda v: (setattr(v, "title", "Changed"), v.save()),
    "versions are updated in one go": lambda v: GuideVersion.objects.update(title="Changed"),
    "a service is updated in one go": lambda v: HelpService.objects.update(name="Changed"),
    "services are made in bulk": lambda v: HelpService.objects.bulk_create(
        [HelpService(slug="new", name="Changed", serves="anyone", what_for="x", country_id="GB")]
    ),
    "services are changed in bulk": lambda v: HelpService.objects.bulk_update(
        [HelpService(pk=HelpService.objects.get().pk, name="Changed")], ["name"]
    ),
    "a finding is added": lambda v: v.findings.add(FindingFactory(statement="Changed")),
    "SQL is written by hand": lambda v: connection.cursor().execute("UPDATE library_helpservice SET name = 'Changed'"),
    "many rows by hand": lambda v: connection.cursor().executemany(
        "UPDATE library_helpservice SET name = %s", [("Changed",)]
    ),
}


@with_redis
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_shows_at_once_however_it_is_made(version, change):
    assert "Changed" not in Client().get(GUIDE).text
    change(version)
    assert "Changed" in Client().get(GUIDE).text


@with_redis
def test_a_topic_and_what_is_taken_away_show_at_once(version):
    Client().get("/guidance/")
    Topic.objects.update(name="Renamed")
    assert "Renamed" in Client().get("/guidance/").text
    HelpService.objects.all().delete()
    assert "A line" not in Client().get(GUIDE).text
    GuideVersion.objects.update(live_until=timezone.now())
    assert Client().get(GUIDE).status_code == 410
    assert queries() == 0
    assert "photos" not in Client().get("/guidance/").text


@with_redis
def test_what_no_page_shows_renews_nothing(version, cast):
    Client().get(GUIDE)
    GuideClarity.objects.create(version=version, clear=1)
    cast.teacher.user.save()
    assert queries() == 0


@with_redis
def test_an_uncommitted_change_is_seen_by_its_own_connection_and_kept_for_nobody(version):
    Client().get(GUIDE)
    with transaction.atomic():
        HelpService.objects.update(name="Changed")
        assert "Changed" in Client().get(GUIDE).text
        transaction.set_rollback(True)
    assert "Changed" not in Client().get(GUIDE).text
    assert queries() == 0


@with_redis
def test_a_savepoint_that_is_rolled_back_takes_only_its_own_change_along(version):
    Client().get(GUIDE)
    with transaction.atomic():
        HelpService.objects.update(name="Changed")
        with transaction.atomic():
            Topic.objects.update(name="Never")
            transaction.set_rollback(True)
    assert "Changed" in Client().get(GUIDE).text


@with_redis
def test_a_page_that_was_begun_before_a_change_is_found_by_nobody_after_it(version):
    def slow(request):
        page = HttpResponse(HelpService.objects.get().name)
        HelpService.objects.update(name="Changed")  # meanwhile, on another server
        return page

    view, request = kept_pages.kept_page(slow), RequestFactory().get("/")

    assert view(request).content == b"A line"
    assert view(request).content == b"Changed"


@with_redis
def test_a_change_on_one_server_shows_on_the_others(version):
    """A thread has connections of its own, to the database and to Redis."""

    def change():
        HelpService.objects.update(name="Changed")
        connection.close()

    Client().get(GUIDE)
    other = threading.Thread(target=change)
    other.start()
    other.join()
    assert "Changed" in Client().get(GUIDE).text


@with_redis
def test_a_version_that_was_planned_appears_at_its_moment(version):
    moment = timezone.now() + datetime.timedelta(seconds=2.5)
    GuideVersion.objects.filter(pk=version.pk).update(live_until=moment)
    GuideVersionFactory(guide=version.guide, number=2, title="Newer", status="approved", live_from=moment)

    assert "Newer" not in Client().get(GUIDE).text
    assert queries() == 0
    time.sleep(max(0, (moment - timezone.now()).total_seconds()) + 0.05)
    assert "Newer" in Client().get(GUIDE).text


@with_redis
def test_who_has_a_session_is_shown_a_page_of_their_own(version, cast, signed_in):
    Client().get(GUIDE)
    assert queries(client=signed_in(cast.teacher)) > 0
    assert "/account/login/" in Client().get(GUIDE).text


@with_redis
def test_pages_are_kept_apart_by_host_and_by_the_language_that_is_asked_for(version, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    for name in settings.ALLOWED_HOSTS:
        assert f'href="http://{name}/guidance/' in Client().get(GUIDE, headers={"host": name}).text

    here = {"host": "one.example", "sec-fetch-site": "none"}
    for languages, status in (("en", 200), ("cy", 302), ("cy", 302), ("en", 200)):
        assert Client().get("/guidance/", headers={**here, "accept-language": languages}).status_code == status
    assert queries("/guidance/", headers={**here, "accept-language": "cy"}) == 0


@with_redis
@pytest.mark.parametrize("query", ["?country=XX", "?words=photo", "?country=" + "X" * 50, "?utm=1", "?age=12&age=13"])
def test_what_has_endless_values_is_not_kept(version, query):
    Client().get(f"{GUIDE}{query}")
    assert queries(f"{GUIDE}{query}") > 0


@with_redis
def test_what_is_gone_or_leads_on_is_kept_without_a_query_alone(version):
    GuideVersion.objects.update(live_until=timezone.now())
    for query, are_asked in (("", False), ("?country=XX", True)):
        assert Client().get(f"{GUIDE}{query}").status_code == 410
        assert (queries(f"{GUIDE}{query}") > 0) is are_asked


def test_servers_that_reach_the_database_by_different_ways_share_one_stamp(monkeypatch):
    def stamp(**held):
        monkeypatch.setattr(kept_pages, "connection", Mock(settings_dict=held))
        return kept_pages._stamp_name()

    here = stamp(HOST="", PORT="", NAME="lessons")
    assert stamp(HOST="db.example", PORT=5432, NAME="lessons") == here
    assert stamp(HOST="", PORT="", NAME="another") != here


@pytest.mark.parametrize("error", [ReadOnlyError, OutOfMemoryError, TimeoutError])
def test_a_redis_that_takes_nothing_breaks_neither_a_page_nor_a_change(transactional_db, settings, monkeypatch, error):
    def refuse(*args, **kwargs):
        raise error("no")

    settings.PAGES_ARE_KEPT = True
    settings.CACHES = {**settings.CACHES, "pages": FORGIVING}
    for operation in ("get", "set", "add", "delete"):
        monkeypatch.setattr(RedisCache, operation, refuse)
    make_live(GuideVersionFactory(guide=GuideFactory(slug="photos")))
    Guide.objects.update(age_from=6)
    assert "6 to 18 years" in Client().get(GUIDE).text


def test_while_redis_is_away_every_page_is_built_anew(transactional_db, settings):
    make_live(GuideVersionFactory(guide=GuideFactory(slug="photos")))
    settings.PAGES_ARE_KEPT = True
    settings.CACHES = {**settings.CACHES, "pages": FORGIVING}
    for _ in range(2):
        assert Client().get(GUIDE).status_code == 200
    Guide.objects.update(age_from=6)
    assert "6 to 18 years" in Client().get(GUIDE).text


@pytest.mark.parametrize(
    ("sql", "is_write"),
    [
        ('INSERT INTO "library_topic" ("slug") SELECT 1', True),
        ('  update library_topic set "name" = 1', True),
        ('INSERT OR IGNORE INTO "library_guideversion_findings" VALUES (1)', True),
        ('DELETE FROM "library_topic" WHERE 1', True),
        ('UPDATE "teaching_attempt" SET "x" = (SELECT 1 FROM "library_topic")', False),
        ('INSERT INTO "library_guideclarity" VALUES (1)', False),
        ('INSERT INTO "django_session" VALUES (1)', False),
        ('SELECT * FROM "library_topic" FOR UPDATE', False),
        ('SAVEPOINT "s1"', False),
        ("(SELECT 1) UNION (SELECT 2)", False),
        ("BEGIN IMMEDIATE", False),
        ("WITH gone AS (DELETE FROM library_topic RETURNING 1) SELECT 1", True),
        ('TRUNCATE "a", "library_topic"', True),
    ],
)
def test_it_is_told_by_the_statement_whether_a_page_changes(sql, is_write):
    writer = Mock(run_on_commit=[])
    kept_pages._see(lambda *given: None, sql, None, False, {"connection": writer})
    assert writer.on_commit.called is is_write


READ = re.compile(r"(?:FROM|JOIN) \"(\w+)\"")
# With which address the starter library's page of each name is read.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "guide-detail": ("sextortion",),
    "guide-thanks": ("sextortion",),
    "topic-detail": ("grooming",),
    "home-card": ("grooming-11-14",),
    "privacy-band": ("11-14",),
    "school-page": ("northfield",),
    "school-poster": ("northfield",),
    "school-letter": ("northfield",),
    **dict.fromkeys(["index", "for-staff", "subscribe", "privacy-pupils"], ()),
}
# Pages that say the same whatever the database holds.
WITHOUT_TABLES = {
    *("leaving", "subscribed", "left", "accessibility", "cookies", "privacy", "privacy-parents", "privacy-staff"),
    "school-find",  # without a name
}


def test_every_table_that_parents_pages_read_is_watched(cast, client):
    call_command("load_starter", skip_checks=True, verbosity=0)
    school = open_page(cast.northfield)
    term_now(school)
    set_for(year(school), lesson("A lesson"))
    kept = {page.name for page in urls.urlpatterns if getattr(page.callback, "is_parents_page", False)}
    # The page of the form is kept, and what is sent to the same address is not.
    assert kept | {"subscribe"} == set(ARGUMENTS) | WITHOUT_TABLES, "Name it in ARGUMENTS."

    for name in sorted(kept | {"subscribe"}):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"guidance:{name}", args=ARGUMENTS.get(name, ()))).status_code == 200
        read = {table for query in asked for table in READ.findall(query["sql"])}
        assert bool(read) is (name not in WITHOUT_TABLES), name
        assert read <= kept_pages.watched_tables(), name


def test_what_pages_show_is_named_whole():
    tables = {model._meta.db_table for model in shown_models()}

    assert {"library_guide", "library_helpservice", "evidence_finding", "teaching_assignment"} <= tables
    assert {"library_guideversion_findings", "library_helpservice_topics"} <= kept_pages.watched_tables()
    assert not {"library_guideclarity", "teaching_attempt", "teaching_answercount"} & kept_pages.watched_tables()
    assert Finding._meta.db_table in tables
