import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.library.models import Unit
from lessons.teaching.models import Assignment
from tests.factories import (
    LessonFactory,
    LessonVersionFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    UnitFactory,
    make_live,
    retire,
)

from .conftest import count_queries

DAY = datetime.timedelta(days=1)


@pytest.fixture
def unit(db) -> Unit:
    versions = [make_live(LessonVersionFactory(title=f"Part {n}", parts=False)) for n in (1, 2, 3)]
    return UnitFactory(title="Photos of us", of=[version.lesson for version in versions])


@pytest.fixture
def url(unit) -> str:
    return reverse("teaching:unit-set", args=[unit.slug])


def data(unit: Unit, *classes, **other) -> dict[str, object]:
    return {
        "lessons": [lesson.pk for lesson in unit.lessons.all()],
        "classes": [school_class.pk for school_class in classes],
        "for_whom": "class",
        "opens_on": timezone.localdate(),
        "apart_days": 7,
        "due_after_days": 5,
        "way": "devices",
        **other,
    }


def test_the_dates_are_shown_before_anything_is_set(signed_in, cast, unit, url):
    page = signed_in(cast.teacher).post(url, data(unit, cast.anonymous_class))
    assert page.status_code == 200
    for n in range(3):
        opens = timezone.localdate() + 7 * n * DAY
        assert opens.strftime("%-d %B %Y") in page.text
    assert "Set these 3 lessons" in page.text
    assert not Assignment.objects.exists()


def test_each_lesson_is_set_for_each_class_a_week_apart(signed_in, cast, unit, url):
    sent = data(unit, cast.anonymous_class, cast.named_class, note="Bring a pen.", confirmed="yes")
    assert signed_in(cast.teacher).post(url, sent).url == "/teach/"
    today = timezone.localdate()
    for school_class in (cast.anonymous_class, cast.named_class):
        made = Assignment.objects.filter(school_class=school_class).order_by("opens_on")
        assert [one.version.title for one in made] == ["Part 1", "Part 2", "Part 3"]
        assert [one.opens_on for one in made] == [today, today + 7 * DAY, today + 14 * DAY]
        assert {(one.due_on - one.opens_on).days for one in made} == {5}
        assert {one.note for one in made} == {"Bring a pen."}


def test_a_lesson_without_its_tick_is_left_out_and_the_others_close_up(signed_in, cast, unit, url):
    first, _, third = unit.lessons.order_by("places__position")
    sent = data(unit, cast.anonymous_class, lessons=[third.pk, first.pk], apart_days=14, confirmed="yes")
    signed_in(cast.teacher).post(url, sent)
    made = Assignment.objects.order_by("opens_on")
    assert [one.version.title for one in made] == ["Part 1", "Part 3"]
    assert made[1].opens_on - made[0].opens_on == 14 * DAY


def test_one_that_a_class_has_already_sets_none(signed_in, cast, unit, url):
    client = signed_in(cast.teacher)
    second = unit.lessons.order_by("places__position")[1]
    client.post(url, data(unit, cast.named_class, lessons=[second.pk], confirmed="yes"))
    page = client.post(url, data(unit, cast.anonymous_class, cast.named_class, confirmed="yes"))
    assert page.status_code == 409
    assert "8B already has “Part 2”, so nothing was set." in page.text
    assert Assignment.objects.count() == 1


def test_what_speaks_against_it_is_said_before_the_dates(signed_in, cast, unit, url):
    older = SchoolClassFactory(school=cast.northfield, name="11C", age_from=15, age_to=16, teachers=[cast.teacher])
    page = signed_in(cast.teacher).post(url, data(unit, older))
    assert page.status_code == 400
    assert page.text.count("11C has ages 15–16") == 2  # once in the summary, once beside the tick
    assert "Set it all the same" in page.text
    assert "Look at the dates" in signed_in(cast.teacher).post(url, data(unit, older, all_the_same="on")).text


def test_a_lesson_that_is_taken_down_meanwhile_sets_none(signed_in, cast, unit, url):
    client = signed_in(cast.teacher)
    sent = data(unit, cast.anonymous_class, confirmed="yes")
    retire(unit.lessons.order_by("places__position")[2].live_version)
    page = client.post(url, sent)
    assert page.status_code == 400
    assert "Choose from the lessons of this unit that can be set now" in page.text
    assert not Assignment.objects.exists()


def test_a_day_in_the_holidays_is_said(signed_in, cast, unit, url):
    today = timezone.localdate()
    TermFactory(school=cast.northfield, name="One", starts_on=today, ends_on=today + 6 * DAY)
    TermFactory(school=cast.northfield, name="Two", starts_on=today + 14 * DAY, ends_on=today + 60 * DAY)
    page = signed_in(cast.teacher).post(url, data(unit, cast.anonymous_class))
    assert page.text.count("outside the school’s terms") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lessons": []}, "Choose at least one lesson."),
        ({"apart_days": 0}, "Give a number of days from 1 to 60."),
        ({"apart_days": "a week"}, "Give a number of days from 1 to 60."),
        ({"due_after_days": 91}, "Give a number of days from 0 to 90."),
        ({"note": "x" * 301}, "Keep the note to 300 characters."),
    ],
)
def test_bad_input_is_a_sentence(signed_in, cast, unit, url, change, sentence):
    page = signed_in(cast.teacher).post(url, data(unit, cast.anonymous_class, **change))
    assert page.status_code == 400
    assert sentence in page.text


def test_the_tick_that_the_lead_knows_is_for_topics_of_11_and_over(signed_in, cast):
    for least_age in (10, 11):
        version = make_live(
            LessonVersionFactory(lesson=LessonFactory(topic=TopicFactory(slug=f"t{least_age}", least_age=least_age)))
        )
        url = reverse("teaching:assignment-create", args=[version.lesson.slug])
        assert ("Our safeguarding lead knows" in signed_in(cast.teacher).get(url).text) is (least_age == 11)
    sent = {
        "classes": [cast.anonymous_class.pk],
        "for_whom": "class",
        "opens_on": timezone.localdate(),
        "due_on": timezone.localdate(),
        "way": "devices",
        "lead_told": "on",
    }
    signed_in(cast.teacher).post(url, sent)
    made = Assignment.objects.get()
    assert made.lead_told_at is not None
    assert made.lead_told_by == cast.teacher


def test_the_class_and_the_day_of_the_planner_stand_in_the_form(signed_in, cast, url):
    monday = timezone.localdate() + 20 * DAY
    form = signed_in(cast.teacher).get(f"{url}?class={cast.named_class.pk}&opens={monday}").context["form"]
    assert form.initial["opens_on"] == monday
    assert form.initial["classes"] == [cast.named_class.pk]
    for nonsense in ("soon", "2026-02-31", "0001-01-01"):
        form = signed_in(cast.teacher).get(f"{url}?opens={nonsense}").context["form"]
        assert form.initial["opens_on"] == timezone.localdate()


def test_teachers_find_it_on_the_units_page_and_others_do_not(signed_in, client, cast, unit, url):
    page = reverse("library:unit-detail", args=[unit.slug])
    assert url in signed_in(cast.teacher).get(page).text
    assert url not in client.get(page).text


def test_outsiders_visitors_and_unknown_units(signed_in, client, cast, unit, url):
    assert signed_in(cast.editor).get(url).status_code == 403
    assert client.get(url).status_code == 302
    assert signed_in(cast.teacher).put(url).status_code == 405
    assert signed_in(cast.teacher).get(reverse("teaching:unit-set", args=["nowhere"])).status_code == 404
    page = signed_in(cast.outsider).post(url, data(unit, cast.anonymous_class, confirmed="yes"))
    assert page.status_code == 400
    assert not Assignment.objects.exists()


def test_it_takes_the_same_queries_for_1_and_30_classes(signed_in, cast, url):
    client = signed_in(cast.lead)
    few = count_queries(client, url)
    SchoolClassFactory.create_batch(29, school=cast.northfield)
    assert count_queries(client, url) == few <= 15
