import datetime

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.enums import FOR_PARENTS, GuideKind, GuideSectionKind
from lessons.library.models import GuideSection, GuideVersion
from tests.cast import Cast
from tests.factories import (
    CountryFactory,
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    HelpServiceFactory,
    LessonFactory,
    LessonVersionFactory,
    UserFactory,
    make_live,
    retire,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/guidance/a-guide/"


@pytest.fixture
def version(db: None) -> GuideVersion:
    version = GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A guide", author=None)
    for kind in FOR_PARENTS:
        GuideSection.objects.create(version=version, kind=kind, body=f"<p>Text of {kind.value}.</p>")
    HelpServiceFactory(name="British line")
    HelpServiceFactory(
        name="Irish line", country=CountryFactory(code="IE", name="Ireland", emergency="112 or 999"), phone="1800 66"
    )
    return make_live(version)


def html_of(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_worried_parent_meets_the_number_the_steps_and_the_services_first(
    client: Client, version: GuideVersion
) -> None:
    html = html_of(client)
    places = [
        html.index(text)
        for text in (
            "If a child is in danger now, call",
            'href="tel:999"',
            "If it has happened, start here",
            "Text of what.",
            "Text of happened.",
            "British line",
            "Text of not_to_say.",
            "Text of talk.",
            "Text of signs.",
            "Text of children_say.",
            "Text of settings.",
        )
    ]
    assert places == sorted(places)
    assert "Leave this page now" in html
    assert '<link rel="canonical" href="http://testserver/guidance/a-guide/">' in html


def test_a_guide_for_every_day_begins_with_the_talk_and_leaves_nothing_out(
    client: Client, version: GuideVersion
) -> None:
    version.guide.kind = GuideKind.GENERAL
    version.guide.save()
    html = html_of(client)
    assert html.index("Text of talk.") < html.index("Text of happened.")
    for kind in FOR_PARENTS:
        assert f"Text of {kind.value}." in html


def test_a_guide_without_steps_still_shows_the_services(client: Client, version: GuideVersion) -> None:
    version.sections.filter(kind=GuideSectionKind.HAPPENED).delete()
    html = html_of(client)
    assert "British line" in html
    assert "start here" not in html


@pytest.mark.parametrize("query", ["?country=IE", "?country=ie", "?country=%20IE"])
def test_a_country_shows_its_own_services_and_numbers(client: Client, version: GuideVersion, query: str) -> None:
    html = html_of(client, query)
    assert "Irish line" in html
    assert "British line" not in html
    assert 'href="tel:112"' in html
    assert '<option value="IE" selected>' in html


@pytest.mark.parametrize("query", ["?country=ZZ", "?country=%00", "?country=" + "G" * 5000, "?country=<script>"])
def test_an_unknown_country_shows_the_default_with_a_sentence(
    client: Client, version: GuideVersion, query: str
) -> None:
    html = html_of(client, query)
    assert "British line" in html
    assert "We have no list of services for that country yet." in html
    assert "<script>" not in html


def test_no_country_asked_for_needs_no_sentence(client: Client, version: GuideVersion) -> None:
    assert "We have no list" not in html_of(client)
    assert "We have no list" not in html_of(client, "?country=")


def test_without_any_country_the_page_still_stands(client: Client) -> None:
    make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide")))
    assert "your emergency number" in html_of(client)


def test_it_names_the_lessons_of_its_topic_that_are_live(client: Client, version: GuideVersion) -> None:
    topic = version.guide.topic
    make_live(LessonVersionFactory(lesson=LessonFactory(slug="a-lesson", topic=topic), title="A live lesson"))
    LessonVersionFactory(lesson=LessonFactory(topic=topic), title="A draft lesson")
    html = html_of(client)
    assert '<a href="/lessons/a-lesson/">A live lesson</a>' in html
    assert "A draft lesson" not in html


def test_it_names_its_findings_with_their_date(client: Client, version: GuideVersion) -> None:
    version.findings.add(FindingFactory(code="F06", statement="We found this."))
    html = html_of(client)
    assert "We found this." in html
    assert "The report is from 2012" in html
    assert "/evidence/findings/F06/" in html


def test_it_says_who_reviewed_it_and_when(client: Client, version: GuideVersion) -> None:
    assert "From the starter library; the team of this site has not reviewed it yet" in html_of(client)
    version.approved_by, version.approved_at = UserFactory(name="Rita Reviewer"), timezone.now()
    version.review_by = timezone.localdate() - datetime.timedelta(days=1)
    version.save()
    html = html_of(client)
    assert "By a reviewer, on" in html
    assert "Rita Reviewer" not in html
    assert "Review overdue" in html


def test_unverified_services_are_marked_for_staff_only(
    client: Client, cast: Cast, signed_in, version: GuideVersion
) -> None:
    assert "Not yet verified" not in html_of(client)
    assert "Not yet verified" in html_of(signed_in(cast.teacher))


def test_a_retired_guide_is_gone_and_says_what_to_do(client: Client, version: GuideVersion) -> None:
    retire(version)
    response = client.get(ADDRESS)
    assert response.status_code == 410
    assert "All guides" in response.content.decode()


def test_a_guide_that_was_never_published_is_unknown(client: Client) -> None:
    GuideVersionFactory(guide=GuideFactory(slug="draft"))
    assert client.get("/guidance/draft/").status_code == 404
    assert client.get("/guidance/nothing/").status_code == 404


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client, version: GuideVersion) -> None:
    response = client.get(f"{ADDRESS}?country=IE")
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_somebody_signed_in_gets_a_private_page(cast: Cast, signed_in, version: GuideVersion) -> None:
    assert "private" in signed_in(cast.teacher).get(ADDRESS)["Cache-Control"]


def test_posting_is_refused(client: Client, version: GuideVersion) -> None:
    assert client.post(ADDRESS).status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, version: GuideVersion, django_assert_num_queries) -> None:
    for rows in (1, 30):
        for _ in range(rows):
            version.findings.add(FindingFactory())
            HelpServiceFactory().topics.add(version.guide.topic)
            make_live(LessonVersionFactory(lesson__topic=version.guide.topic, parts=False))
        with django_assert_num_queries(3):
            client.get(ADDRESS)
