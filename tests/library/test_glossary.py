import pytest
from django.test import Client

from lessons.library.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def a_term(term: str, term_class: str = "avoid", **fields: str) -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        term=term, term_class=term_class, **{"reason": "It blames.", "source": "House style", **fields}
    )


def test_each_word_stands_in_its_class_with_what_to_write_instead(client: Client) -> None:
    a_term("stranger danger", instead="anyone can cause harm")
    a_term("sexting", "care", reason="It is imprecise.")
    a_term("trusted adult", "use", reason="A grown-up who listens.")
    html = client.get("/glossary/").content.decode()
    use, care, avoid = (html.split(f'id="{name}"')[1].split("</section>")[0] for name in ("use", "care", "avoid"))
    assert all(text in use for text in ("trusted adult", "A grown-up who listens."))
    assert all(text in care for text in ("sexting", "It is imprecise."))
    assert all(text in avoid for text in ("stranger danger", "anyone can cause harm", "It blames.", "House style"))


def test_a_word_for_some_readers_only_says_for_whom(client: Client) -> None:
    a_term("perpetrator", audience="pupil")
    assert "In texts for pupils." in client.get("/glossary/").content.decode()


def test_an_empty_page_says_so(client: Client) -> None:
    assert "No word has been added yet" in client.get("/glossary/").content.decode()


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client) -> None:
    response = client.get("/glossary/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.post("/glossary/").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for terms in (1, 30):
        while GlossaryTerm.objects.count() < terms:
            a_term(f"term {GlossaryTerm.objects.count()}")
        with django_assert_num_queries(1):
            client.get("/glossary/")
