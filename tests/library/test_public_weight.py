"""How heavy the public pages are, on the starter library."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

MOST_BYTES = 60 * 1024
MOST_BYTES_OF_A_GUIDE = 45 * 1024
GUIDES = ["/guidance/sextortion/", "/guidance/if-it-has-happened/", "/cy/guidance/sextortion/", "/guidance/leaving/"]
PAGES = [
    "/",
    "/guidance/",
    "/cy/guidance/",
    "/guidance/sextortion/",
    "/fr/guidance/sextortion/",
    "/guidance/for-staff/",
    "/guidance/what-the-law-says/",
    "/lessons/",
    "/lessons/online-blackmail-11-14/",
    "/units/online-blackmail-11-14/",
    "/coverage/",
    "/coverage/efacw-2020/",
    "/evidence/",
    "/evidence/CEOP-2012/",
    "/evidence/findings/F52/",
    "/glossary/",
]


@pytest.fixture
def starter(db: None) -> None:
    call_command("load_starter", skip_checks=True, verbosity=0)


def compressed(path: str) -> int:
    return len(gzip.compress((Path(settings.BASE_DIR) / "static" / path).read_bytes()))


def test_a_public_page_weighs_at_most_60_kb_on_a_first_visit(client: Client, starter: None) -> None:
    """The page as it is, uncompressed; style and script as they are served, compressed; images aside."""
    look = compressed("css/site.css") + compressed("js/page.js")
    weights = {path: len(client.get(path).content) + look for path in PAGES}
    assert max(weights.values()) <= MOST_BYTES, weights


@pytest.mark.parametrize("address", GUIDES)
def test_a_guide_asks_for_one_stylesheet_and_one_script_and_weighs_at_most_45_kb(
    client: Client, starter: None, address: str
) -> None:
    """All of it, the page compressed too. The icon of the tab is asked for by the browser, beside the page."""
    html = client.get(address).text
    asked = re.findall(
        r'<(?:img|script|iframe|video|audio|source|use|object|embed)\b[^>]*?(?:src|href)="([^"]+)"', html
    )
    sheets = re.findall(r'<link\b[^>]*rel="(?:stylesheet|preload|modulepreload)"[^>]*>', html)

    assert [path.rsplit("/", 1)[1] for path in asked] == ["page.js"]
    assert len(sheets) == 1
    whole = len(gzip.compress(html.encode())) + compressed("css/site.css") + compressed("js/page.js")
    assert whole <= MOST_BYTES_OF_A_GUIDE


def test_no_public_page_needs_more_than_15_queries(
    client: Client, starter: None, django_assert_max_num_queries
) -> None:
    for path in PAGES:
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200
