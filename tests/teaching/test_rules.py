import datetime

import pytest

from lessons.library.models import AgeBand, Lesson, Topic
from lessons.teaching import rules
from safeguarding.schools.models import SchoolClass

TODAY = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("ages", "least_age", "refused", "to_think"),
    [
        ((11, 12), 11, False, False),
        ((10, 11), 11, False, True),  # some are old enough, some may not be
        ((9, 10), 11, True, False),
        ((14, 15), 11, False, False),
    ],
)
def test_a_class_where_nobody_has_reached_the_least_age_is_refused(ages, least_age, refused, to_think):
    school_class = SchoolClass(name="X", age_from=ages[0], age_to=ages[1])
    topic = Topic(least_age=least_age)
    assert rules.is_under_least_age(school_class, topic) is refused
    assert rules.is_partly_under_least_age(school_class, topic) is to_think


@pytest.mark.parametrize(
    ("ages", "said"),
    [((11, 12), ""), ((13, 15), ""), ((15, 16), "written for ages 11–14"), ((9, 10), "written for ages 11–14")],
)
def test_a_class_outside_the_band_is_something_to_think_about(ages, said):
    band = AgeBand(name="11–14", age_from=11, age_to=14)
    lesson = Lesson(band=band, topic=Topic(least_age=5))
    school_class = SchoolClass(name="8A", age_from=ages[0], age_to=ages[1])
    reason = rules.reason_to_think(school_class, lesson)
    assert said in reason
    assert bool(reason) == bool(said)


@pytest.mark.parametrize(("youngest", "devices"), [(5, False), (8, False), (9, True), (14, True)])
def test_classes_younger_than_nine_do_it_together_by_default(youngest, devices):
    assert rules.suits_devices(youngest) is devices


@pytest.mark.parametrize(
    ("taught_on", "may"), [(TODAY, True), (TODAY - DAY, True), (TODAY + DAY, False), (TODAY - 3 * DAY, False)]
)
def test_a_lesson_is_taught_on_a_day_after_it_opened_and_not_in_the_future(taught_on, may):
    assert rules.is_day_of_delivery(taught_on, TODAY - 2 * DAY, TODAY) is may


def test_who_sees_a_class_may_set_it_a_lesson(cast):
    may = [
        rules.can_set_lesson(who, cast.anonymous_class)
        for who in (cast.lead, cast.teacher, cast.colleague, cast.outsider)
    ]
    assert may == [True, True, False, False]
