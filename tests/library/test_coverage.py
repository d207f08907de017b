import re

import pytest
from django.test import Client

from lessons.library.models import AgeBand, Edition, Framework, Lesson, LessonVersion, Statement, Strand
from tests.cast import Cast
from tests.factories import AgeBandFactory, LessonFactory, LessonVersionFactory, TopicFactory, make_live, retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def strand(db: None) -> Strand:
    framework = Framework.objects.create(slug="connected", name="Connected", publisher="A council")
    edition = Edition.objects.create(framework=framework, slug="connected-2020", name="2020 edition")
    return Strand.objects.create(edition=edition, slug="privacy", name="Privacy and security")


@pytest.fixture
def bands(db: None) -> list[AgeBand]:
    return [AgeBandFactory(slug=slug) for slug in ("5-7", "11-14", "14-16")]


def a_lesson(topic: str = "grooming", band: str = "11-14", *strands: Strand) -> LessonVersion:
    lesson = LessonFactory(topic=TopicFactory(slug=topic), band=AgeBandFactory(slug=band))
    version = make_live(LessonVersionFactory(lesson=lesson, parts=False))
    version.strands.add(*strands)
    return version


def cells(client: Client, name: str) -> list[str]:
    """What stands in the row of that name, as somebody reads it."""
    html = client.get("/coverage/").content.decode()
    row = html.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)]


def test_a_topic_says_at_which_age_it_is_taught_is_missing_and_is_not_meant(client: Client, bands) -> None:
    TopicFactory(slug="grooming", least_age=9)
    a_lesson("grooming", "11-14")
    assert cells(client, "Grooming") == ["not at this age", "1 on Grooming, ages 11–14", "none yet", "Partly"]
    a_lesson("grooming", "14-16")
    assert cells(client, "Grooming")[-1] == "Covered"


def test_a_number_leads_to_just_those_lessons(client: Client, bands, strand: Strand) -> None:
    fitting, other = a_lesson("grooming", "11-14", strand), a_lesson("grooming", "14-16", strand)
    html = client.get("/coverage/").content.decode()
    for asked in ("topic=grooming", "strand=connected-2020/privacy"):
        assert f"/lessons/?{asked}&amp;band=11-14" in html
        found = client.get(f"/lessons/?{asked}&band=11-14").content.decode()
        assert fitting.title in found
        assert f">{other.title}<" not in found


def test_a_strand_is_covered_where_each_age_that_it_is_for_has_a_lesson(client: Client, bands, strand: Strand) -> None:
    assert cells(client, "Privacy and security")[-1] == "Not covered"
    a_lesson("grooming", "11-14", strand)
    assert cells(client, "Privacy and security")[-1] == "Partly"
    strand.bands.add(bands[1])
    assert cells(client, "Privacy and security")[-1] == "Covered"
    assert cells(client, "Privacy and security")[0] == "not at this age"


def test_a_draft_covers_nothing_and_a_retired_lesson_no_longer_does(client: Client, bands, strand: Strand) -> None:
    LessonVersionFactory(parts=False).strands.add(strand)
    version = a_lesson("grooming", "11-14", strand)
    retire(version)
    assert cells(client, "Privacy and security")[-1] == "Not covered"


def test_no_page_says_that_anything_complies(client: Client, bands, strand: Strand) -> None:
    a_lesson("grooming", "11-14", strand)
    for address in ("/coverage/", "/coverage/connected-2020/"):
        assert not re.search(r"complian|comply|complies", client.get(address).content.decode())


def test_an_edition_shows_the_publishers_statements_where_they_were_imported(client: Client, strand: Strand) -> None:
    assert "have not been imported" in client.get("/coverage/connected-2020/").content.decode()
    Statement.objects.create(strand=strand, code="P1", text="I can choose a strong password.", ages="7–11")
    html = client.get("/coverage/connected-2020/").content.decode()
    for text in ("P1", "I can choose a strong password.", "7–11", "Published by: A council"):
        assert text in html
    assert "have not been imported" not in html


def test_an_edition_that_there_is_not(client: Client) -> None:
    assert client.get("/coverage/no-such/").status_code == 404


@pytest.mark.parametrize("address", ["/coverage/", "/coverage/connected-2020/"])
def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client, strand: Strand, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.post(address).status_code == 405


def test_a_teacher_reads_the_words_of_their_own_country(client: Client, cast: Cast, signed_in, bands) -> None:
    band = bands[1]
    band.names.create(country=cast.northfield.country, name="", years="Grades 6 to 8")
    TopicFactory()
    assert "Grades 6 to 8" in signed_in(cast.teacher.user).get("/coverage/").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client, bands, strand: Strand, django_assert_num_queries) -> None:
    for rows in (1, 30):
        while Lesson.objects.count() < rows:
            number = Lesson.objects.count()
            edition = Edition.objects.create(framework=strand.edition.framework, slug=f"e-{number}", name="An edition")
            more = Strand.objects.create(edition=edition, slug="more", name="More")
            a_lesson(f"topic-{number}", "11-14", more, strand)
            Statement.objects.create(strand=strand, code=f"P{number}", text="I can.")
        with django_assert_num_queries(8):
            client.get("/coverage/")
        with django_assert_num_queries(3):
            client.get("/coverage/connected-2020/")
