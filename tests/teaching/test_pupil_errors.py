"""What goes wrong on a pupil's page leaves help and the way out in reach."""

import pytest
from django.test import Client
from django.urls import reverse

from lessons.teaching.views import doing


def has_help_and_a_way_out(page: str) -> bool:
    return reverse("teaching:pupil-help") in page and "Leave this page now" in page


def test_a_page_that_is_not_there(client: Client, db):
    page = client.get("/join/nothing/")
    assert page.status_code == 404
    assert has_help_and_a_way_out(page.text)
    assert "Join your class" in page.text


def test_a_form_that_is_not_ours(cast):
    page = Client(enforce_csrf_checks=True).post("/join/", {"code": cast.anonymous_class.code})
    assert page.status_code == 403
    assert has_help_and_a_way_out(page.text)


def test_a_mistake_of_ours_asks_no_database(monkeypatch, cast, join, django_assert_num_queries):
    client = join(cast.anonymous_class)
    client.raise_request_exception = False

    def fail(*args: object) -> None:
        raise RuntimeError("The database is away.")

    monkeypatch.setattr(doing.pupil_session, "visit_of", fail)
    monkeypatch.setattr("lessons.teaching.views.pupil_page.visit_of", fail)
    with django_assert_num_queries(0):
        page = client.get("/join/lessons/")
    assert page.status_code == 500
    assert has_help_and_a_way_out(page.text)


def test_too_much_at_once(client: Client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page = client.post("/join/", {"code": "x" * 200})
    assert page.status_code == 400
    assert has_help_and_a_way_out(page.text)


@pytest.mark.parametrize("url", ["/nothing/", "/joined/"])
def test_other_pages_keep_the_sites_own_error_page(client: Client, db, url):
    page = client.get(url)
    assert page.status_code == 404
    assert not has_help_and_a_way_out(page.text)
