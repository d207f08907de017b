"""Whatever a visitor can read is valid HTML: no browser has to guess what was meant."""

import re
from collections import Counter

import html5lib
import pytest
from django.test import Client
from html5lib.html5parser import ParseError

from lessons.library.enums import FOR_PARENTS
from lessons.library.models import GuideSection
from tests.factories import GuideFactory, GuideVersionFactory, HelpServiceFactory, make_live, retire

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/guidance/",
    "/cy/guidance/",
    "/guidance/?age=9",
    "/guidance/?age=none",
    "/guidance/?words=picture",
    "/guidance/?words=nothing-has-these",
    "/guidance/for-staff/",
    "/guidance/leaving/",
    "/fr/guidance/leaving/",
    "/guidance/a-guide/",
    "/guidance/a-guide/?country=ZZ",
    "/nl/guidance/a-guide/",
    "/guidance/canllaw/",
    "/guidance/an-old-guide/",
    "/guidance/there-is-none/",
    "/lessons/",
    "/evidence/",
    "/coverage/",
    "/glossary/",
    "/account/login/",
    "/join/",
]


@pytest.fixture
def guides(db: None) -> None:
    HelpServiceFactory(name="A line", text_to="85258", hours="Day and night")
    version = GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A & B: “a guide”")
    for kind in FOR_PARENTS:
        GuideSection.objects.create(version=version, kind=kind, body="<p>Text.</p><ol><li>One</li></ol>")
    make_live(version)
    other = GuideFactory(slug="canllaw", language="cy", topic=version.guide.topic, translation_of=version.guide)
    make_live(GuideVersionFactory(guide=other, title="Canllaw", translates=version))
    old = make_live(GuideVersionFactory(guide=GuideFactory(slug="an-old-guide")))
    retire(old)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_valid_html_with_one_heading_and_no_id_twice(
    client: Client, guides: None, address: str
) -> None:
    html = client.get(address, follow=True).text
    try:
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except ParseError as problem:
        pytest.fail(f"{address}: {problem}")
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    named = {name for element in page.iter() for name in (element.get("aria-labelledby") or "").split()}

    assert [name for name, times in ids.items() if times > 1] == []
    assert named <= set(ids)
    assert len(page.findall(".//h1")) == 1
    assert not re.search(r"<(?:style|script)>|\son\w+=|\sstyle=", html)
