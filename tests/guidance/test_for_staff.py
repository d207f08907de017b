import pytest
from django.test import Client

from lessons.library.enums import FOR_STAFF, GuideKind
from lessons.library.models import Guide, GuideSection, GuideVersion
from tests.factories import GuideFactory, GuideVersionFactory, HelpServiceFactory, make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> GuideVersion:
    guide = GuideFactory(slug="a-disclosure", kind=GuideKind.STAFF, topic=None)
    version = GuideVersionFactory(guide=guide, title="When a child tells", author=None)
    for kind in FOR_STAFF:
        GuideSection.objects.create(version=version, kind=kind, body=f"<p>Text of {kind.value}.</p>")
    return make_live(version)


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_staff_find_their_guidance_in_one_place(client: Client, version: GuideVersion) -> None:
    make_live(GuideVersionFactory(title="For parents"))
    html = html_of(client, "/guidance/for-staff/")
    assert '<a class="go" href="/guidance/a-disclosure/">When a child tells</a>' in html
    assert "For parents" not in html


def test_parents_are_not_shown_it_among_theirs(client: Client, version: GuideVersion) -> None:
    for query in ("", "?age=12", "?words=child+tells"):
        assert "When a child tells" not in html_of(client, f"/guidance/{query}")


def test_its_sections_stand_in_order_with_the_services_for_professionals(client: Client, version: GuideVersion) -> None:
    HelpServiceFactory(name="For professionals", serves="professional")
    HelpServiceFactory(name="For children", serves="child")
    html = html_of(client, "/guidance/a-disclosure/")
    places = [html.index(f"Text of {kind.value}.") for kind in FOR_STAFF]
    assert places == sorted(places)
    assert "For professionals" in html
    assert "For children" not in html
    assert "guidance for school staff" in html
    assert "What children learn about it in school" not in html


def test_a_page_without_guidance_still_says_what_to_do(client: Client) -> None:
    html = html_of(client, "/guidance/for-staff/")
    assert "tell your safeguarding lead the same day" in html


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    response = client.get("/guidance/for-staff/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.post("/guidance/for-staff/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for guides in (1, 30):
        while Guide.objects.count() < guides:
            make_live(GuideVersionFactory(guide__kind=GuideKind.STAFF))
        with django_assert_num_queries(1):
            client.get("/guidance/for-staff/")
