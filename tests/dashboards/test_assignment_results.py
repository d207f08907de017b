import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.dashboards.queries.answers import Standing
from lessons.dashboards.queries.results import KnowledgeCount, knowledge_of
from lessons.library.enums import QuestionKind
from lessons.library.models import Question, QuestionOption
from lessons.teaching.enums import ForWhom, Moment, Way
from tests.factories import QuestionFactory, retire

from .builders import answer, begin, next_version, question, set_lesson, teach, today
from .results_pages import page, result, rows, url


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

    assert [line.counts for line in found.options] == [(1, 2), (2, 0), (1, 0)]
    assert (found.before.answered, found.before.right_percent) == (4, 25)
    assert (found.after.answered, found.after.right_percent) == (2, 100)
    assert "<svg viewBox" in page(teacher, assignment)
    assert rows(teacher, assignment, "knowledge") == [
        {
            "Question": "1. What should Ama do first?",
            "Before": "25",
            "Answered before": "4",
            "After": "100",
            "Answered after": "2",
        }
    ]


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

    assert [found.pk for found in results.hardest] == [hard.pk, easy.pk]
    html = page(teacher, assignment)
    assert "3 of 4 who answered" in html
    assert "Chosen most, by 3: Share it" in html
    assert "Say more." in html


def test_nothing_is_hardest_where_nobody_was_wrong(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 7)

    assert teacher.get(url(assignment)).context["results"].hardest == []


def test_one_slip_in_six_is_not_hard(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 5, 1)

    assert teacher.get(url(assignment)).context["results"].hardest == []


# --- knowledge against confidence ----------------------------------------------


def test_what_the_class_knows_stands_beside_how_sure_it_is(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 3)
    answer(assignment, QuestionKind.CONFIDENCE, Moment.BEFORE, 2, 0, 2)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 1, 2)
    answer(assignment, QuestionKind.CONFIDENCE, Moment.AFTER, 0, 0, 0, 1, 1)

    assert rows(teacher, assignment, "standings") == [
        {
            "When": when,
            "Right answers": right,
            "Answers given": given,
            "How sure, from 1 to 5": sure,
            "Said how sure": said,
        }
        for when, right, given, sure, said in [("Before", "25", "4", "2.0", "4"), ("After", "33", "3", "4.5", "2")]
    ]
    assert "The class is surer than it is right." in page(teacher, assignment)


@pytest.mark.parametrize(
    ("right", "mean", "words"),
    [(59, 3.5, "surer than it is right"), (60, 3.5, ""), (59, 3.4, ""), (75, 2.9, "knows more than"), (75, 3.0, "")],
)
def test_knowledge_and_confidence_are_said_to_part_only_where_they_do(right, mean, words):
    said = Standing(Moment.AFTER, right=right, answers=100, mean=mean, answered=100).in_words

    assert words in said
    assert bool(said) == bool(words)


def test_without_an_answer_on_confidence_there_is_no_such_chart(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 1, 2)

    assert teacher.get(f"{url(assignment)}?table=standings&as=csv").status_code == 404


def test_that_nothing_is_matched_is_said_once(assignment, teacher):
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 1, 2)

    assert page(teacher, assignment).count("not matched") == 1


def test_the_knowledge_of_many_classes_is_summed_in_one_query(cast, django_assert_num_queries):
    first = set_lesson(cast.anonymous_class)
    second = set_lesson(cast.named_class, version=first.version)
    asked = answer(first, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1, 2)
    answer(second, QuestionKind.KNOWLEDGE, Moment.BEFORE, 3)
    answer(second, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 4)
    answer(second, QuestionKind.HELP_SEEKING, Moment.AFTER, 9)

    with django_assert_num_queries(1):
        found = knowledge_of([first.pk, second.pk])

    assert found == [
        KnowledgeCount(asked.pk, first.version_id, asked.text, Moment.BEFORE, 6, 4),
        KnowledgeCount(asked.pk, first.version_id, asked.text, Moment.AFTER, 4, 0),
    ]


# --- version, deliveries, progress ---------------------------------------------


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

    html = page(teacher, assignment)

    assert "1 of 2" in html
    assert "Ada" not in html[: html.index("<main")]


def test_a_named_class_says_who_has_done_it_and_never_what_they_answered(cast, teacher):
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.ada, finished=True)

    lines = rows(teacher, assignment, "pupils")

    assert [(line["Pupil"], line["How far"], line["Finished"]) for line in lines] == [
        ("Ada", "Done", str(today())),
        ("Bo", "Not started", ""),
    ]


def test_only_those_for_whom_it_is_are_listed(cast, teacher):
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.PUPILS)
    assignment.pupils.set([cast.bo])

    assert [line["Pupil"] for line in rows(teacher, assignment, "pupils")] == ["Bo"]


def test_an_anonymous_class_has_nobody_to_list(assignment, teacher):
    begin(assignment, finished=True)

    assert teacher.get(f"{url(assignment)}?table=pupils&as=csv").status_code == 404


# --- the file ------------------------------------------------------------------


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

    response = teacher.get(f"{url(assignment)}?table=answers&as=csv")
    table = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))

    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in table for cell in line)
    assert table[1][2] == f"'{start}HYPERLINK(1)"


def test_the_file_comes_as_one_to_keep(assignment, teacher):
    response = teacher.get(f"{url(assignment)}?table=answers&as=csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="results-{assignment.pk}-answers.csv"'


# --- who may see ---------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?table=answers&as=csv", "?table=answers&as=xlsx"])
def test_only_the_classs_teachers_and_the_lead_see_the_results(assignment, cast, signed_in, client, query):
    address = url(assignment) + query

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

    assert count() == few <= 18


def test_the_due_day_is_given_in_words(assignment, teacher):
    assert f"due {today(5).day} " in page(teacher, assignment)
    assert "in 5 days" in page(teacher, assignment)
