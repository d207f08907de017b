"""Parents' pages in Welsh, and a guide that runs from right to left: axe finds nothing."""

import pytest

from lessons.editorial.services.starter import load_starter
from lessons.library.models import Guide, GuideSection, GuideVersion
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import make_live


@pytest.fixture
def library(transactional_db):
    load_starter()
    source = Guide.objects.get(slug="sextortion").live_version
    guide = Guide.objects.create(
        slug="sextortion-ur", kind="topic", topic=source.guide.topic, language="ur", translation_of=source.guide
    )
    version = GuideVersion(guide=guide, number=1, title="آن لائن بلیک میل", summary="آج کیا کریں۔", translates=source)
    make_live(version)
    for section in source.sections.all():
        GuideSection.objects.create(version=version, kind=section.kind, body="<ol><li>پرسکون رہیں۔</li></ol>")


@pytest.mark.usefixtures("library")
def test_pages_in_welsh_and_from_right_to_left_are_in_order(person, axe):
    for size, dark in ((PHONE, False), (DESKTOP, True)):
        page = person(**size, dark=dark)
        for path in ("/cy/guidance/", "/cy/guidance/sextortion/", "/guidance/sextortion-ur/"):
            assert page.goto(path).status == 200
            assert axe(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    article = page.locator("article[lang=ur]")
    assert article.evaluate("el => getComputedStyle(el).direction") == "rtl"
    heading, step = (article.locator(place).first.bounding_box() for place in ("h1", ".today > ol > li"))
    assert heading["x"] + heading["width"] == pytest.approx(step["x"] + step["width"], abs=2)
