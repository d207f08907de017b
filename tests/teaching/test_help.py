from django.contrib.sessions.models import Session
from django.test import Client

from lessons.library.enums import Serves
from lessons.teaching.queries import help_for
from tests.factories import CountryFactory, HelpServiceFactory, TopicFactory

from .conftest import count_queries

URL = "/join/help/"


def test_a_visitor_finds_the_services_of_the_default_country_and_leaves_no_trace(client: Client, db):
    HelpServiceFactory(name="For children", serves=Serves.CHILD)
    HelpServiceFactory(name="For parents", serves=Serves.PARENT)
    HelpServiceFactory(name="Elsewhere", country=CountryFactory(code="IE", name="Ireland", emergency="112"))
    page = client.get(URL)
    assert page.status_code == 200
    assert "For children" in page.text
    assert "For parents" not in page.text
    assert "Elsewhere" not in page.text
    assert "ring 999" in page.text
    assert not page.cookies
    assert not Session.objects.exists()


def test_a_pupil_finds_their_schools_lead_and_services_for_their_age(join, cast):
    HelpServiceFactory(name="For eleven", age_from=5, age_to=18)
    HelpServiceFactory(name="For adults", age_from=18, age_to=120)
    page = join(cast.anonymous_class).get(URL)
    assert "Mx Lead" in page.text
    assert "Room 4" in page.text
    assert "For eleven" in page.text
    assert "For adults" not in page.text


def test_what_is_for_children_comes_first_and_for_a_topic_only_in_its_lesson(cast):
    topic = TopicFactory()
    HelpServiceFactory(name="Listens", serves=Serves.CHILD)
    HelpServiceFactory(name="Removes", serves=Serves.CHILD).topics.add(topic)
    HelpServiceFactory(name="Anyone", serves=Serves.ANYONE)
    names = lambda services: [service.name for service in services]  # noqa: E731
    general, special = help_for(None), help_for(None, topic_id=topic.pk)
    assert (names(general.country.services), names(general.country.more)) == (["Listens"], ["Anyone", "Removes"])
    assert (names(special.country.services), names(special.country.more)) == (["Listens", "Removes"], ["Anyone"])


def test_what_is_for_adults_only_is_not_offered_to_children(db):
    HelpServiceFactory(name="Adults", age_from=18)
    assert help_for(None).country.services == ()


def test_where_nothing_is_made_for_children_the_rest_is_not_hidden(db):
    HelpServiceFactory(name="Anyone", serves=Serves.ANYONE)
    found = help_for(None)
    assert [service.name for service in found.country.services] == ["Anyone"]
    assert found.country.more == ()


def test_reading_it_writes_nothing(join, cast, django_assert_max_num_queries):
    client = join(cast.named_class, cast.ada)
    with django_assert_max_num_queries(4) as queries:
        client.get(URL)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_without_a_database_of_services_it_still_says_what_to_do(client: Client, db):
    assert "any adult at school that you trust" in client.get(URL).text


def test_it_takes_the_same_queries_for_1_and_30_services(join, cast):
    client = join(cast.anonymous_class)
    HelpServiceFactory()
    few = count_queries(client, URL)
    for _ in range(29):
        HelpServiceFactory()
    assert count_queries(client, URL) == few <= 15


def test_the_leads_number_can_be_dialled_and_words_are_left_as_words(join, cast):
    client = join(cast.anonymous_class)
    cast.northfield.lead_phone = "+44 (0)20 7946-0000"
    cast.northfield.save()
    assert 'href="tel:+442079460000"' in client.get(URL).text
    cast.northfield.lead_phone = "the office, extension 12"
    cast.northfield.save()
    page = client.get(URL).text
    assert "the office, extension 12" in page
    assert 'href="tel:12"' not in page
