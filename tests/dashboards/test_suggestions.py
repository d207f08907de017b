"""What a class might do next. The reason stands beside each suggestion, so it has to be true."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lessons.dashboards.queries.suggestions import (
    LiveLesson,
    Met,
    TopicCheck,
    live_lessons,
    suggest,
    suggestions,
    topic_checks,
)
from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment
from safeguarding.schools.models import SchoolClass
from tests.factories import (
    AgeBandFactory,
    LessonFactory,
    LessonVersionFactory,
    SchoolClassFactory,
    TopicFactory,
    UnitFactory,
    make_live,
    retire,
)

from .builders import answer, set_lesson


def live(topic="image-sharing", band="11-14", title="A lesson", least_age=5, position=0, **fields):
    lesson = LessonFactory(
        topic=TopicFactory(slug=topic, least_age=least_age, position=position), band=AgeBandFactory(slug=band), **fields
    )
    return make_live(LessonVersionFactory(lesson=lesson, title=title))


def reasons(school_class):
    return {found.title: found.reason for found in suggestions(school_class)}


def test_a_class_without_lessons_is_offered_one_of_each_topic_that_fits_its_ages(cast):
    live(topic="photos", title="Photos at 11", position=1)
    live(topic="photos", title="Photos at 5", band="5-7", position=1)
    live(topic="photos", title="More photos at 11", position=1, slug="zz-later")
    live(topic="blackmail", title="Too old a topic", least_age=12)
    live(topic="chats", title="Chats at 11", position=2)

    assert reasons(cast.anonymous_class) == {
        "Photos at 11": "Not yet covered: Photos",
        "Chats at 11": "Not yet covered: Chats",
    }


def test_what_fits_the_ages_best_comes_first(cast):
    live(topic="photos", title="Ages 9 to 11", band="9-11")
    live(topic="photos", title="Ages 11 to 14")

    assert list(reasons(cast.anonymous_class)) == ["Ages 11 to 14"]


def test_the_next_of_a_unit_that_the_class_has_begun_comes_first(cast):
    live(topic="another", title="Another topic")
    first, second, third = (live(topic="photos", title=f"Photos {n}", position=5) for n in (1, 2, 3))
    UnitFactory(title="Photos of us", topic=first.lesson.topic, of=[first.lesson, second.lesson, third.lesson])
    set_lesson(cast.anonymous_class, version=second)

    found = suggestions(cast.anonymous_class)

    assert [(one.title, one.reason) for one in found] == [
        ("Photos 3", "Next in the unit “Photos of us”"),
        ("Another topic", "Not yet covered: Another"),
    ]


def test_another_lesson_of_a_topic_builds_on_what_the_class_had_last(cast):
    set_lesson(cast.anonymous_class, version=live(title="The first"), due=-9, closed=-3)
    set_lesson(cast.anonymous_class, version=live(title="The second"), due=-1)
    live(title="The third")

    assert reasons(cast.anonymous_class) == {"The third": "Builds on “The second”"}


def test_a_lesson_that_the_class_had_in_the_year_before_is_not_offered_again(cast):
    before = SchoolClassFactory(school=cast.northfield, name="7A")
    SchoolClass.objects.filter(pk=cast.anonymous_class.pk).update(previous=before)
    cast.anonymous_class.refresh_from_db()
    set_lesson(before, version=live(topic="photos", title="Had last year"), closed=-1)
    live(topic="photos", title="Not had")

    assert reasons(cast.anonymous_class) == {"Not had": "Builds on “Had last year”"}


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ((2, 3, 0), (), True),
        ((2, 2, 0), (), False),  # fewer than five answered
        ((3, 3, 0), (), False),  # half were right
        ((2, 3, 0), (5, 0, 0), False),  # learnt since
        ((2, 3, 0), (4, 0, 0), True),  # too few to tell
        ((2, 3, 0), (3, 2, 0), True),
    ],
)
def test_a_low_check_before_a_lesson_is_a_reason_until_the_topic_is_learnt(cast, before, after, is_told):
    assignment = set_lesson(cast.anonymous_class, version=live(title="Had"))
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, *before)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, *after)
    live(title="Another")

    (reason,) = reasons(cast.anonymous_class).values()

    expected = (
        "Their before-check on Image sharing was low: 2 of 5 answers were right" if is_told else "Builds on “Had”"
    )
    assert reason == expected


def test_what_pupils_feel_is_never_a_reason(cast):
    assignment = set_lesson(cast.anonymous_class, version=live(title="Had"), closed=-1)
    for kind in (QuestionKind.HELP_SEEKING, QuestionKind.WORRY, QuestionKind.CONFIDENCE):
        answer(assignment, kind, Moment.BEFORE, 9, 9, 0)
    live(title="Another")

    assert reasons(cast.anonymous_class) == {"Another": "Builds on “Had”"}


def test_another_class_has_no_part_in_it(cast):
    assignment = set_lesson(cast.southfield_class, version=live(title="Had elsewhere"))
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 0, 9)

    assert reasons(cast.anonymous_class) == {"Had elsewhere": "Not yet covered: Image sharing"}


def test_what_cannot_be_set_is_not_suggested(cast):
    retire(live(topic="one"))
    live(topic="two", archived_at=timezone.now())
    live(topic="three", language="cy", translation_of=retired_source())

    assert suggestions(cast.anonymous_class) == []


def retired_source():
    source = live(topic="source")
    retire(source)
    return source.lesson


def test_a_later_check_is_no_lesson_of_its_own(cast):
    first = set_lesson(cast.anonymous_class, version=live(title="Had"), due=-60, closed=-50)
    set_lesson(cast.anonymous_class, version=live(topic="other", title="Only checked"), later_of=first)

    assert reasons(cast.anonymous_class) == {"Only checked": "Not yet covered: Other"}


def test_three_queries_however_much_there_is(cast):
    def count():
        with CaptureQueriesContext(connection) as queries:
            suggestions(cast.anonymous_class)
        return len(queries)

    live()
    assert count() == 3
    for number in range(30):
        assignment = set_lesson(cast.anonymous_class, version=live(topic=f"topic-{number}"), closed=-1)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 8)
        live(topic=f"topic-{number}")
    assert count() == 3
    assert len(suggestions(cast.anonymous_class)) == 5


def test_counts_of_several_lessons_of_a_topic_are_added_up(cast):
    for school_class in (cast.anonymous_class, cast.anonymous_class, cast.southfield_class):
        assignment = set_lesson(school_class, version=live())
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 8)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.LATER, 7, 7)
    topic_pk = live().lesson.topic_id

    checks = topic_checks([cast.anonymous_class.pk])

    assert checks == {(cast.anonymous_class.pk, topic_pk): TopicCheck(2, 18, 0, 0)}


ages = st.tuples(st.integers(3, 19), st.integers(3, 19)).map(lambda pair: tuple(sorted(pair)))


@st.composite
def lessons_of(draw):
    number = draw(st.integers(0, 25))
    return [
        LiveLesson(
            pk=pk,
            version_pk=pk,
            number=1,
            slug=f"lesson-{pk}",
            title=f"Lesson {pk}",
            topic_pk=(topic := draw(st.integers(1, 5))),
            topic=f"Topic {topic}",
            topic_position=topic,
            least_age=draw(st.integers(3, 16)),
            band="",
            age_from=(band := draw(ages))[0],
            age_to=band[1],
            unit_pk=(unit := draw(st.one_of(st.none(), st.integers(1, 4)))),
            unit=f"Unit {unit}",
            position=pk,
            is_offered=draw(st.booleans()),
        )
        for pk in range(1, number + 1)
    ]


@given(lessons_of(), ages, st.sets(st.integers(1, 25)), st.integers(0, 6))
def test_whatever_there_is_each_suggestion_fits_is_new_and_stands_there_once(lessons, class_ages, had, most):
    school_class = SchoolClass(pk=1, age_from=class_ages[0], age_to=class_ages[1])
    by_slug = {lesson.slug: lesson for lesson in lessons}
    met = [Met(1, lesson.pk, lesson.topic_pk, lesson.title) for lesson in lessons if lesson.pk in had]

    found = suggest([school_class], lessons, met, {}, most)[1]

    assert len(found) <= most
    assert len({one.topic for one in found}) == len(found)
    for one in found:
        lesson = by_slug[one.slug]
        assert lesson.pk not in had
        assert lesson.is_offered
        assert lesson.least_age <= school_class.age_from
        assert lesson.age_from <= school_class.age_to
        assert school_class.age_from <= lesson.age_to
        assert ("Not yet covered" in one.reason) <= (lesson.topic_pk not in {other.topic_pk for other in met})


def test_a_live_lesson_is_read_with_its_place(cast):
    version = live(title="In a unit")
    UnitFactory(title="Photos of us", topic=version.lesson.topic, of=[version.lesson])
    (lesson,) = live_lessons()

    assert (lesson.title, lesson.unit, lesson.position, lesson.version_pk) == (
        "In a unit",
        "Photos of us",
        1,
        version.pk,
    )
