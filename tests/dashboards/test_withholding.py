import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.dashboards.queries.withholding import too_alike
from lessons.library.enums import QuestionKind
from lessons.teaching.enums import ForWhom, Moment
from tests.factories import QuestionFactory, SchoolClassFactory

from .builders import answer, next_version, set_lesson
from .results_pages import close, page, result, rows, url

FELT = [QuestionKind.HELP_SEEKING, QuestionKind.RESPONSIBILITY, QuestionKind.WORRY]


@pytest.fixture
def assignment(cast):
    made = set_lesson(cast.anonymous_class)
    QuestionFactory(version=made.version, position=5, kind=QuestionKind.RESPONSIBILITY, text="Whose fault is it?")
    return made


@pytest.fixture
def teacher(cast, signed_in):
    return signed_in(cast.teacher)


# --- what pupils feel ----------------------------------------------------------


@pytest.mark.parametrize("kind", FELT)
@pytest.mark.parametrize(
    ("closed", "counts", "shown"),
    [(None, (3, 2, 40), False), (-1, (2, 2, 0), False), (-1, (2, 2, 1), True)],
)
def test_feelings_are_shown_for_a_closed_lesson_and_five_answers_only(assignment, teacher, kind, closed, counts, shown):
    if closed is not None:
        close(assignment)
    answer(assignment, kind, Moment.AFTER, *counts)

    found = result(teacher, assignment, kind)
    lines = [row for row in rows(teacher, assignment) if row["Question"] == found.text]

    assert [line.counts[-1] for line in found.options] == (list(counts) if shown else [None, None, None])
    assert found.after.answered == (sum(counts) if shown else None)
    assert bool(found.withheld) != shown
    assert {row["Answered after"] for row in lines} == ({"5"} if shown else {"not shown"})
    assert {row["After"] for row in lines} == ({str(n) for n in counts} if shown else {"not shown"})


def test_the_page_says_when_feelings_will_be_shown(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1)

    assert "are shown once the lesson is closed for the class and at least five have answered" in page(
        teacher, assignment
    )


def test_the_page_says_that_too_few_answered(assignment, teacher):
    close(assignment)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.BEFORE, 4)

    assert "Fewer than five answered this question" in page(teacher, assignment)


def test_each_moment_needs_five_answers_of_its_own(assignment, teacher):
    close(assignment)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.BEFORE, 5)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, 4)

    found = result(teacher, assignment, QuestionKind.HELP_SEEKING)

    assert (found.before.answered, found.after.answered) == (5, None)
    assert "Not shown: Fewer than five answered this question" in page(teacher, assignment)


def test_worry_is_asked_after_only(assignment, teacher):
    assert result(teacher, assignment, QuestionKind.WORRY).before is None
    assert {row["Before"] for row in rows(teacher, assignment) if row["Kind"] == "Worry"} == {"not asked"}


# --- neither by subtraction ----------------------------------------------------


def felt(client, assignment, moment="after", kind=QuestionKind.HELP_SEEKING):
    """How many answered, by page and file alike; None where it is not shown."""
    found = result(client, assignment, kind)
    shown = found.asked[Moment(moment)].answered
    lines = [line for line in rows(client, assignment) if line["Question"] == found.text]
    assert {line[f"Answered {moment}"] for line in lines} == {"not shown" if shown is None else str(shown)}
    return shown


@pytest.mark.parametrize("kind", FELT)
def test_set_again_for_nearly_the_same_pupils_the_difference_is_not_to_be_had(cast, teacher, kind):
    first = set_lesson(cast.anonymous_class, due=-20, closed=-20)
    QuestionFactory(version=first.version, position=5, kind=QuestionKind.RESPONSIBILITY, text="Whose fault is it?")
    again = set_lesson(cast.anonymous_class, due=-9, closed=-9, version=first.version)
    newer = set_lesson(cast.anonymous_class, due=-2, closed=-2, version=next_version(first.version))
    QuestionFactory(version=newer.version, position=5, kind=QuestionKind.RESPONSIBILITY, text="Whose fault is it?")
    elsewhere = set_lesson(SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher]), closed=-1)
    elsewhere.version = first.version
    elsewhere.save()
    for assignment, counts in ((first, (5,)), (again, (5, 1)), (newer, (6, 1)), (elsewhere, (5, 1))):
        answer(assignment, kind, Moment.AFTER, *counts)

    assert felt(teacher, first, kind=kind) == 5
    assert felt(teacher, again, kind=kind) is None
    assert felt(teacher, newer, kind=kind) is None
    assert felt(teacher, elsewhere, kind=kind) == 6
    assert "not shown a second time" in page(teacher, again)


def test_a_first_round_that_was_never_shown_hides_nothing_of_the_second(cast, teacher):
    first = set_lesson(cast.anonymous_class, due=-20, closed=-20)
    answer(first, QuestionKind.HELP_SEEKING, Moment.AFTER, 4)
    again = set_lesson(cast.anonymous_class, due=-2, closed=-2, version=first.version)
    answer(again, QuestionKind.HELP_SEEKING, Moment.AFTER, 20, 3)

    assert (felt(teacher, first), felt(teacher, again)) == (None, 23)


def test_of_two_rounds_closed_in_the_same_moment_one_is_shown(cast, teacher):
    first, again = set_lesson(cast.anonymous_class, due=-20, closed=-2), None
    again = set_lesson(cast.anonymous_class, version=first.version, closed=-2)
    again.closed_at = first.closed_at
    again.save()
    for assignment, counts in ((first, (5,)), (again, (5, 1))):
        answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, *counts)

    assert (felt(teacher, first), felt(teacher, again)) == (5, None)


@pytest.mark.parametrize("for_whom", [ForWhom.GROUPS, ForWhom.PUPILS])
def test_of_chosen_pupils_nothing_felt_is_ever_shown(cast, teacher, for_whom):
    """One could choose five pupils, and then the same five and one more."""
    assignment = set_lesson(cast.named_class, closed=-1, for_whom=for_whom)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, 20, 9)

    assert felt(teacher, assignment) is None
    assert "only where a lesson is set for the whole class" in page(teacher, assignment)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [(6, 5, False), (5, 6, False), (9, 5, False), (10, 9, False), (6, 6, True), (10, 5, True), (11, 10, True)],
)
def test_before_is_not_shown_where_it_would_tell_who_is_missing_after(assignment, teacher, before, after, shown):
    close(assignment)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.BEFORE, before)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, after)

    assert felt(teacher, assignment) == after
    assert felt(teacher, assignment, "before") == (before if shown else None)


@given(counts=st.dictionaries(st.sampled_from(Moment), st.integers(5, 40)))
def test_no_two_small_counts_that_are_shown_differ_by_less_than_five(counts):
    withheld = too_alike(counts)

    shown = [answered for moment, answered in counts.items() if moment not in withheld]
    assert not any(0 < abs(one - other) < 5 and min(one, other) < 10 for one in shown for other in shown)
    assert Moment.AFTER not in withheld


def test_what_a_class_knows_is_never_withheld(cast, teacher):
    first = set_lesson(cast.anonymous_class, due=-20, closed=-20)
    again = set_lesson(cast.anonymous_class, version=first.version)
    for assignment, count in ((first, 5), (again, 1)):
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, count)

    assert result(teacher, again, QuestionKind.KNOWLEDGE).after.answered == 1


# --- the later check -----------------------------------------------------------


@pytest.fixture
def checked(cast):
    """A lesson that was closed ten weeks ago, and its later check, which is open."""
    lesson = set_lesson(cast.anonymous_class, due=-70, closed=-70)
    check = set_lesson(cast.anonymous_class, version=lesson.version, later_of=lesson)
    answer(lesson, QuestionKind.KNOWLEDGE, Moment.AFTER, 8, 2)
    return lesson, check


def test_a_later_check_is_a_third_column(checked, teacher):
    lesson, check = checked
    answer(check, QuestionKind.KNOWLEDGE, Moment.LATER, 3, 1)

    found = result(teacher, lesson, QuestionKind.KNOWLEDGE)

    assert (found.later.answered, found.later.right_percent) == (4, 75)
    assert [line.counts for line in found.options] == [(0, 8, 3), (0, 2, 1), (0, 0, 0)]
    assert "Some weeks later" in page(teacher, lesson)
    assert {line["Answered later"] for line in rows(teacher, lesson) if line["Kind"] == "Knowledge"} == {"4"}


def test_worry_is_not_asked_later(checked, teacher):
    lesson, _ = checked

    assert result(teacher, lesson, QuestionKind.WORRY).later is None
    assert {line["Later"] for line in rows(teacher, lesson) if line["Kind"] == "Worry"} == {"not asked"}


@pytest.mark.parametrize(("is_closed", "count", "shown"), [(False, 12, None), (True, 4, None), (True, 12, 12)])
def test_what_is_felt_later_waits_until_the_check_is_closed_and_five_have_answered(
    checked, teacher, is_closed, count, shown
):
    lesson, check = checked
    answer(lesson, QuestionKind.HELP_SEEKING, Moment.AFTER, 12)
    answer(check, QuestionKind.HELP_SEEKING, Moment.LATER, count)
    if is_closed:
        close(check)

    assert felt(teacher, lesson) == 12
    assert felt(teacher, lesson, "later") == shown


def test_a_later_check_that_one_pupil_missed_tells_nothing_of_that_pupil(checked, teacher):
    lesson, check = checked
    answer(lesson, QuestionKind.HELP_SEEKING, Moment.AFTER, 5, 1)
    answer(check, QuestionKind.HELP_SEEKING, Moment.LATER, 5)
    close(check)

    assert (felt(teacher, lesson), felt(teacher, lesson, "later")) == (6, None)


def test_the_address_of_a_later_check_leads_to_its_lesson(checked, teacher, cast, signed_in):
    lesson, check = checked

    assert teacher.get(url(check)).url == f"{url(lesson)}#later"
    assert signed_in(cast.outsider).get(url(check)).status_code == 404


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (1, "Ask the same questions once more between"),
        (7, "It is time to ask the same questions"),
        (13, "The weeks that suit it best are over"),
    ],
)
def test_the_page_says_when_a_later_check_is_worth_its_while(assignment, teacher, weeks, words):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 8)
    assert "once more" not in page(teacher, assignment)

    close(assignment, days_ago=7 * weeks)

    assert words in page(teacher, assignment)
