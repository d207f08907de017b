import pytest
from django.test import Client
from django.utils import timezone

from lessons.evidence.models import Finding
from tests.factories import (
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    SourceFactory,
    make_live,
)

pytestmark = pytest.mark.django_db

PAGES = ["/evidence/", "/evidence/CEOP-2012/", "/evidence/findings/F06/"]


@pytest.fixture
def finding(db: None) -> Finding:
    """One that a lesson and a guide rest on."""
    finding = FindingFactory(code="F06", figures="28;33", least_age=18, statement="We found this.")
    lesson = make_live(LessonVersionFactory(lesson=LessonFactory(slug="a-lesson"), title="A lesson"))
    guide = make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A guide"))
    lesson.findings.add(finding)
    guide.findings.add(finding)
    return finding


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_sources_one_comes_to_a_source_with_its_findings(client: Client, finding: Finding) -> None:
    assert '<a class="go" href="/evidence/CEOP-2012/">A threat report</a>' in html_of(client, "/evidence/")
    html = html_of(client, "/evidence/CEOP-2012/")
    for text in ('id="F06"', "We found this.", "28; 33", "Section 2", "for adults", "A publisher", "1 lesson, 1 guide"):
        assert text in html
    assert '<a href="/evidence/findings/F06/">F06</a>' in html


def test_a_finding_shows_what_rests_on_it_and_leads_back_to_its_source(client: Client, finding: Finding) -> None:
    html = html_of(client, "/evidence/findings/F06/")
    assert '<a href="/lessons/a-lesson/">A lesson</a>' in html
    assert '<a href="/guidance/a-guide/">A guide</a>' in html
    assert '<a href="/evidence/CEOP-2012/#F06">A threat report</a>' in html


def test_a_lesson_leads_to_its_findings(client: Client, finding: Finding) -> None:
    assert "/evidence/findings/F06/" in html_of(client, "/lessons/a-lesson/")


def test_a_finding_that_nothing_rests_on_is_named_on_the_map(client: Client, finding: Finding) -> None:
    LessonVersionFactory(title="A draft").findings.add(FindingFactory(code="F07", least_age=11, statement="Unused."))
    unused = html_of(client, "/evidence/").split('id="unused"')[1].split("</section>")[0]
    assert "Unused." in unused
    assert "We found this." not in unused
    assert "No lesson or guide rests on it yet." in html_of(client, "/evidence/CEOP-2012/")
    html = html_of(client, "/evidence/findings/F07/")
    assert "from age 11" in html
    assert "A draft" not in html


def test_a_live_item_that_rests_on_nothing_is_named_on_the_map(client: Client, finding: Finding) -> None:
    assert "each lesson and guide names what it rests on" in html_of(client, "/evidence/")
    make_live(LessonVersionFactory(lesson=LessonFactory(slug="bare"), title="Bare"))
    make_live(GuideVersionFactory(guide=GuideFactory(slug="plain"), title="Plain"))
    without = html_of(client, "/evidence/").split('id="without"')[1].split("</section>")[0]
    assert '<a href="/lessons/bare/">Bare</a>' in without
    assert '<a href="/guidance/plain/">Plain</a>' in without
    assert "A lesson" not in without


def test_a_superseded_report_says_so_and_why(client: Client, finding: Finding) -> None:
    source = finding.source
    source.superseded_at, source.superseded_reason = timezone.now(), "A new edition counts otherwise."
    source.save()
    assert "Superseded" in html_of(client, "/evidence/")
    for address in PAGES[1:]:
        html = html_of(client, address)
        assert "This report was superseded on" in html
        assert "A new edition counts otherwise." in html


def test_a_source_without_findings_and_an_empty_page_say_so(client: Client) -> None:
    assert "No report has been added yet" in html_of(client, "/evidence/")
    SourceFactory()
    assert "No finding has been taken from this report yet." in html_of(client, "/evidence/CEOP-2012/")


@pytest.mark.parametrize("address", ["/evidence/NO-SUCH/", "/evidence/findings/F99/"])
def test_an_address_that_never_was_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client, finding: Finding, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.post(address).status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, finding: Finding, django_assert_num_queries) -> None:
    for findings in (1, 30):
        while Finding.objects.count() < findings:
            SourceFactory(code=f"S-{Finding.objects.count()}")
            more = FindingFactory()
            lesson, guide = make_live(LessonVersionFactory(parts=False)), make_live(GuideVersionFactory())
            for version in (lesson, guide):
                version.findings.add(more, finding)
        for address, queries in zip(PAGES, (4, 4, 3), strict=True):
            with django_assert_num_queries(queries):
                client.get(address)
