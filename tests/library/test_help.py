import datetime

import pytest
from django.utils import timezone

from lessons.library.models import HelpService
from lessons.library.queries import Help, countries, help_for
from tests.factories import CountryFactory, HelpServiceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def names(services: Help) -> list[str]:
    return [service.name for service in services.services]


def service(name: str, *, topic: str = "", **fields: object) -> HelpService:
    made = HelpServiceFactory(name=name, position=HelpService.objects.count(), **fields)
    if topic:
        made.topics.add(TopicFactory(slug=topic))
    return made


def test_the_topics_services_come_first_then_the_general_ones_and_the_others_last() -> None:
    service("General")
    service("Other", topic="grooming")
    service("Fitting", topic="sextortion")
    found = help_for("GB", reader="parent", topic_id=TopicFactory(slug="sextortion").pk)
    assert names(found) == ["Fitting", "General"]
    assert [more.name for more in found.more] == ["Other"]


def test_without_a_topic_all_services_stand_in_their_order() -> None:
    service("General")
    service("Other", topic="grooming")
    found = help_for("GB", reader="parent")
    assert names(found) == ["General", "Other"]
    assert found.more == ()


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("child", ["child"]),
        ("parent", ["child", "parent", "anyone"]),
        ("professional", ["professional", "anyone"]),
    ],
)
def test_each_reader_sees_the_services_for_them(reader: str, expected: list[str]) -> None:
    for serves in ("child", "parent", "professional", "anyone"):
        service(serves, serves=serves)
    assert names(help_for("GB", reader=reader)) == expected


def test_a_child_finds_what_is_made_for_children_first_and_the_rest_apart() -> None:
    service("Anyone", serves="anyone")
    service("Children", serves="child")
    found = help_for("GB", reader="child", age_from=11, age_to=14)
    assert names(found) == ["Children"]
    assert [more.name for more in found.more] == ["Anyone"]


def test_where_nothing_is_made_for_children_they_are_shown_what_helps_everybody() -> None:
    service("Anyone", serves="anyone")
    assert names(help_for("GB", reader="child")) == ["Anyone"]


def test_a_parent_is_not_sent_to_a_service_for_adults_who_were_harmed() -> None:
    service("Harmed adults", serves="anyone", age_from=18)
    service("Worried adults", serves="parent", age_from=18)
    assert names(help_for("GB", reader="parent")) == ["Worried adults"]


def test_ages_count_for_children_only() -> None:
    service("Adults", age_from=18, serves="parent")
    service("Teenagers", age_from=13, age_to=18)
    assert names(help_for("GB", reader="child", age_from=11, age_to=14)) == ["Teenagers"]
    assert names(help_for("GB", reader="child", age_from=7, age_to=9)) == []
    assert names(help_for("GB", reader="parent", age_from=7, age_to=9)) == ["Adults", "Teenagers"]


def test_a_country_shows_its_own_services_and_then_those_that_serve_anywhere() -> None:
    service("Everywhere", country=None)
    service("Irish", country=CountryFactory(code="IE", name="Ireland", emergency="112 or 999"))
    service("British")
    found = help_for("IE", reader="parent")
    assert names(found) == ["Irish", "Everywhere"]
    assert found.country is not None
    assert found.country.emergency_numbers == ("112", "999")


def test_a_country_that_we_do_not_know_still_shows_what_serves_anywhere() -> None:
    service("Everywhere", country=None)
    found = help_for("XX", reader="parent")
    assert found.country is None
    assert names(found) == ["Everywhere"]


def test_links_hold_digits_only() -> None:
    service("Line", phone="0800 11-11", text_to="85 258")
    line = help_for("GB", reader="child").services[0]
    assert (line.phone, line.tel, line.sms) == ("0800 11-11", "08001111", "85258")


def test_a_service_verified_within_the_year_is_not_to_be_verified() -> None:
    service("New", last_verified_on=timezone.localdate())
    service("Old", last_verified_on=timezone.localdate() - datetime.timedelta(days=400))
    service("Never")
    assert [s.to_be_verified for s in help_for("GB", reader="parent").services] == [False, True, True]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries) -> None:
    topic = TopicFactory(slug="sextortion")
    for services in (1, 30):
        while HelpService.objects.count() < services:
            service(f"S{HelpService.objects.count()}", topic="sextortion")
        with django_assert_num_queries(2):
            help_for("GB", reader="parent", topic_id=topic.pk)


def test_a_nation_has_its_countrys_services_and_its_own_each_once() -> None:
    britain = CountryFactory()
    wales, _scotland = (
        CountryFactory(code=code, name=name, part_of=britain)
        for code, name in (("GB-WLS", "Wales"), ("GB-SCT", "Scotland"))
    )
    service("British line", country=britain)
    service("Welsh line", country=wales)
    service("World line", country=None)
    assert names(help_for("GB", reader="parent")) == ["British line", "World line"]
    assert names(help_for("GB-WLS", reader="parent")) == ["British line", "Welsh line", "World line"]
    assert names(help_for("GB-SCT", reader="parent")) == ["British line", "World line"]
    assert {country.code for country in countries()} == {"GB", "GB-SCT", "GB-WLS"}
