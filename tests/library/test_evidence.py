import pytest
from django.test import Client

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


def test_a_finding_stands_under_its_source_with_what_rests_on_it(client: Client) -> None:
    finding = FindingFactory(code="F06", figures="28;33", least_age=18, statement="We found this.")
    lesson = make_live(LessonVersionFactory(lesson=LessonFactory(slug="a-lesson"), title="A lesson"))
    guide = make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A guide"))
    lesson.findings.add(finding)
    guide.findings.add(finding)
    html = client.get("/evidence/").content.decode()
    for text in ('id="F06"', "We found this.", "28; 33", "Section 2", "for adults", "A threat report", "A publisher"):
        assert text in html
    assert '<a href="/lessons/a-lesson/">A lesson</a>' in html
    assert '<a href="/guidance/a-guide/">A guide</a>' in html


def test_a_finding_that_nothing_rests_on_says_so(client: Client) -> None:
    finding = FindingFactory(least_age=11)
    LessonVersionFactory(title="A draft").findings.add(finding)
    html = client.get("/evidence/").content.decode()
    assert "No lesson or guide rests on it yet." in html
    assert "from age 11" in html
    assert "A draft" not in html


def test_a_source_without_findings_and_an_empty_page_say_so(client: Client) -> None:
    assert "No report has been added yet" in client.get("/evidence/").content.decode()
    SourceFactory()
    assert "No finding has been taken from this report yet." in client.get("/evidence/").content.decode()


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    response = client.get("/evidence/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/evidence/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for findings in (1, 30):
        while Finding.objects.count() < findings:
            finding = FindingFactory(source=SourceFactory(code=f"S-{Finding.objects.count()}"))
            make_live(LessonVersionFactory(parts=False)).findings.add(finding)
            make_live(GuideVersionFactory()).findings.add(finding)
        with django_assert_num_queries(4):
            client.get("/evidence/")
