"""The site map and robots.txt: what search engines may list, and what is nobody else's."""

import datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.models import GuideVersion
from tests.cast import Cast
from tests.factories import (
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    make_live,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def listed(client: Client) -> dict[str, ElementTree.Element]:
    """What the site map says of each address, by its path."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314  # our own
    return {str(url.findtext(f"{MAP}loc")).removeprefix(SITE): url for url in root.findall(f"{MAP}url")}


def alternates(url: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"].removeprefix(SITE) for link in url.findall(LINK)}


def test_it_lists_what_everyone_may_read_and_when_it_changed(client: Client) -> None:
    guide = make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide")))
    make_live(GuideVersionFactory(guide=GuideFactory(slug="staff", kind="staff", topic=None)))
    make_live(LessonVersionFactory(lesson=LessonFactory(slug="a-lesson")))
    FindingFactory(code="F1")
    moment = timezone.make_aware(datetime.datetime(2027, 3, 1, 9))
    GuideVersion.objects.filter(pk=guide.pk).update(live_from=moment - datetime.timedelta(days=200))
    found = listed(client)
    for path in ("/", "/guidance/", "/cy/guidance/", "/guidance/a-guide/", "/guidance/staff/", "/guidance/for-staff/"):
        assert path in found
    for path in ("/lessons/", "/lessons/a-lesson/", "/evidence/findings/F1/", "/guidance/subscribe/"):
        assert path in found
    assert found["/guidance/a-guide/"].findtext(f"{MAP}lastmod") == "2026-08-13"
    for path in found:
        assert client.get(path).status_code == 200, path


def test_it_names_each_page_in_each_language_and_a_guide_in_those_in_which_it_stands(client: Client) -> None:
    source = make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide"))).identity
    welsh = GuideFactory(slug="canllaw", language="cy", translation_of=source, kind=source.kind, topic=source.topic)
    make_live(GuideVersionFactory(guide=welsh))
    make_live(GuideVersionFactory(guide=GuideFactory(slug="english-alone")))
    found = listed(client)
    both = {"cy": "/cy/guidance/canllaw/", "en-gb": "/guidance/a-guide/", "x-default": "/guidance/a-guide/"}
    assert alternates(found["/guidance/a-guide/"]) == alternates(found["/cy/guidance/canllaw/"]) == both
    assert alternates(found["/guidance/english-alone/"]) == {}
    assert set(alternates(found["/nl/guidance/"])) == {"en-gb", "cy", "nl", "fr", "x-default"}


def test_what_is_not_for_everyone_or_in_no_list_is_not_in_it(client: Client, cast: Cast) -> None:
    archived = make_live(GuideVersionFactory(guide=GuideFactory(slug="archived"))).identity
    archived.archived_at = timezone.now()
    archived.save()
    GuideVersionFactory(guide=GuideFactory(slug="draft"))
    found = listed(client)
    assert not [path for path in found if path.startswith(("/desk", "/teach", "/school", "/join", "/s/", "/account"))]
    assert "/guidance/archived/" not in found
    assert "/guidance/draft/" not in found


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for rows in (1, 30):
        for _ in range(rows):
            make_live(GuideVersionFactory())
            make_live(LessonVersionFactory(parts=False))
            FindingFactory()
        with django_assert_num_queries(8):
            client.get("/sitemap.xml")


def test_robots_may_read_what_everyone_may_and_find_the_site_map(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "public" in response["Cache-Control"]
    text = response.content.decode()
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    for path in ("/", "/guidance/", "/cy/guidance/a-guide/", "/lessons/a-lesson/", "/static/img/share/grooming.png"):
        assert robots.can_fetch("*", f"{SITE}{path}"), path
    for path in (
        "/desk/",
        "/teach/classes/",
        "/school/",
        "/account/login/",
        "/join/",
        "/operator/",
        "/guidance/leave/k/",
    ):
        assert not robots.can_fetch("*", f"{SITE}{path}"), path
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]


def test_no_search_engine_keeps_a_page_that_no_cache_may_keep(client: Client, cast: Cast, signed_in) -> None:
    assert signed_in(cast.editor).get("/desk/")["X-Robots-Tag"] == "noindex"
    assert client.get("/account/login/")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/guidance/").headers
