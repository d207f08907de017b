import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.library.models import Lesson
from lessons.teaching import services
from lessons.teaching.errors import CopyChanged, NotAllowed
from lessons.teaching.models import Assignment
from safeguarding.schools.models import SchoolClass
from tests.factories import (
    AssignmentFactory,
    LessonFactory,
    LessonVersionFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    make_live,
    retire,
)

from .conftest import count_queries

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()
MONDAY = TODAY - TODAY.weekday() * DAY
URL = reverse("teaching:plan-copy")


@pytest.fixture
def last_year(cast) -> SchoolClass:
    """What 8A was a year ago: a class of the past, with the same teacher."""
    return SchoolClassFactory(
        school=cast.northfield,
        name="7A",
        school_year=cast.anonymous_class.school_year - 1,
        archived_at=timezone.now() - 100 * DAY,
        teachers=[cast.teacher],
    )


def was_set(school_class, title, opens_on, days=7, **other) -> Assignment:
    version = other.pop("version", None) or make_live(LessonVersionFactory(title=title, parts=False))
    return AssignmentFactory(
        school_class=school_class,
        version=version,
        opens_on=opens_on,
        due_on=opens_on + days * DAY,
        closed_at=timezone.now(),
        **other,
    )


def address(source, target) -> str:
    return f"{URL}?source={source.pk}&target={target.pk}"


def sent(*lessons, **other) -> dict[str, object]:
    """What the form would send: a tick and a day for each."""
    ticks = {f"keep_{lesson.pk}": "on" for lesson in lessons}
    days = {f"opens_{lesson.pk}": TODAY + number * 7 * DAY for number, lesson in enumerate(lessons)}
    return {**ticks, **days, **other}


def test_the_first_page_offers_also_classes_of_past_years_to_copy_from(signed_in, cast, last_year):
    form = signed_in(cast.teacher).get(URL).context["form"]
    assert str(last_year.pk) in str(form["source"])
    assert f'value="{last_year.pk}"' not in str(form["target"])


def test_a_class_moved_up_is_offered_with_what_it_was(signed_in, cast, last_year):
    SchoolClass.objects.filter(pk=cast.named_class.pk).update(previous=last_year)
    form = signed_in(cast.teacher).get(URL).context["form"]
    assert form.initial == {"source": last_year.pk, "target": cast.named_class.pk}


def test_each_lesson_keeps_its_place_in_the_term(signed_in, cast, last_year):
    begins = cast.anonymous_class.school_year
    old = TermFactory(
        school=cast.northfield,
        starts_on=datetime.date(begins - 1, 9, 3),
        ends_on=datetime.date(begins - 1, 12, 19),
    )
    new = TermFactory(
        school=cast.northfield, starts_on=datetime.date(begins, 9, 9), ends_on=datetime.date(begins, 12, 18)
    )
    was_set(last_year, "Third week", old.starts_on + 15 * DAY)
    page = signed_in(cast.teacher).get(address(last_year, cast.anonymous_class)).context["page"]
    (lesson,) = page.copied
    weeks = (lesson.days.opens_on - (old.starts_on + 15 * DAY)).days / 7
    assert weeks == int(weeks)
    assert lesson.days.opens_on - (new.starts_on - new.starts_on.weekday() * DAY) == (
        old.starts_on + 15 * DAY - (old.starts_on - old.starts_on.weekday() * DAY)
    )


def test_the_lessons_with_a_tick_are_set_with_their_days_and_nothing_else(signed_in, cast, last_year):
    first = was_set(last_year, "First", TODAY - 360 * DAY, days=5, way="together", note="Dear 7A")
    second = was_set(last_year, "Second", TODAY - 350 * DAY)
    third = was_set(last_year, "Third", TODAY - 340 * DAY)
    data = sent(first, second, third)
    del data[f"keep_{second.pk}"]
    data[f"opens_{second.pk}"] = "nonsense in a row without a tick"
    page = signed_in(cast.teacher).post(address(last_year, cast.anonymous_class), data)
    assert page.url == f"/teach/classes/{cast.anonymous_class.pk}/"
    made = list(Assignment.objects.filter(school_class=cast.anonymous_class).order_by("opens_on"))
    assert [one.version.title for one in made] == ["First", "Third"]
    assert [(one.opens_on, one.due_on) for one in made] == [
        (TODAY, TODAY + 5 * DAY),
        (TODAY + 14 * DAY, TODAY + 21 * DAY),
    ]
    assert (made[0].way, made[0].note, made[0].lead_told_at) == ("together", "", None)


def test_the_newest_version_is_set(signed_in, cast, last_year):
    old = was_set(last_year, "Old words", TODAY - 360 * DAY)
    newer = make_live(LessonVersionFactory(lesson=old.version.lesson, number=2, title="New words", parts=False))
    client = signed_in(cast.teacher)
    assert "New words" in client.get(address(last_year, cast.anonymous_class)).text
    client.post(address(last_year, cast.anonymous_class), sent(old))
    assert Assignment.objects.get(school_class=cast.anonymous_class).version == newer


def test_what_cannot_be_set_is_left_out_and_says_why(signed_in, cast, last_year):
    retired = was_set(last_year, "Retired", TODAY - 300 * DAY)
    retire(retired.version)
    withdrawn = was_set(last_year, "Withdrawn", TODAY - 301 * DAY).version
    withdrawn.live_until = withdrawn.withdrawn_at = timezone.now()
    withdrawn.save()
    archived = was_set(last_year, "Archived", TODAY - 302 * DAY)
    Lesson.objects.filter(pk=archived.version.lesson.pk).update(archived_at=timezone.now())
    older = LessonFactory(topic=TopicFactory(slug="older", least_age=14))
    was_set(last_year, "", TODAY - 303 * DAY, version=make_live(LessonVersionFactory(title="Older", lesson=older)))
    twice = was_set(last_year, "Twice", TODAY - 304 * DAY)
    was_set(last_year, "", TODAY - 280 * DAY, version=twice.version)
    has = was_set(last_year, "Has it", TODAY - 305 * DAY)
    AssignmentFactory(school_class=cast.anonymous_class, version=has.version)
    page = signed_in(cast.teacher).get(address(last_year, cast.anonymous_class)).context["page"]
    assert [lesson.title for lesson in page.copied] == ["Twice"]
    assert {lesson.title: lesson.why_not for lesson in page.left_out} == {
        "Retired": "It has been taken down.",
        "Withdrawn": "It has been withdrawn.",
        "Archived": "It is archived: there are other lessons on its topic.",
        "Older": "It is for pupils of 14 and over.",
        "Twice": "It was set twice. The first time is copied.",
        "Has it": "8A has been set it already.",
    }


def test_another_age_needs_a_tick(signed_in, cast, last_year):
    lesson = was_set(last_year, "Written for 11 to 14", TODAY - 300 * DAY)
    older = SchoolClassFactory(school=cast.northfield, name="11C", age_from=15, age_to=16, teachers=[cast.teacher])
    client = signed_in(cast.teacher)
    assert "11C has ages 15–16" in client.get(address(last_year, older)).text
    page = client.post(address(last_year, older), sent(lesson))
    assert page.status_code == 400
    assert not Assignment.objects.filter(school_class=older).exists()
    assert client.post(address(last_year, older), sent(lesson, all_the_same="on")).status_code == 302


def test_what_changes_while_the_page_is_open_sets_nothing(signed_in, cast, last_year):
    first = was_set(last_year, "First", TODAY - 300 * DAY)
    second = was_set(last_year, "Second", TODAY - 290 * DAY)
    data = sent(first, second)
    AssignmentFactory(school_class=cast.anonymous_class, version=second.version)
    page = signed_in(cast.teacher).post(address(last_year, cast.anonymous_class), data)
    assert page.status_code == 400
    assert CopyChanged.sentence in page.text
    assert Assignment.objects.filter(school_class=cast.anonymous_class).count() == 1


@pytest.mark.parametrize("day", ["", "soon", "0001-01-01"])
def test_a_bad_day_of_a_lesson_with_a_tick_is_a_sentence(signed_in, cast, last_year, day):
    lesson = was_set(last_year, "First", TODAY - 300 * DAY)
    page = signed_in(cast.teacher).post(
        address(last_year, cast.anonymous_class), sent(lesson) | {f"opens_{lesson.pk}": day}
    )
    assert page.status_code == 400
    assert not Assignment.objects.filter(school_class=cast.anonymous_class).exists()


def test_no_tick_at_all_is_a_sentence(signed_in, cast, last_year):
    was_set(last_year, "First", TODAY - 300 * DAY)
    page = signed_in(cast.teacher).post(address(last_year, cast.anonymous_class), {})
    assert page.status_code == 400
    assert "Choose at least one lesson." in page.text


def test_the_same_class_twice_and_others_classes_are_refused(signed_in, cast, last_year):
    client = signed_in(cast.teacher)
    for source, target in (
        (cast.named_class, cast.named_class),
        (cast.southfield_class, cast.named_class),
        (cast.named_class, cast.southfield_class),
        (cast.named_class, last_year),  # nothing is set for a class of a past year
    ):
        assert client.get(address(source, target)).status_code == 400
    assert client.get(f"{URL}?source=x&target=").status_code == 400
    for source, target in ((cast.southfield_class, cast.named_class), (cast.named_class, cast.southfield_class)):
        with pytest.raises(NotAllowed):
            services.copy_plan(
                actor=cast.teacher.user, source=source, target=target, opens={was_set(source, "x", TODAY).pk: TODAY}
            )
    stranger = was_set(cast.southfield_class, "y", TODAY)
    with pytest.raises(CopyChanged):
        services.copy_plan(
            actor=cast.teacher.user, source=last_year, target=cast.named_class, opens={stranger.pk: TODAY}
        )


def test_a_class_that_was_set_nothing_says_so(signed_in, cast, last_year):
    assert "That class was set no lesson." in signed_in(cast.teacher).get(address(last_year, cast.named_class)).text


def test_visitors_sign_in_and_editors_are_refused(signed_in, client, cast):
    assert client.get(URL).status_code == 302
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert signed_in(cast.teacher).put(URL).status_code == 405
    assert "Two classes are needed" in signed_in(cast.outsider).get(URL).text


def test_it_takes_the_same_queries_for_1_and_30_lessons(signed_in, cast, last_year):
    client, page = signed_in(cast.teacher), address(last_year, cast.anonymous_class)
    few = None
    for number in range(30):
        was_set(last_year, f"Lesson {number}", TODAY - (300 - number) * DAY)
        few = few or count_queries(client, page)
    assert count_queries(client, page) == few <= 14
