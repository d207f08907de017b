"""A new school year: pupils go on, numbers stay, and nobody can see any more who did what."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import ForWhom, Moment, YearAction
from lessons.teaching.errors import YearRefused
from lessons.teaching.models import AnswerCount, Assignment, Attempt, Poll, PollVote
from lessons.teaching.queries.years import new_year_page, year_to_begin
from lessons.teaching.services import Move, YearBegun, archive_class, begin_year, undo_roster
from safeguarding.schools.errors import ClassArchived, NotAllowed
from safeguarding.schools.models import Membership, Pupil, PupilGroup, RosterImport, SchoolClass
from tests.cast import Cast
from tests.dashboards.builders import answer, begin, set_lesson, teach
from tests.factories import PupilFactory, PupilGroupFactory, SchoolClassFactory
from tests.schools.rosters import csv_of, do_import, lists_of

NEXT = 2027
UP = {"year_group": "Year 9", "age_from": 13, "age_to": 14}


@pytest.fixture(autouse=True)
def _this_year(cast: Cast) -> None:
    SchoolClass.objects.update(school_year=2026)


def move(school_class: SchoolClass, name: str = "", *, leavers: tuple[Pupil, ...] = ()) -> Move:
    return Move(school_class.pk, YearAction.UP, name=name, leavers=frozenset(p.pk for p in leavers), **UP)


def stay(school_class: SchoolClass) -> Move:
    return Move(school_class.pk, YearAction.STAY)


def begin_next(cast: Cast, *moves: Move, actor: Membership | None = None) -> YearBegun:
    actor = actor or cast.lead
    token = new_year_page(actor, NEXT).token
    return begin_year(actor=actor, year=NEXT, moves=moves, expected=token)


def test_a_class_moves_up_with_its_pupils_secrets_groups_and_teachers(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(secret="a hash", external_id="1")
    PupilGroupFactory(school_class=cast.named_class, name="Blue", pupils=[cast.ada])
    done = begin_next(cast, move(cast.named_class, "9B"), stay(cast.anonymous_class))
    assert (done.moved, done.left, done.stayed, done.pupils_left) == (1, 0, 1, 0)
    new = SchoolClass.objects.get(name="9B")
    assert (new.school_year, new.previous_id, new.year_group, new.age_from) == (NEXT, cast.named_class.pk, "Year 9", 13)
    assert new.code != cast.named_class.code
    assert list(new.teachers.all()) == [cast.teacher]
    cast.ada.refresh_from_db()
    assert (cast.ada.school_class, cast.ada.secret, cast.ada.external_id) == (new, "a hash", "1")
    assert [list(group.pupils.all()) for group in new.groups.all()] == [[cast.ada]]
    old = SchoolClass.objects.get(pk=cast.named_class.pk)
    assert old.is_archived
    assert (old.pupils_then, old.code_is_open, old.pupils.count()) == (2, False, 0)
    assert not PupilGroup.objects.filter(school_class=old, pupils__isnull=False).exists()
    assert SchoolClass.objects.get(pk=cast.anonymous_class.pk).school_year == NEXT


def test_what_was_done_stays_as_numbers_of_nobody_and_open_lessons_are_closed(cast: Cast) -> None:
    done, opened = set_lesson(cast.named_class, closed=-1), set_lesson(cast.named_class)
    chosen = set_lesson(cast.named_class, for_whom=ForWhom.PUPILS)
    chosen.pupils.add(cast.bo)
    of_group = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    of_group.groups.add(
        PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada]),
        PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada, cast.bo]),
    )
    begin(done, cast.ada, finished=True)
    begin(opened, cast.bo)
    teach(done)
    begin_next(cast, move(cast.named_class, "9B", leavers=(cast.ada,)), stay(cast.anonymous_class))
    kept = {assignment.pk: assignment for assignment in Assignment.objects.all()}
    assert [kept[each.pk].size_then for each in (done, opened, chosen, of_group)] == [2, 2, 1, 2]
    assert all(assignment.is_closed for assignment in kept.values())
    assert Attempt.objects.filter(pupil__isnull=True).count() == 2
    assert done.attempts.get().is_finished
    assert done.deliveries.count() == 1
    assert not Assignment.pupils.through.objects.exists()
    assert list(Pupil.objects.values_list("display_name", "school_class__name")) == [("Bo", "9B")]


def test_classes_may_take_each_others_names_in_one_go(cast: Cast) -> None:
    ninth = SchoolClassFactory(school=cast.northfield, name="9B", school_year=2026)
    SchoolClass.objects.filter(pk=cast.anonymous_class.pk).update(name="7B")
    begin_next(cast, move(cast.anonymous_class, "8B"), move(cast.named_class, "9B"), move(ninth, "10B"))
    assert sorted(
        SchoolClass.objects.current().filter(school=cast.northfield).values_list("name", "previous__name")
    ) == [
        ("10B", "9B"),
        ("8B", "7B"),
        ("9B", "8B"),
    ]


def test_the_code_of_a_class_that_moves_up_before_the_summer_lasts_through_the_new_year(
    cast: Cast, monkeypatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: datetime.date(NEXT, 6, 7))
    begin_next(cast, move(cast.named_class, "9B"), stay(cast.anonymous_class))
    assert SchoolClass.objects.get(name="9B").code_expires_at.year == NEXT + 1


def test_a_class_made_with_the_same_name_at_the_last_moment_is_told_and_nothing_is_done(
    cast: Cast, monkeypatch
) -> None:
    SchoolClassFactory(school=cast.northfield, name="9B", school_year=NEXT)
    monkeypatch.setattr("lessons.teaching.services.classes.check_moves", lambda *_: None)
    with pytest.raises(YearRefused):
        begin_next(cast, move(cast.named_class, "9B"), stay(cast.anonymous_class))
    assert SchoolClass.objects.archived().count() == 0
    assert cast.named_class.pupils.count() == 2


def test_a_name_of_a_class_that_stays_or_of_two_is_refused_and_nothing_is_done(cast: Cast) -> None:
    before = lists_of(cast.northfield)
    with pytest.raises(YearRefused, match="8a is the name of a class that stays") as refused:
        begin_next(cast, move(cast.named_class, "8a"), stay(cast.anonymous_class))
    assert list(refused.value.problems) == [cast.named_class.pk]
    with pytest.raises(YearRefused, match="Two classes would be called 9X"):
        begin_next(cast, move(cast.named_class, "9X"), move(cast.anonymous_class, "9x"))
    assert lists_of(cast.northfield) == before
    assert not SchoolClass.objects.archived().exists()


def test_a_class_that_leaves_takes_its_names_along(cast: Cast) -> None:
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.ada, finished=True)
    done = begin_next(cast, Move(cast.named_class.pk, YearAction.LEAVE), stay(cast.anonymous_class))
    assert (done.left, done.pupils_left) == (1, 2)
    assert not Pupil.objects.exists()
    assert Attempt.objects.get().is_finished
    assert SchoolClass.objects.get(pk=cast.named_class.pk).pupils_then == 2
    assert not SchoolClass.objects.filter(previous=cast.named_class).exists()


def test_who_leaves_a_class_that_stays_leaves_numbers_that_still_add_up(cast: Cast) -> None:
    closed, opened = set_lesson(cast.named_class, closed=-1), set_lesson(cast.named_class)
    begin(closed, cast.ada, finished=True)
    begin(opened, cast.ada)
    begin_next(
        cast,
        Move(cast.named_class.pk, YearAction.STAY, leavers=frozenset({cast.ada.pk})),
        stay(cast.anonymous_class),
    )
    closed.refresh_from_db()
    opened.refresh_from_db()
    assert (closed.size_then, closed.attempts.count()) == (2, 1)
    assert (opened.size_then, opened.is_closed, opened.attempts.count()) == (None, False, 0)


def test_an_open_poll_is_closed_with_its_class(cast: Cast) -> None:
    poll = Poll.objects.create(school_class=cast.anonymous_class, question="Ready?")
    PollVote.objects.create(poll=poll)
    archive_class(actor=cast.teacher, school_class=cast.anonymous_class)
    poll.refresh_from_db()
    assert poll.is_closed
    assert not PollVote.objects.exists()
    assert SchoolClass.objects.get(pk=cast.anonymous_class.pk).pupils_then is None


def test_what_has_changed_since_the_page_was_read_is_refused(cast: Cast) -> None:
    token = new_year_page(cast.lead, NEXT).token
    moves = [move(cast.named_class, "9B"), stay(cast.anonymous_class)]
    PupilFactory(school_class=cast.named_class, display_name="Cy")
    with pytest.raises(YearRefused, match="changed since you opened"):
        begin_year(actor=cast.lead, year=NEXT, moves=moves, expected=token)
    begin_next(cast, *moves)
    with pytest.raises((YearRefused, ClassArchived)):
        begin_year(actor=cast.lead, year=NEXT, moves=moves, expected=token)
    assert SchoolClass.objects.filter(name="9B").count() == 1


def test_nobody_moves_a_class_that_is_not_theirs(cast: Cast) -> None:
    for who in (cast.colleague, cast.outsider):
        with pytest.raises((NotAllowed, YearRefused)):
            begin_next(cast, move(cast.named_class, "9B"), actor=who)
    with pytest.raises(YearRefused):
        begin_next(cast, move(cast.southfield_class, "9S"))
    assert not SchoolClass.objects.archived().exists()


def test_a_teacher_moves_their_own_classes(cast: Cast) -> None:
    SchoolClassFactory(school=cast.northfield, name="9Z", teachers=[cast.colleague], school_year=2026)
    assert [each.name for each in new_year_page(cast.teacher, NEXT).classes] == ["8A", "8B"]
    assert begin_next(cast, move(cast.named_class, "9B"), stay(cast.anonymous_class), actor=cast.teacher).moved == 1


def test_a_year_is_prepared_from_four_months_before_it_begins(cast: Cast) -> None:
    assert year_to_begin(cast.northfield, datetime.date(2027, 4, 1)) == 2026
    assert year_to_begin(cast.northfield, datetime.date(2027, 6, 1)) == 2027
    assert year_to_begin(cast.northfield, datetime.date(2027, 9, 1)) == 2027


def test_an_import_of_which_pupils_have_begun_a_lesson_is_undone_without_them(cast: Cast) -> None:
    done = do_import(cast.teacher, csv_of([("8C", "Cy", ""), ("8C", "Di", ""), ("8D", "Eve", "")]))
    begin(set_lesson(SchoolClass.objects.get(name="8C")), Pupil.objects.get(display_name="Cy"))
    set_lesson(SchoolClass.objects.get(name="8D"))
    undone = undo_roster(actor=cast.teacher, roster_import=RosterImport.objects.get(pk=done.pk))
    assert (undone.removed, undone.stayed, undone.classes_removed) == (2, 1, 0)
    assert lists_of(cast.northfield)["8C"] == [("Cy", "")]
    assert Attempt.objects.count() == 1


def test_after_moving_up_an_import_can_no_longer_be_undone(cast: Cast) -> None:
    done = do_import(cast.teacher, csv_of([("8B", "Cy", "")]))
    begin_next(cast, move(cast.named_class, "9B"), stay(cast.anonymous_class))
    with pytest.raises(ClassArchived):
        undo_roster(actor=cast.teacher, roster_import=RosterImport.objects.get(pk=done.pk))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    done=st.lists(st.sampled_from(["", "begun", "finished"]), min_size=2, max_size=2),
    answers=st.lists(st.integers(0, 30), min_size=3, max_size=3),
    leavers=st.sets(st.integers(0, 1)),
    action=st.sampled_from([YearAction.UP, YearAction.LEAVE]),
)
def test_every_count_is_kept(
    cast: Cast, done: list[str], answers: list[int], leavers: set[int], action: YearAction
) -> None:
    SchoolClass.objects.exclude(pk__in=[cast.anonymous_class.pk, cast.southfield_class.pk]).delete()
    SchoolClass.objects.filter(pk=cast.anonymous_class.pk).update(school_year=NEXT)
    school_class = SchoolClassFactory(
        school=cast.northfield, name="8B", mode="named", school_year=2026, teachers=[cast.teacher]
    )
    pupils = [PupilFactory(school_class=school_class) for _ in range(2)]
    assignment = set_lesson(school_class)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, *answers)
    for pupil, state in zip(pupils, done, strict=True):
        if state:
            begin(assignment, pupil, finished=state == "finished")

    def counts() -> tuple[object, ...]:
        return (
            sorted(AnswerCount.objects.filter(assignment=assignment).values_list("option", "count")),
            sorted(
                Attempt.objects.filter(assignment=assignment).values_list("position", "before_done", "finished_on"),
                key=str,
            ),
            assignment.deliveries.count(),
        )

    before = counts()
    gone = frozenset(pupils[n].pk for n in leavers)
    begin_next(cast, Move(school_class.pk, action, name="9B", leavers=gone, **UP))
    assert counts() == before
    assignment.refresh_from_db()
    assert assignment.size_then == 2
    assert not Attempt.objects.filter(assignment=assignment, pupil__isnull=False).exists()
    assert Pupil.objects.count() == (2 - len(leavers) if action == YearAction.UP else 0)
