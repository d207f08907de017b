"""A school's poster and letter."""

import pytest
from django.test import Client

from safeguarding.core.languages import INTERFACE, SOURCE
from safeguarding.schools.models import School
from tests.cast import Cast
from tests.factories import TopicFactory

from .school_pages import lesson, open_page, set_for, year

PREFIXES = ["" if code == SOURCE else f"/{code}" for code in INTERFACE]


@pytest.fixture
def school(cast: Cast) -> School:
    return open_page(cast.northfield, "cy,nl,fr")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("paper", ["poster", "letter"])
def test_paper_leads_to_the_schools_page_in_its_own_language(
    client: Client, school: School, prefix: str, paper: str
) -> None:
    html = client.get(f"{prefix}/s/northfield/{paper}/").content.decode()
    in_words = f"testserver{prefix}/s/northfield".replace("/", "/<wbr>")  # a long one is broken after a slash
    assert f'<a href="http://testserver{prefix}/s/northfield/">{in_words}</a>' in html
    assert html.count('class="qr"') == 1
    assert "Northfield" in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_letter_names_the_topics_of_now_once_and_the_lead(client: Client, school: School) -> None:
    eight, kindness = year(school), TopicFactory(slug="kindness")
    for title in ("One", "Two"):
        set_for(eight, lesson(title, topic=kindness))
    set_for(eight, lesson("Three", topic=TopicFactory(slug="far-ahead")), opens=5)
    html = client.get("/s/northfield/letter/").content.decode()
    assert html.count("Kindness") == 1
    assert "Far ahead" not in html
    assert "Our safeguarding lead is Mx Lead." in html
    assert "Name and signature" in html


def test_a_letter_without_lessons_or_lead_has_no_empty_sentence(client: Client, school: School) -> None:
    School.objects.update(lead_name="")
    html = client.get("/s/northfield/letter/").content.decode()
    assert "These are our topics now" not in html
    assert "Ask us who our safeguarding lead is." in html


def test_a_name_with_markup_stays_a_name(client: Client, school: School) -> None:
    School.objects.update(name="<b>North</b> & field")
    for page in ("", "poster/", "letter/"):
        html = client.get(f"/s/northfield/{page}").content.decode()
        assert "<b>North" not in html
        assert "&lt;b&gt;North&lt;/b&gt; &amp; field" in html
