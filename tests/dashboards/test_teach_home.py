import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment, Way
from safeguarding.schools.enums import Role
from tests.factories import MembershipFactory, SchoolClassFactory

from .builders import answer, begin, set_lesson, teach

URL = "/teach/"


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def needs(client):
    return client.get(URL).context["home"].needs


def test_the_teacher_sees_what_is_due_and_what_is_late(cast, signed_in):
    due = set_lesson(cast.anonymous_class, due=3)
    late = set_lesson(cast.named_class, due=-3)
    set_lesson(cast.named_class, due=30)

    home = signed_in(cast.teacher).get(URL).context["home"]

    assert [row.pk for row in home.due] == [due.pk]
    assert [row.pk for row in home.overdue] == [late.pk]


def test_the_classes_stand_there_with_code_and_progress(cast, signed_in):
    begin(set_lesson(cast.anonymous_class), finished=True)

    html = page(signed_in(cast.teacher))

    assert cast.anonymous_class.code in html
    assert "1 of 1 lessons taught or done" in html


def test_a_code_that_has_run_out_says_so(cast, signed_in):
    cast.anonymous_class.code_expires_at = cast.anonymous_class.code_expires_at.replace(year=2020)
    cast.anonymous_class.save()

    assert "has run out" in page(signed_in(cast.teacher))


def test_a_colleague_without_classes_is_told_what_to_do_first(cast, signed_in):
    html = page(signed_in(cast.colleague))

    assert "Create your first class" in html
    assert "Find a lesson" in html
    assert cast.anonymous_class.code not in html


def test_a_lead_sees_every_class_of_the_school_and_none_of_another(cast, signed_in):
    html = page(signed_in(cast.lead))

    assert cast.named_class.code in html
    assert cast.southfield_class.code not in html


def test_the_school_is_named_only_for_somebody_with_several(cast, signed_in):
    assert "Southfield" not in page(signed_in(cast.outsider))
    second = MembershipFactory(user=cast.outsider.user, school=cast.northfield)
    SchoolClassFactory(school=cast.northfield, teachers=[second])

    html = page(signed_in(cast.outsider))

    assert "Southfield" in html
    assert "Northfield" in html


def test_somebody_of_no_school_is_told_why_not(cast, signed_in):
    response = signed_in(cast.editor).get(URL)

    assert response.status_code == 403
    assert "Your account belongs to no school yet" in response.content.decode()


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_the_home_is_for_reading_only(cast, signed_in):
    assert signed_in(cast.teacher).post(URL).status_code == 405


# --- what needs the teacher -----------------------------------------------


def test_few_have_started_two_days_before_a_lesson_is_due(cast, signed_in):
    set_lesson(cast.named_class, due=2)
    set_lesson(cast.named_class, due=3)

    (need,) = needs(signed_in(cast.teacher))

    assert need.sentence.startswith("Nobody has started")
    assert need.action == "code"


def test_half_of_a_named_class_is_enough(cast, signed_in):
    begin(set_lesson(cast.named_class, due=1), cast.ada)

    assert needs(signed_in(cast.teacher)) == []


@pytest.mark.parametrize(("now", "told"), [(2, True), (3, False)])
def test_an_anonymous_class_is_as_large_as_the_most_that_began_a_lesson(cast, signed_in, now, told):
    earlier = set_lesson(cast.anonymous_class, due=-20, closed=-15)
    for _ in range(6):
        begin(earlier)
    current = set_lesson(cast.anonymous_class, due=1)
    for _ in range(now):
        begin(current)

    found = needs(signed_in(cast.teacher))

    assert [need.sentence[:40] for need in found] == (["Few have started: 2 of about 6 have. Giv"] if told else [])


def test_a_closed_lesson_needs_nobody_to_start_it(cast, signed_in):
    set_lesson(cast.named_class, due=-2, closed=-1)

    assert needs(signed_in(cast.teacher)) == []


def test_a_lesson_to_be_taught_together_asks_for_its_record_on_the_day(cast, signed_in):
    set_lesson(cast.anonymous_class, due=1, way=Way.TOGETHER)
    assignment = set_lesson(cast.anonymous_class, due=0, way=Way.TOGETHER)

    (need,) = needs(signed_in(cast.teacher))
    assert (need.assignment.pk, need.action) == (assignment.pk, "delivery")

    teach(assignment)
    assert needs(signed_in(cast.teacher)) == []


@pytest.mark.parametrize(
    ("counts", "closed", "told"),
    [
        ((2, 3, 0), None, True),
        ((3, 2, 0), None, False),
        ((1, 1, 0), None, False),  # fewer than five answered
        ((0, 0, 5), -13, True),
        ((0, 0, 5), -15, False),
    ],
)
def test_a_question_that_most_got_wrong_after_the_lesson(cast, signed_in, counts, closed, told):
    assignment = set_lesson(cast.anonymous_class, due=-20, closed=closed)
    for _ in range(6):
        begin(assignment)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, *counts)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 0, 50, 50)

    found = needs(signed_in(cast.teacher))

    assert [need.action for need in found] == (["results"] if told else [])
    assert all("wrong after the lesson" in need.sentence for need in found)


def test_answers_on_feelings_never_reach_the_home(cast, signed_in):
    assignment = set_lesson(cast.anonymous_class, closed=-1)
    answer(assignment, QuestionKind.WORRY, Moment.AFTER, 0, 3, 40)

    assert needs(signed_in(cast.teacher)) == []


def test_one_or_thirty_of_everything_take_the_same_queries(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client)
        return len(queries)

    first = set_lesson(cast.anonymous_class, due=1)
    begin(first)
    answer(first, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)
    few = count()
    for _ in range(30):
        school_class = SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher])
        assignment = set_lesson(school_class, due=-1, version=first.version)
        teach(assignment)
        begin(assignment)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)

    assert count() == few <= 15


def test_a_person_who_leads_one_school_and_teaches_at_another_sees_the_classes_of_both(cast, signed_in):
    MembershipFactory(user=cast.outsider.user, school=cast.northfield, role=Role.LEAD)

    html = page(signed_in(cast.outsider))

    assert reverse("dashboards:class-detail", args=[cast.named_class.pk]) in html
    assert reverse("dashboards:class-detail", args=[cast.southfield_class.pk]) in html
