"""What anybody may read of a school: its lead, and what each year is learning. Nothing else."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.guidance.queries.school_lessons import span_of
from lessons.teaching.dates import Span
from lessons.teaching.enums import ForWhom
from lessons.teaching.models import Assignment
from safeguarding.schools.models import School
from tests.cast import Cast
from tests.factories import (
    AssignmentFactory,
    LessonVersionFactory,
    PupilGroupFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    make_live,
    retire,
)

from .school_pages import day, lesson, open_page, set_for, term_now, topic_guide, year

URL = "/s/northfield/"


@pytest.fixture
def school(cast: Cast) -> School:
    return open_page(cast.northfield)


def html_of(client: Client, url: str = URL) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_school_has_no_page_until_its_lead_wants_one(client: Client, cast: Cast, signed_in) -> None:
    for url in (URL, f"{URL}poster/", f"{URL}letter/"):
        assert client.get(url).status_code == 404
        assert signed_in(cast.lead).get(url).status_code == 404
    unknown = client.get("/s/no-such-school/").content
    assert client.get(URL).content == unknown.replace(b"no-such-school", b"northfield")
    open_page(cast.northfield)
    for url in (URL, f"{URL}poster/", f"{URL}letter/"):
        assert client.get(url).status_code == 200
    assert client.get("/s/southfield/").status_code == 404


def test_it_says_whom_to_ask_and_keeps_what_is_for_staff(client: Client, school: School) -> None:
    school.lead_email, school.lead_phone = "lead@northfield.example", "020 7946 0000"
    school.save()
    for url in (URL, f"{URL}poster/", f"{URL}letter/"):
        html = html_of(client, url)
        assert "lead@northfield.example" not in html
        assert "020 7946 0000" not in html
    assert "Mx Lead" in html_of(client)
    assert "Room 4" in html_of(client)


def test_a_year_shows_its_lesson_with_the_note_three_ways_to_talk_and_the_card(client: Client, school: School) -> None:
    topic_guide("About photos")
    version = lesson("Asking first", note="Ask about Ama.")
    set_for(year(school), version)

    html = html_of(client)

    for text in ("Year 8", "Asking first", "Pupils learn to ask first.", "Ask about Ama.", "Image sharing"):
        assert text in html
    assert "Through a story. “What would you do?”" in html
    assert "Third way." in html
    assert "Fourth way." not in html
    assert "About photos" in html
    assert f'href="/home/{version.lesson.slug}/"' in html


def test_it_never_names_a_class_a_pupil_a_teacher_a_number_or_a_day_of_teaching(
    client: Client, cast: Cast, school: School
) -> None:
    set_for(cast.named_class, lesson("Asking first"), set_by=cast.teacher, note="For Ada only")
    html = html_of(client)
    assert "Asking first" in html
    for text in ("8B", "8A", "Ada", "Bo<", "Tess", "Lena", "tess@", "For Ada only", cast.named_class.code):
        assert text not in html
    assert html.count(in_words(day(7))) == (1 if day(7) == span_of(school, [], day()).ends_on else 0)


def in_words(on: datetime.date) -> str:
    return f" {on.day} {on:%B %Y}"


@pytest.mark.parametrize("said", ["8B", " 8b ", "Year 8B", "Mint class", "8 M", "year 8-m"])
def test_a_year_that_would_name_a_class_is_shown_as_ages(client: Client, school: School, said: str) -> None:
    SchoolClassFactory(school=school, name="Mint")
    set_for(year(school, said, name="8M"), lesson("Asking first"))
    html = html_of(client)
    assert said.strip() not in html
    assert "Ages 11 to 12" in html


def test_a_class_without_a_name_to_speak_of_hides_no_year(client: Client, school: School) -> None:
    SchoolClassFactory(school=school, name="-")
    set_for(year(school, "Year 8", name="8M"), lesson("Asking first"))
    assert "Year 8" in html_of(client)


def test_classes_without_a_year_group_stand_under_their_ages(client: Client, school: School) -> None:
    set_for(year(school, "", age_from=7, age_to=8), lesson("For the young"))
    set_for(year(school, "", age_from=14, age_to=15), lesson("For the old"))
    html = html_of(client)
    assert html.index("Ages 7 to 8") < html.index("For the young") < html.rindex("Ages 14 to 15")


def test_a_lesson_of_two_classes_of_a_year_stands_there_once_however_the_year_is_typed(
    client: Client, school: School
) -> None:
    version = lesson("Asking first")
    for said in ("Year 8", "year  8", "YEAR 8"):
        set_for(year(school, said), version)
    html = html_of(client)
    assert html.count("<strong>Asking first.</strong>") == 1
    assert html.casefold().count("year 8") == 1


def test_another_schools_lessons_never_show(client: Client, cast: Cast, school: School) -> None:
    open_page(cast.southfield)
    set_for(year(cast.southfield), lesson("Theirs"))
    set_for(year(school), lesson("Ours"))
    assert "Theirs" not in html_of(client)
    assert "Ours" not in html_of(client, "/s/southfield/")


def test_what_some_of_a_class_do_never_shows(client: Client, cast: Cast, school: School) -> None:
    group = PupilGroupFactory(school_class=cast.named_class, name="Readers")
    set_for(cast.named_class, lesson("For a group"), for_whom=ForWhom.GROUPS).groups.set([group])
    set_for(cast.named_class, lesson("For a pupil"), for_whom=ForWhom.PUPILS).pupils.set([cast.ada])
    html = html_of(client)
    assert "For a group" not in html
    assert "For a pupil" not in html
    assert "No lesson has begun yet" in html


def test_what_pupils_cannot_see_is_not_published(client: Client, school: School) -> None:
    eight = year(school)
    serious = TopicFactory(slug="online-blackmail", least_age=11)
    untold = set_for(eight, lesson("Not ready", topic=serious))
    taken_away = lesson("Taken away")
    set_for(eight, taken_away)
    type(taken_away).objects.filter(pk=taken_away.pk).update(live_until=timezone.now(), withdrawn_at=timezone.now())
    done = set_for(eight, lesson("Whole lesson"), closed_at=timezone.now())
    AssignmentFactory(school_class=eight, version=lesson("Asked again"), later_of=done)
    set_for(eight, lesson("Never opened"), opens=3, closed_at=timezone.now())
    past = year(school, "Year 9", archived_at=timezone.now())
    set_for(past, lesson("Of a past class"))

    html = html_of(client)

    assert "Whole lesson" in html
    for title in ("Not ready", "Taken away", "Asked again", "Never opened", "Of a past class", "Year 9"):
        assert title not in html
    Assignment.objects.filter(pk=untold.pk).update(lead_told_at=timezone.now())
    assert "Not ready" in html_of(client)


def test_a_lesson_that_left_the_library_shows_while_a_class_does_it_and_has_no_card(
    client: Client, school: School
) -> None:
    version = lesson("Leaving")
    set_for(year(school), version)
    retire(version)
    html = html_of(client)
    assert "Leaving" in html
    assert f"/home/{version.lesson.slug}/" not in html


def test_the_newest_version_that_the_year_was_set_is_shown(client: Client, school: School) -> None:
    old = lesson("Old title")
    set_for(year(school), old)
    new = make_live(LessonVersionFactory(lesson=old.lesson, number=2, title="New title"))
    assert "Old title" in html_of(client)
    set_for(year(school), new)
    html = html_of(client)
    assert "New title" in html
    assert "Old title" not in html


def test_only_this_term_is_shown_and_what_is_ahead_in_it_by_itself(client: Client, school: School) -> None:
    term_now(school)
    eight = year(school)
    set_for(eight, lesson("Of now"))
    set_for(eight, lesson("Soon"), opens=10, due=17)
    set_for(eight, lesson("Next term"), opens=40, due=47)
    set_for(eight, lesson("Long ago"), opens=-60, due=-50)
    html = html_of(client)
    assert "This term, from" in html
    assert html.index("Of now") < html.index("Coming up") < html.index("Soon")
    assert "Next term" not in html
    assert "Long ago" not in html


def a_day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


AUTUMN = Span("Autumn", a_day("2026-09-03"), a_day("2026-12-18"))
SPRING = Span("Spring", a_day("2027-01-05"), a_day("2027-03-26"))
SUMMER = Span("Summer", a_day("2027-04-12"), a_day("2027-07-21"))


@pytest.mark.parametrize(
    ("on", "name", "first"),
    [
        ("2026-10-01", "Autumn", "2026-09-03"),
        ("2026-09-01", "Autumn", "2026-09-03"),  # before the first day of the first
        ("2026-12-25", "Autumn", "2026-09-03"),  # in the holidays after it
        ("2027-01-05", "Spring", "2027-01-05"),
        ("2027-08-10", "Summer", "2027-04-12"),
        ("2027-09-10", "", "2027-09-01"),  # a new year without terms
    ],
)
def test_a_day_belongs_to_the_term_that_began_last_or_to_the_school_year(on: str, name: str, first: str) -> None:
    span = span_of(School(year_begins_month=9), [AUTUMN, SPRING, SUMMER], a_day(on))
    assert (span.name, span.starts_on) == (name, a_day(first))


def test_another_schools_terms_do_not_count(client: Client, cast: Cast, school: School) -> None:
    TermFactory(school=cast.southfield, name="Their term", starts_on=day(-5), ends_on=day(5))
    html = html_of(client)
    assert "Their term" not in html
    assert "This school year, from" in html


def test_words_for_older_children_do_not_stand_beside_a_lesson_for_younger_ones(client: Client, school: School) -> None:
    topic_guide("For teenagers", age_from=11)
    set_for(year(school, "Year 3", age_from=7, age_to=8), lesson("Asking first", note="Ask about the photo."))
    html = html_of(client)
    assert "Ask about the photo." in html
    assert "For teenagers" not in html
    assert "Through a story" not in html


def test_the_talk_is_in_the_language_of_the_page_or_else_says_that_it_is_english(
    client: Client, school: School
) -> None:
    open_page(school, "cy")
    source = topic_guide("A guide in English")
    set_for(year(school), lesson("Asking first"))
    html = html_of(client, f"/cy{URL}")
    assert '<ol lang="en-gb" dir="ltr">' in html
    assert '<p lang="en-gb" dir="ltr"><strong>Asking first.</strong>' in html

    topic_guide("Canllaw", "<ol><li>Yn gyntaf.</li></ol>", source=source, language="cy")
    html = html_of(client, f"/cy{URL}")
    assert "<ol>\n<li>Yn gyntaf.</li>" in html
    assert "A guide in English" not in html
    assert "Yn gyntaf" not in html_of(client)


def test_the_switcher_has_english_and_the_families_languages_and_where_the_reader_is(
    client: Client, school: School
) -> None:
    open_page(school, "cy,ur")
    links = {link.language.code for link in client.get(URL).context["languages"]}
    assert links == {"en-gb", "cy"}
    assert {link.language.code for link in client.get(f"/fr{URL}").context["languages"]} == {"en-gb", "cy", "fr"}


def test_guides_in_the_families_languages_are_named_or_missed_kindly(client: Client, school: School) -> None:
    assert "Guides in your languages" not in html_of(client)
    open_page(school, "pl,ur")
    topic_guide("رہنما", source=topic_guide("A guide"), language="ur", slug="a-guide-ur")
    html = html_of(client)
    assert '<a href="/guidance/a-guide-ur/" hreflang="ur">رہنما</a>' in html
    assert '<h3 lang="pl" dir="ltr">Polski</h3>\n<p>We are sorry' in html


def test_three_queries_at_one_and_at_thirty_lessons_and_no_cookie(client: Client, school: School) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(URL)
        assert not response.cookies
        return len(queries)

    open_page(school, "cy,ur")
    topic_guide()
    set_for(year(school), lesson("First"))
    assert count() <= 3
    for number in range(30):
        set_for(year(school, f"Year {number}"), lesson(f"Lesson {number}"))
        TermFactory(school=school, starts_on=a_day(f"{1990 + number}-09-01"), ends_on=a_day(f"{1990 + number}-12-01"))
    assert count() <= 3


def test_it_is_only_read(client: Client, school: School) -> None:
    for url in ("/s/", URL, f"{URL}poster/", f"{URL}letter/"):
        assert client.post(url).status_code == 405
