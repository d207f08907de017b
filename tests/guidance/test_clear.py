"""“Was this clear?”: two buttons, one count, nothing of whoever answered."""

import threading

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from lessons.guidance.services import clarity
from lessons.library.models import GuideClarity, GuideVersion
from tests.cast import Cast
from tests.factories import GuideFactory, GuideVersionFactory, make_live, retire

pytestmark = pytest.mark.django_db

CLEAR = "/guidance/a-guide/clear/"


@pytest.fixture
def version(db: None) -> GuideVersion:
    version = GuideVersionFactory(guide=GuideFactory(slug="a-guide"), title="A guide", author=None)
    return make_live(version)


def counted(version: GuideVersion) -> tuple[int, int]:
    row = GuideClarity.objects.get(version=version)
    return row.clear, row.unclear


def test_a_reader_answers_with_one_press_and_is_thanked(client: Client, version: GuideVersion) -> None:
    page = client.get("/guidance/a-guide/").content.decode()
    assert f'<input type="hidden" name="version" value="{version.pk}">' in page
    assert 'name="answer" value="yes"' in page
    assert 'name="answer" value="no"' in page

    response = client.post(CLEAR, {"answer": "yes", "version": version.pk})
    assert (response.status_code, response["Location"]) == (303, "/guidance/a-guide/thanks/")
    assert not response.cookies
    thanks = client.get(response["Location"]).content.decode()
    assert "Thank you" in thanks
    assert 'href="/guidance/a-guide/"' in thanks
    assert counted(version) == (1, 0)


def test_each_answer_counts_for_the_version_that_was_read(client: Client, version: GuideVersion) -> None:
    newer = make_live(GuideVersionFactory(guide=version.guide, number=2))
    client.post(CLEAR, {"answer": "no", "version": version.pk})
    client.post(CLEAR, {"answer": "no", "version": version.pk})
    client.post(CLEAR, {"answer": "yes", "version": newer.pk})
    assert counted(version) == (0, 2)
    assert counted(newer) == (1, 0)


def test_the_page_of_thanks_is_in_the_language_of_the_guide(client: Client, version: GuideVersion) -> None:
    response = client.post(f"/cy{CLEAR}", {"answer": "yes", "version": version.pk})
    assert response["Location"] == "/cy/guidance/a-guide/thanks/"


def test_a_reader_whose_guide_went_meanwhile_is_thanked_and_led_to_the_others(
    client: Client, version: GuideVersion
) -> None:
    retire(version)
    response = client.post(CLEAR, {"answer": "yes", "version": version.pk}, follow=True)
    assert response.status_code == 200
    assert 'href="/guidance/a-guide/"' not in response.content.decode()
    assert counted(version) == (1, 0)


@pytest.mark.parametrize(
    "answer", [{}, {"answer": "yes"}, {"answer": "perhaps", "version": "1"}, {"answer": "yes", "version": "9" * 40}]
)
def test_what_is_no_answer_is_refused_with_a_sentence(client: Client, version: GuideVersion, answer) -> None:
    response = client.post(CLEAR, answer)
    assert response.status_code == 400
    assert "press Yes or No" in response.content.decode()
    assert not GuideClarity.objects.exists()


def test_a_version_that_nobody_can_have_read_here_is_not_counted(client: Client, version: GuideVersion) -> None:
    draft = GuideVersionFactory(guide=version.guide, number=2)
    other = make_live(GuideVersionFactory())
    for wrong in (draft.pk, other.pk, other.pk + 1000):
        assert client.post(CLEAR, {"answer": "yes", "version": wrong}).status_code == 400
    assert client.post("/guidance/nothing/clear/", {"answer": "yes", "version": version.pk}).status_code == 400
    assert client.get("/guidance/nothing/thanks/").status_code == 404
    assert not GuideClarity.objects.exists()


def test_another_sites_page_cannot_answer_for_a_reader(version: GuideVersion) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = {"answer": "yes", "version": version.pk}
    refused = client.post(CLEAR, answer, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "a page that is not ours" in refused.content.decode()
    assert not GuideClarity.objects.exists()
    assert client.post(CLEAR, answer, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_looking_counts_nothing(client: Client, version: GuideVersion) -> None:
    assert client.get(CLEAR, {"answer": "yes", "version": version.pk}).status_code == 405
    assert client.post("/guidance/a-guide/thanks/").status_code == 405
    assert not GuideClarity.objects.exists()


def test_a_count_that_cannot_be_written_is_logged_and_the_reader_thanked(
    client: Client, version: GuideVersion, monkeypatch, caplog
) -> None:
    def fail(**fields: object) -> None:
        raise DatabaseError("the database is locked")

    monkeypatch.setattr(clarity.GuideClarity.objects, "get_or_create", fail)
    assert client.post(CLEAR, {"answer": "yes", "version": version.pk}).status_code == 303
    assert "could not be counted (DatabaseError)" in caplog.text


def test_staff_are_not_asked(client: Client) -> None:
    version = make_live(GuideVersionFactory(guide=GuideFactory(slug="staff", kind="staff", topic=None)))
    assert f'value="{version.pk}"' not in client.get("/guidance/staff/").content.decode()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's tests share one connection")
@pytest.mark.django_db(transaction=True)
def test_readers_who_answer_at_once_are_all_counted() -> None:
    version = make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide")))
    start = threading.Barrier(4)

    def answer() -> None:
        start.wait()
        Client().post(CLEAR, {"answer": "yes", "version": version.pk})
        connection.close()

    readers = [threading.Thread(target=answer) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert counted(version) == (4, 0)


def test_the_desk_reads_the_count_from_five_answers_on(cast: Cast, signed_in, version: GuideVersion) -> None:
    desk, url = signed_in(cast.editor), "/desk/guides/a-guide/1/"
    assert "Fewer than five readers" in desk.get(url).content.decode()
    row = GuideClarity.objects.create(version=version, clear=3, unclear=1)
    assert "Fewer than five readers" in desk.get(url).content.decode()
    row.clear = 12
    row.unclear = 3
    row.save()
    html = desk.get(url).content.decode()
    assert "12 of 15 readers said that it was clear." in html
    assert "more than once" in html
