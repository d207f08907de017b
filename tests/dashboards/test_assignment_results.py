import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.library.enums import QuestionKind
from lessons.library.models import Question, QuestionOption
from lessons.teaching.enums import Moment, Way
from tests.factories import QuestionFactory, retire

from .builders import answer, begin, next_version, question, set_lesson, teach, today

FELT = [QuestionKind.HELP_SEEKING, QuestionKind.RESPONSIBILITY, QuestionKind.WORRY]


def url(assignment, name="assignment-results"):
    return reverse(f"dashboards:{name}", args=[assignment.pk])


def page(client, assignment):
    response = client.get(url(assignment))
    assert response.status_code == 200
    return response.content.decode()


def result(client, assignment, kind):
    results = client.get(url(assignment)).context["results"]
    return next(found for found in results.questions if found.kind == kind)


def rows(client, assignment):
    response = client.get(url(assignment, "assignment-results-csv"))
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def assignment(cast):
    made = set_lesson(cast.anonymous_class)
    QuestionFactory(version=made.version, position=5, kind=QuestionKind.RESPONSIBILITY, text="Whose fault is it?")
    return made


@pytest.fixture
def teacher(cast, signed_in):
    return signed_in(cast.teacher)


def test_knowledge_is_shown_at_once_with_how_many_answered(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 2, 1)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 2)

    found = result(teacher, assignment, QuestionKind.KNOWLEDGE)

    assert [(line.before, line.after) for line in found.options] == [(1, 2), (2, 0), (1, 0)]
    assert (found.before.answered, found.before.right_percent) == (4, 25)
    assert (found.after.answered, found.after.right_percent) == (2, 100)
    html = page(teacher, assignment)
    assert "<svg viewBox" in html
    assert "question 1: 4 before, 2 after" in html


def test_confidence_has_five_steps_and_a_mean(assignment, teacher):
    answer(assignment, QuestionKind.CONFIDENCE, Moment.BEFORE, 1, 0, 1, 0, 0)

    found = result(teacher, assignment, QuestionKind.CONFIDENCE)

    assert len(found.options) == 5
    assert (found.before.mean, found.after.mean) == (2.0, None)


def test_the_hardest_question_after_the_lesson_comes_with_its_misconception(assignment, teacher):
    easy = question(assignment, QuestionKind.KNOWLEDGE)
    hard = QuestionFactory(version=assignment.version, position=9, text="Who can help?", misconception="Say more.")
    answers = {easy: (3, 1), hard: (1, 3)}
    for asked, counts in answers.items():
        for option, count in zip(asked.options.all(), counts, strict=False):
            assignment.answer_counts.create(option=option, moment=Moment.AFTER, count=count)

    results = teacher.get(url(assignment)).context["results"]

    assert results.hardest.pk == hard.pk
    assert "3 of 4 who answered" in page(teacher, assignment)
    assert "Say more." in page(teacher, assignment)


def test_nothing_is_hardest_where_nobody_was_wrong(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 7)

    assert teacher.get(url(assignment)).context["results"].hardest is None


# --- what pupils feel -----------------------------------------------------


@pytest.mark.parametrize("kind", FELT)
@pytest.mark.parametrize(
    ("closed", "counts", "shown"),
    [(None, (3, 2, 40), False), (-1, (2, 2, 0), False), (-1, (2, 2, 1), True)],
)
def test_feelings_are_shown_for_a_closed_lesson_and_five_answers_only(assignment, teacher, kind, closed, counts, shown):
    if closed is not None:
        assignment.closed_at = assignment.set_at
        assignment.save()
    answer(assignment, kind, Moment.AFTER, *counts)

    found = result(teacher, assignment, kind)
    lines = [row for row in rows(teacher, assignment) if row["Question"] == found.text]

    assert [line.after for line in found.options] == (list(counts) if shown else [None, None, None])
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
    assignment.closed_at = assignment.set_at
    assignment.save()
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.BEFORE, 4)

    assert "Fewer than five answered this question" in page(teacher, assignment)


def test_each_moment_needs_five_answers_of_its_own(assignment, teacher):
    assignment.closed_at = assignment.set_at
    assignment.save()
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.BEFORE, 5)
    answer(assignment, QuestionKind.HELP_SEEKING, Moment.AFTER, 4)

    found = result(teacher, assignment, QuestionKind.HELP_SEEKING)

    assert (found.before.answered, found.after.answered) == (5, None)
    assert "“Not shown” stands where fewer than five answered." in page(teacher, assignment)


def test_worry_is_asked_after_only(assignment, teacher):
    assert result(teacher, assignment, QuestionKind.WORRY).before is None
    assert {row["Before"] for row in rows(teacher, assignment) if row["Kind"] == "Worry"} == {"not asked"}


# --- version, deliveries, progress ----------------------------------------


def test_the_page_names_the_version_and_what_a_newer_one_brings(assignment, teacher):
    assert "version 1 of the lesson" in page(teacher, assignment)
    next_version(assignment.version, change_note="A shorter starter.")

    html = page(teacher, assignment)

    assert "version 1 of the lesson" in html
    assert "Version 2 of this lesson is live now" in html
    assert "A shorter starter." in html


def test_a_draft_of_a_newer_version_is_nobodys_business_here(assignment, teacher):
    next_version(assignment.version, change_note="Live.")
    assignment.version.lesson.versions.create(number=3, title="Draft", change_note="Secret plans.")

    assert "Secret plans." not in page(teacher, assignment)


def test_a_lesson_that_has_left_the_library_says_so(assignment, teacher):
    retire(assignment.version)

    assert "no longer in the library" in page(teacher, assignment)


def test_deliveries_stand_there_with_day_and_numbers(assignment, teacher):
    teach(assignment, present=23)

    assert "23 pupils there" in page(teacher, assignment)


def test_a_lesson_taught_together_explains_why_there_are_no_answers(cast, teacher):
    html = page(teacher, set_lesson(cast.anonymous_class, way=Way.TOGETHER))

    assert "on paper or by show of hands" in html
    assert "There is no record yet that you did" in html


def test_a_named_class_says_of_how_many_have_started(cast, teacher):
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.ada, finished=True)

    assert "1 of 2" in page(teacher, assignment)
    assert "Ada" not in page(teacher, assignment)


# --- the file -------------------------------------------------------------


def test_the_file_has_the_numbers_of_the_page(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 2, 1)

    lines = [row for row in rows(teacher, assignment) if row["Kind"] == "Knowledge"]

    assert [(row["Answer"], row["Right answer"], row["Before"], row["Answered before"]) for row in lines] == [
        ("Ask first", "yes", "1", "4"),
        ("Share it", "", "2", "4"),
        ("Wait and see", "", "1", "4"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_could_run_as_a_formula_is_neutralised(assignment, teacher, start):
    Question.objects.filter(version=assignment.version).update(text=f"{start}HYPERLINK(1)")
    QuestionOption.objects.filter(question__version=assignment.version).update(text=f"{start}1+1")

    response = teacher.get(url(assignment, "assignment-results-csv"))
    table = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))

    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in table for cell in line)
    assert table[1][2] == f"'{start}HYPERLINK(1)"


def test_the_file_comes_as_one_to_keep(assignment, teacher):
    response = teacher.get(url(assignment, "assignment-results-csv"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="results-{assignment.pk}.csv"'


# --- who may see ----------------------------------------------------------


@pytest.mark.parametrize("name", ["assignment-results", "assignment-results-csv"])
def test_only_the_classs_teachers_and_the_lead_see_the_results(assignment, cast, signed_in, client, name):
    address = url(assignment, name)

    assert signed_in(cast.lead).get(address).status_code == 200
    assert signed_in(cast.colleague).get(address).status_code == 403
    assert signed_in(cast.outsider).get(address).status_code == 404
    assert signed_in(cast.editor).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert signed_in(cast.teacher).post(address).status_code == 405


def test_the_number_of_queries_does_not_grow_with_questions_or_pupils(assignment, teacher):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(teacher, assignment)
        return len(queries)

    begin(assignment)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1)
    next_version(assignment.version, change_note="New.")
    few = count()
    for position in range(30):
        QuestionFactory(version=assignment.version, position=20 + position)
        begin(assignment)
        teach(assignment, days=-position)

    assert count() == few <= 15


def test_the_due_day_is_given_in_words(assignment, teacher):
    assert f"due {today(5).day} " in page(teacher, assignment)
    assert "in 5 days" in page(teacher, assignment)
