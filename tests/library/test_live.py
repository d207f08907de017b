"""What is live at a moment: the query, the path through the item, the property and the column all say the same."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.library.enums import State, Status
from lessons.library.live import live_q, state_case, state_of
from lessons.library.models import Guide, Lesson, LessonVersion, Unit
from tests.factories import GuideVersionFactory, LessonFactory, LessonVersionFactory, UnitFactory, make_live

NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time by which the queries go."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(NOON)
    return set_to


def a_version(live_from, live_until=None, **fields):
    return LessonVersionFactory(
        parts=False, status=Status.APPROVED, live_from=live_from, live_until=live_until, **fields
    )


def test_a_version_goes_live_when_its_time_comes_and_ends_when_its_time_is_over(db, clock):
    old = a_version(NOON - HOUR, NOON, number=1)
    new = a_version(NOON, NOON + HOUR, number=2, lesson=old.lesson)

    def seen(moment):
        clock(moment)
        found = Lesson.objects.live().values_list("live_version__number", flat=True)
        return [*found, Lesson.objects.get().live_version]

    just_before = datetime.timedelta(microseconds=1)
    assert seen(NOON - 2 * HOUR) == [None]
    assert seen(NOON - just_before) == [1, old]
    assert seen(NOON) == [2, new]
    assert seen(NOON + HOUR - just_before) == [2, new]
    assert seen(NOON + HOUR) == [None]


def test_a_query_that_was_built_before_goes_by_the_time_at_which_it_runs(db, clock):
    a_version(NOON + HOUR)
    lessons = Lesson.objects.live()
    clock(NOON + 2 * HOUR)

    assert len(lessons) == 1


def test_the_states_over_time(clock):
    version = LessonVersion(status=Status.APPROVED, live_from=NOON, live_until=NOON + HOUR)

    assert state_of(version, NOON - HOUR) == State.SCHEDULED
    assert version.state == state_of(version, NOON) == State.LIVE
    assert state_of(version, NOON + HOUR) == State.RETIRED
    assert [LessonVersion(status=status).state for status in Status] == ["draft", "in_review", "returned", "approved"]


MINUTES = st.integers(-3, 3).map(lambda minutes: NOON + datetime.timedelta(minutes=minutes))


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(MINUTES, min_size=1, max_size=5, unique=True), ends=st.booleans(), now=MINUTES)
def test_query_path_property_and_column_agree_at_any_moment(db, clock, moments, ends, now):
    LessonVersion.objects.all().delete()
    lesson = Lesson.objects.first() or LessonFactory()
    moments = sorted(moments)
    limits = [*moments[1:], moments[-1] + datetime.timedelta(minutes=1) if ends else None]
    for number, (live_from, live_until) in enumerate(zip(moments, limits, strict=True), start=1):
        a_version(live_from, live_until, lesson=lesson, number=number)
    clock(now)
    versions = list(LessonVersion.objects.annotate(column=state_case()))
    live = [version for version in versions if version.is_live]

    assert [version.column for version in versions] == [version.state for version in versions]
    assert list(LessonVersion.objects.live()) == live
    assert list(Lesson.objects.filter(live_q("versions__")).values_list("versions", flat=True)) == [v.pk for v in live]
    assert len(live) <= 1
    assert Lesson.objects.select_related("live_version").get().live_version == (live[0] if live else None)
    assert Lesson.objects.get().live_version == (live[0] if live else None)


def test_fetching_it_with_its_item_takes_one_query(db):
    for _ in range(3):
        make_live(GuideVersionFactory())
    with CaptureQueriesContext(connection) as queries:
        assert all(guide.live_version.title for guide in Guide.objects.live())

    assert len(queries) == 1


def test_a_unit_is_live_while_a_lesson_of_it_is(db, clock):
    UnitFactory(of=[a_version(NOON, NOON + HOUR).lesson])

    assert len(Unit.objects.live()) == 1
    clock(NOON + HOUR)
    assert not Unit.objects.live()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"live_from": NOON, "number": 2}, "one_version_live_without_end"),
        ({"live_from": NOON, "live_until": NOON, "number": 2}, "live_from_before_until"),
        ({"live_until": NOON, "number": 2}, "live_from_before_until"),
        ({"live_from": NOON, "live_until": NOON + HOUR, "status": Status.DRAFT, "number": 2}, "live_is_approved"),
    ],
)
def test_the_database_refuses_what_cannot_be(db, fields, constraint):
    lesson = make_live(LessonVersionFactory(parts=False)).lesson
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        LessonVersionFactory(parts=False, lesson=lesson, **{"status": Status.APPROVED, **fields})

    assert constraint in str(refused.value) or "UNIQUE" in str(refused.value)
