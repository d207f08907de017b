import pytest
from django.utils import timezone

from lessons.dashboards.queries.hints import HintKind, hints
from lessons.dashboards.queries.progress import list_assignments
from lessons.library.enums import NOBODY, QuestionKind
from lessons.library.models import LessonVersion, QuestionOption
from lessons.teaching.enums import ForWhom, Moment
from lessons.teaching.models import Assignment
from tests.factories import retire

from .builders import answer, question, set_lesson, today

FELT = {HintKind.TELLING: QuestionKind.HELP_SEEKING, HintKind.WORRY: QuestionKind.WORRY}


def found():
    return hints(list_assignments(Assignment.objects.all(), today()), today())


def kinds():
    return [hint.kind for hint in found()]


def with_nobody(assignment):
    """The last answer to whom one would tell is nobody, as every lesson of the library has it."""
    asked = question(assignment, QuestionKind.HELP_SEEKING)
    QuestionOption.objects.filter(pk=asked.options.last().pk).update(text=NOBODY)
    return assignment


@pytest.mark.parametrize(("counts", "told"), [((2, 3), True), ((3, 3), False), ((0, 4), False)])
def test_a_question_that_most_got_wrong(cast, counts, told):
    assignment = set_lesson(cast.anonymous_class)
    asked = answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, *counts)

    assert [hint.sentence for hint in found()] == (
        [f"3 of 5 still got “{asked.text}” wrong after the lesson."] if told else []
    )


@pytest.mark.parametrize(
    ("counts", "told"), [((3, 0, 0, 2, 0), True), ((2, 0, 1, 0, 2), False), ((4, 0, 0, 0, 0), False)]
)
def test_a_class_that_is_still_unsure(cast, counts, told):
    answer(set_lesson(cast.anonymous_class), QuestionKind.CONFIDENCE, Moment.AFTER, *counts)

    assert kinds() == ([HintKind.CONFIDENCE] if told else [])


@pytest.mark.parametrize(("counts", "told"), [((9, 0, 3), True), ((10, 0, 3), False), ((0, 0, 4), False)])
def test_many_who_would_tell_nobody(cast, counts, told):
    assignment = with_nobody(set_lesson(cast.anonymous_class, closed=-1))
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, *counts)

    assert kinds() == ([HintKind.TELLING] if told else [])


@pytest.mark.parametrize(("counts", "told"), [((4, 1, 1), True), ((5, 1, 1), False), ((0, 4, 0), False)])
def test_many_who_are_worried(cast, counts, told):
    answer(set_lesson(cast.anonymous_class, closed=-1), QuestionKind.WORRY, Moment.AFTER, *counts)

    assert kinds() == ([HintKind.WORRY] if told else [])


@pytest.mark.parametrize("kind", FELT)
def test_what_is_felt_is_hinted_at_only_where_it_is_shown(cast, kind):
    first = with_nobody(set_lesson(cast.named_class, due=-9, closed=-3))
    again = set_lesson(cast.named_class, due=-9, closed=-2, version=first.version)
    still_open = set_lesson(cast.anonymous_class, version=first.version)
    chosen = with_nobody(set_lesson(cast.named_class, closed=-1, for_whom=ForWhom.GROUPS))
    for assignment in (first, again, still_open, chosen):
        answer(assignment, FELT[kind], Moment.AFTER, 0, 0, 9)

    (hint,) = found()

    assert (hint.row.pk, hint.kind) == (first.pk, kind)
    assert not any(character.isdigit() for character in hint.sentence)


def test_blame_is_for_the_page_of_the_lesson_alone(cast):
    assignment = set_lesson(cast.anonymous_class, closed=-1)
    assignment.version.questions.filter(kind=QuestionKind.WORRY).update(kind=QuestionKind.RESPONSIBILITY)
    answer(assignment, QuestionKind.RESPONSIBILITY, Moment.AFTER, 0, 0, 9)

    assert found() == []


@pytest.mark.parametrize(("days", "told"), [(-13, True), (-15, False)])
def test_a_lesson_that_was_closed_long_ago_asks_nothing(cast, days, told):
    answer(set_lesson(cast.anonymous_class, due=-30, closed=days), QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)

    assert bool(found()) == told


def test_what_is_archived_or_withdrawn_asks_nothing(cast):
    archived = set_lesson(cast.anonymous_class, due=-3, closed=-1, archived_at=timezone.now())
    withdrawn = set_lesson(cast.named_class)
    retire(withdrawn.version)
    LessonVersion.objects.filter(pk=withdrawn.version_id).update(
        withdrawn_at=timezone.now(), withdrawal_reason="Wrong."
    )
    for assignment in (archived, withdrawn):
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)

    assert found() == []


@pytest.mark.parametrize("many", [1, 30])
def test_many_lessons_take_one_query(cast, django_assert_num_queries, many):
    version = set_lesson(cast.named_class).version
    for _ in range(many):
        assignment = set_lesson(cast.anonymous_class, version=version, closed=-1)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)
    rows = list_assignments(Assignment.objects.all(), today())

    with django_assert_num_queries(1):
        assert len(hints(rows, today())) == many
