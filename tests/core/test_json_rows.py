"""Rows of another table as one column: the same on both databases."""

import pytest
from django.db.models import Case, OuterRef, When

from lessons.library.models import HelpService, Topic
from safeguarding.core.json_rows import JSONRows
from safeguarding.schools.models import Country
from tests.factories import CountryFactory, HelpServiceFactory

pytestmark = pytest.mark.django_db


def rows_of_countries(**fields: str) -> dict[str, list[dict[str, object]]]:
    services = HelpService.objects.filter(country=OuterRef("pk")).order_by("-age_from", "name")
    return dict(Country.objects.annotate(found=JSONRows(services, **fields)).values_list("code", "found"))


def test_they_come_as_dicts_in_the_order_of_the_rows_and_of_their_own_parent_alone(django_assert_num_queries):
    wales = CountryFactory(code="GB-WLS", name="Wales")
    for name, age in (("Bryn", 4), ("“Ail” & 'un'", 18), ("Cymorth\nyma", 4)):
        HelpServiceFactory(name=name, age_from=age, country=wales)
    HelpServiceFactory(name="Another")

    with django_assert_num_queries(1):
        found = rows_of_countries(title="name", age="age_from", where="country__name")

    assert found["GB-WLS"] == [
        {"title": "“Ail” & 'un'", "age": 18, "where": "Wales"},
        {"title": "Bryn", "age": 4, "where": "Wales"},
        {"title": "Cymorth\nyma", "age": 4, "where": "Wales"},
    ]
    assert [row["title"] for row in found["GB"]] == ["Another"]


def test_the_order_holds_over_many_rows():
    country = CountryFactory()
    HelpService.objects.bulk_create(
        HelpService(slug=f"s{n}", name=f"{n:04}", age_from=(n * 7) % 13, serves="anyone", what_for="x", country=country)
        for n in range(400)
    )
    found = [(row["age"], row["title"]) for row in rows_of_countries(title="name", age="age_from")["GB"]]

    assert len(found) == 400
    assert found == sorted(found, key=lambda row: (-row[0], row[1]))


def test_without_rows_the_list_is_empty():
    CountryFactory()
    assert rows_of_countries(title="name") == {"GB": []}


def test_they_can_be_had_for_one_row_alone():
    for slug in ("one", "two"):
        Topic.objects.create(slug=slug, name=slug, summary=slug, least_age=5)
    rows = JSONRows(Topic.objects.filter(pk=OuterRef("pk")), slug="slug")

    found = dict(Topic.objects.annotate(rows=Case(When(slug="one", then=rows))).values_list("slug", "rows"))
    assert found == {"one": [{"slug": "one"}], "two": None}
