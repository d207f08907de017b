"""What search engines and programs that show a link learn of a parents' page."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from lessons.library.models import GuideVersion, Objective
from safeguarding.core.templatetags.head import json_ld
from tests.factories import (
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    TopicFactory,
    make_live,
)

pytestmark = pytest.mark.django_db

SHARE = Path(settings.BASE_DIR) / "static" / "img" / "share"


@pytest.fixture
def version(db: None) -> GuideVersion:
    topic = TopicFactory(slug="grooming", name="Grooming warning signs")
    guide = GuideFactory(slug="a-guide", topic=topic, age_from=9, age_to=14)
    return make_live(GuideVersionFactory(guide=guide, title='Ask & "wait"', summary="What to notice.", author=None))


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def properties(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', html))


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', html))


def feeds(html: str) -> list[str]:
    return re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)


def facts(html: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    said: dict[str, object] = json.loads(block)
    return said


def test_a_guide_can_be_shared_with_its_words_and_a_drawing_of_its_topic(client: Client, version: GuideVersion) -> None:
    html = html_of(client, "/guidance/a-guide/")
    assert properties(html) == {
        "og:site_name": "Safeguarding lessons",
        "og:type": "article",
        "og:title": "Ask &amp; &quot;wait&quot;",
        "og:description": "What to notice.",
        "og:url": "http://testserver/guidance/a-guide/",
        "og:locale": "en_GB",
        "og:image": "http://testserver/static/img/share/grooming.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A calm drawing, with the name of this site.",
        "twitter:card": "summary_large_image",
    }
    assert feeds(html) == ["/guidance/feed/", "/guidance/topics/grooming/feed/"]


def test_a_topic_without_a_drawing_shows_the_one_for_all(client: Client, version: GuideVersion) -> None:
    version.guide.topic = TopicFactory(slug="new", name="New")
    version.guide.save()
    said = properties(html_of(client, "/guidance/a-guide/"))
    assert said["og:image"] == "http://testserver/static/img/share/every-topic.png"


def test_a_guide_names_itself_among_its_languages_and_english_for_all_others(
    client: Client, version: GuideVersion
) -> None:
    assert alternates(html_of(client, "/guidance/a-guide/")) == {}
    source = version.guide
    welsh = GuideFactory(slug="canllaw", language="cy", translation_of=source, kind=source.kind, topic=source.topic)
    make_live(GuideVersionFactory(guide=welsh))
    expected = {
        "en-gb": "http://testserver/guidance/a-guide/",
        "cy": "http://testserver/cy/guidance/canllaw/",
        "x-default": "http://testserver/guidance/a-guide/",
    }
    assert alternates(html_of(client, "/guidance/a-guide/")) == expected
    html = html_of(client, "/cy/guidance/canllaw/")
    assert alternates(html) == expected
    assert properties(html)["og:locale"] == "cy_GB"
    assert feeds(html)[0] == "/cy/guidance/feed/"


def test_the_page_of_all_guides_stands_in_each_language(client: Client, version: GuideVersion) -> None:
    html = html_of(client, "/cy/guidance/")
    assert set(alternates(html)) == {"en-gb", "cy", "nl", "fr", "x-default"}
    assert alternates(html)["x-default"] == "http://testserver/guidance/"
    assert properties(html)["og:url"] == "http://testserver/cy/guidance/"
    assert 'href="/cy/guidance/subscribe/"' in html


def test_what_somebody_looked_for_is_in_no_search_engine(client: Client, version: GuideVersion) -> None:
    assert '<meta name="robots" content="noindex">' in html_of(client, "/guidance/?words=guide")
    assert "noindex" not in html_of(client, "/guidance/")


def test_a_guide_states_its_facts_and_none_that_we_do_not_hold(client: Client, version: GuideVersion) -> None:
    first = version.live_from
    newer = make_live(GuideVersionFactory(guide=version.guide, number=2, title="A </script><b> & “title”", author=None))
    assert first is not None
    assert newer.live_from is not None
    us = {"@type": "Organization", "name": "Safeguarding lessons"}
    assert facts(html_of(client, "/guidance/a-guide/")) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "A </script><b> & “title”",
        "description": "What to notice and what to do.",
        "url": "http://testserver/guidance/a-guide/",
        "inLanguage": "en-gb",
        "isAccessibleForFree": True,
        "author": us,
        "publisher": us,
        "datePublished": first.isoformat(),
        "dateModified": newer.live_from.isoformat(),
        "about": {"@type": "Thing", "name": "Grooming warning signs"},
        "audience": {"@type": "ParentAudience", "childMinAge": 9, "childMaxAge": 14},
    }


def test_a_lesson_states_what_it_teaches_to_whom_and_how_long(client: Client, version: GuideVersion) -> None:
    lesson = LessonFactory(slug="a-lesson", topic=version.guide.topic)
    taught = make_live(LessonVersionFactory(lesson=lesson, title="Ask first"))
    can = list(Objective.objects.filter(version=taught).values_list("can", flat=True))
    html = html_of(client, "/lessons/a-lesson/")
    said = facts(html)
    assert said["@type"] == "LearningResource"
    assert said["name"] == properties(html)["og:title"] == "Ask first"
    assert said["teaches"] == can
    assert said["typicalAgeRange"] == f"{lesson.band.age_from}-{lesson.band.age_to}"
    assert re.fullmatch(r"PT\d+M", str(said["timeRequired"]))
    assert said["isAccessibleForFree"] is True


def test_no_text_can_end_the_block_of_facts_or_begin_another() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    block = json_ld({"name": hostile})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside) == {"name": hostile}


def test_every_topics_drawing_has_a_picture_to_share_of_the_right_size() -> None:
    drawn = {path.stem for path in (SHARE.parent / "topics").glob("*.svg")}
    assert {path.stem for path in SHARE.glob("*.png")} == drawn | {"every-topic"}
    for path in SHARE.glob("*.png"):
        assert path.stat().st_size <= 40_000
        with Image.open(path) as picture:
            assert picture.size == (1200, 630)
