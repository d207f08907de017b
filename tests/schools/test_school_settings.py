import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding.schools import services
from safeguarding.schools.enums import Role
from safeguarding.schools.errors import LeadOnly
from safeguarding.schools.forms.school import FAMILY_LANGUAGES
from safeguarding.schools.models import School, Term
from safeguarding.schools.queries import terms_page
from tests.cast import Cast
from tests.factories import CountryFactory, MembershipFactory, TermFactory

SignIn = Callable[..., Client]
URL = "/school/settings/"
NEW, COPY = "/school/terms/new/", "/school/terms/copy/"
TYPED = {
    "lead_name": "Mx Okafor",
    "lead_contact": "Room 12,  at break",
    "lead_email": "lead@northfield.example",
    "lead_phone": "020 7946 0000 ext. 12",
    "country": "GB",
    "age_from": "11",
    "age_to": "18",
    "year_begins_month": "8",
}
AUTUMN = {"name": "Autumn", "starts_on": "2026-09-01", "ends_on": "2026-12-18"}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def lead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.lead)


def test_the_lead_changes_what_pupils_and_teachers_are_told(cast: Cast, lead: Client) -> None:
    CountryFactory(code="GB-WLS", name="Wales", part_of_id="GB")

    response = lead.post(URL, TYPED | {"country": "GB-WLS"}, follow=True)

    school = cast.northfield
    school.refresh_from_db()
    assert "were saved" in response.content.decode()
    assert (school.lead_name, school.lead_contact, school.country_id) == ("Mx Okafor", "Room 12, at break", "GB-WLS")
    assert (school.lead_phone, school.age_from, school.age_to, school.year_begins_month) == (
        "020 7946 0000 ext. 12",
        11,
        18,
        8,
    )
    cast.southfield.refresh_from_db()
    assert cast.southfield.lead_name == "Mx Lead"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("lead_name", "", "Give the name that pupils know"),
        ("lead_email", "nobody", "whole e-mail address"),
        ("lead_phone", "ring me", "Write the number in digits"),
        ("country", "ZZ", "Choose a country from the list"),
        ("age_from", "19", "cannot be younger than the youngest"),
        ("age_to", "99", "Give an age from 3 to 19"),
        ("year_begins_month", "13", "Choose a month from the list"),
        ("languages", "xx", "Choose languages from the list"),
        ("languages", "en-gb", "Choose languages from the list"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    cast: Cast, lead: Client, field: str, value: str, sentence: str
) -> None:
    response = lead.post(URL, TYPED | {field: value})

    assert response.status_code == 400
    assert sentence in response.content.decode()
    cast.northfield.refresh_from_db()
    assert cast.northfield.lead_name == "Mx Lead"


def test_the_lead_gives_parents_a_page_and_is_told_who_reads_it(cast: Cast, lead: Client) -> None:
    html = lead.get(URL).content.decode()
    assert "Anybody can then read, without signing in" in html
    assert "/s/northfield/" not in html

    html = lead.post(URL, TYPED | {"has_parents_page": "on", "languages": ["ur", "cy"]}, follow=True).content.decode()

    school = cast.northfield
    school.refresh_from_db()
    assert school.has_parents_page
    assert school.language_codes == ("cy", "ur")
    for address in ("/s/northfield/", "/s/northfield/poster/", "/s/northfield/letter/"):
        assert f'href="{address}"' in html
    assert html.count(" checked") == 3
    cast.southfield.refresh_from_db()
    assert (cast.southfield.has_parents_page, cast.southfield.languages) == (False, "")

    lead.post(URL, TYPED)
    school.refresh_from_db()
    assert (school.has_parents_page, school.languages) == (False, "")


def test_all_languages_fit(cast: Cast, lead: Client) -> None:
    codes = [language.code for language in FAMILY_LANGUAGES]
    assert lead.post(URL, TYPED | {"languages": codes}).status_code == 302
    cast.northfield.refresh_from_db()
    assert list(cast.northfield.language_codes) == codes


def test_only_the_lead_of_the_school_comes_in(cast: Cast, signed_in: SignIn, client: Client) -> None:
    term = TermFactory(school=cast.northfield)
    pages = (URL, NEW, f"/school/terms/{term.pk}/")
    for url in pages:
        assert client.get(url).status_code == 302
        assert signed_in(cast.teacher).get(url).status_code == 403
        assert signed_in(cast.editor).get(url).status_code in (403, 404)
        assert signed_in(cast.lead).get(url).status_code == 200
    southern = MembershipFactory(school=cast.southfield, role=Role.LEAD)
    for url in (f"/school/terms/{term.pk}/", f"/school/terms/{term.pk}/remove/"):
        assert signed_in(cast.outsider).post(url, AUTUMN).status_code == 404
        assert signed_in(southern).post(url, AUTUMN).status_code == 404
        assert signed_in(cast.teacher).post(url, AUTUMN).status_code == 403
    assert signed_in(cast.teacher).post(URL, TYPED).status_code == 403
    assert signed_in(cast.teacher).post(COPY).status_code == 403
    assert signed_in(cast.lead).get(f"{URL}?school=southfield").status_code == 404
    assert signed_in(cast.lead).get(COPY).status_code == 405
    term.refresh_from_db()
    assert term.school == cast.northfield


def test_the_services_ask_the_database_who_is_the_lead(cast: Cast) -> None:
    services_of_a_lead_who_was_taken_away = cast.lead
    MembershipFactory(school=cast.northfield, role=Role.LEAD)
    type(cast.lead).objects.filter(pk=cast.lead.pk).update(is_active=False)

    for actor in (cast.teacher, services_of_a_lead_who_was_taken_away):
        with pytest.raises(LeadOnly):
            services.add_term(actor=actor, name="A", starts_on=day("2026-09-01"), ends_on=day("2026-12-01"))
    assert not Term.objects.exists()


def test_a_lead_of_two_schools_changes_the_one_that_the_address_names(cast: Cast, signed_in: SignIn) -> None:
    MembershipFactory(user=cast.lead.user, school=cast.southfield, role=Role.LEAD)
    client = signed_in(cast.lead)

    response = client.post(f"{URL}?school=southfield", TYPED)

    assert response.url == f"{URL}?school=southfield"
    cast.southfield.refresh_from_db()
    cast.northfield.refresh_from_db()
    assert (cast.northfield.lead_name, cast.southfield.lead_name) == ("Mx Lead", "Mx Okafor")
    client.post(f"{NEW}?school=southfield", AUTUMN)
    assert Term.objects.get().school == cast.southfield


def test_terms_are_added_changed_and_removed(cast: Cast, lead: Client) -> None:
    assert "No terms yet" in lead.get(URL).content.decode()
    lead.post(NEW, AUTUMN)
    term = Term.objects.get()

    lead.post(f"/school/terms/{term.pk}/", AUTUMN | {"name": "Autumn term", "ends_on": "2026-12-19"})

    html = lead.get(URL).content.decode()
    assert "Autumn term" in html
    assert "Sat 19 Dec 2026" in html
    assert "2026/27" in html
    lead.post(f"/school/terms/{term.pk}/remove/")
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "status", "sentence"),
    [
        ("2026-12-01", "2027-03-01", 409, "overlap with “Autumn”"),
        ("2026-08-01", "2026-09-01", 409, "overlap with “Autumn”"),
        ("2026-10-01", "2026-10-31", 409, "overlap with “Autumn”"),
        ("2027-03-01", "2027-01-05", 409, "ends on a day after"),
        ("2027-01-05", "2027-01-05", 409, "ends on a day after"),
        ("2027-01-05", "2029-01-05", 409, "lasts less than a year"),
        ("soon", "2027-03-01", 400, "Give the day as a date"),
        ("9999-12-20", "9999-12-31", 400, "Give a day within ten years of today."),
        ("0001-01-01", "0001-02-01", 400, "Give a day within ten years of today."),
    ],
)
def test_terms_do_not_overlap_and_their_dates_are_in_order(
    cast: Cast, lead: Client, starts_on: str, ends_on: str, status: int, sentence: str
) -> None:
    lead.post(NEW, AUTUMN)

    response = lead.post(NEW, {"name": "Spring", "starts_on": starts_on, "ends_on": ends_on})

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert Term.objects.count() == 1


def test_a_term_may_stand_beside_another_and_keeps_its_own_days(cast: Cast, lead: Client) -> None:
    lead.post(NEW, AUTUMN)

    assert lead.post(NEW, {"name": "Spring", "starts_on": "2026-12-19", "ends_on": "2027-03-26"}).status_code == 302
    first = Term.objects.get(name="Autumn")
    assert lead.post(f"/school/terms/{first.pk}/", AUTUMN | {"name": "First"}).status_code == 302
    assert lead.post(f"/school/terms/{first.pk}/", AUTUMN | {"ends_on": "2027-01-10"}).status_code == 409


def test_another_schools_term_is_not_in_the_way(cast: Cast, lead: Client) -> None:
    TermFactory(school=cast.southfield)

    assert lead.post(NEW, AUTUMN).status_code == 302


def test_last_years_terms_are_copied_with_the_same_days_and_months(cast: Cast, lead: Client) -> None:
    year = cast.northfield.year_of(timezone.localdate())
    TermFactory(
        school=cast.northfield, name="Autumn", starts_on=day(f"{year - 1}-09-01"), ends_on=day(f"{year - 1}-12-18")
    )
    TermFactory(school=cast.northfield, name="Spring", starts_on=day(f"{year}-01-05"), ends_on=day(f"{year}-03-27"))
    button = f"Copy the terms of {cast.northfield.year_in_words(year - 1)} to {cast.northfield.year_in_words(year)}"
    assert button in lead.get(URL).content.decode()

    lead.post(COPY)

    copied = Term.objects.filter(starts_on__gte=day(f"{year}-09-01")).values_list("name", "starts_on", "ends_on")
    assert list(copied) == [
        ("Autumn", day(f"{year}-09-01"), day(f"{year}-12-18")),
        ("Spring", day(f"{year + 1}-01-05"), day(f"{year + 1}-03-27")),
    ]
    assert button not in lead.get(URL).content.decode()


def test_copying_with_nothing_to_copy_is_refused_with_a_sentence(cast: Cast, lead: Client) -> None:
    response = lead.post(COPY)

    assert response.status_code == 409
    assert "no terms of the year before" in response.content.decode()


def test_a_leap_day_is_copied_to_the_28th() -> None:
    assert services.school.a_year_later(day("2028-02-29")) == day("2029-02-28")


def test_a_school_year_is_said_as_schools_say_it() -> None:
    said = [School(year_begins_month=month).year_in_words(year) for month, year in ((9, 2026), (8, 2099), (1, 2026))]

    assert said == ["2026/27", "2099/00", "2026"]


def test_the_terms_can_be_taken_away_as_a_file(cast: Cast, lead: Client) -> None:
    TermFactory(school=cast.northfield)

    response = lead.get(f"{URL}?table=terms&as=csv")

    assert "Autumn,2026/27,2026-09-01,2026-12-18" in b"".join(response.streaming_content).decode()


def test_one_or_thirty_terms_take_the_same_queries(cast: Cast, lead: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            lead.get(URL)
        return len(queries)

    TermFactory(school=cast.northfield)
    few = count()
    for year in range(1990, 2019):
        TermFactory(school=cast.northfield, starts_on=day(f"{year}-09-01"), ends_on=day(f"{year}-12-01"))
    assert count() == few
    assert len(terms_page(cast.northfield, day("2026-10-01")).terms) == 30
