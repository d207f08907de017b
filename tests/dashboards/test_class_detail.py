import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.teaching.enums import Way
from tests.factories import PupilFactory

from .builders import begin, set_lesson, teach


def url(school_class):
    return reverse("dashboards:class-detail", args=[school_class.pk])


def page(client, school_class):
    response = client.get(url(school_class))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["teacher", "lead"])
def test_the_class_shows_its_code_and_its_lessons(cast, signed_in, who):
    assignment = set_lesson(cast.anonymous_class, due=2)

    html = page(signed_in(getattr(cast, who)), cast.anonymous_class)

    assert cast.anonymous_class.code in html
    assert assignment.version.title in html
    assert "Due this week" in html
    for name in ("assignment-edit", "assignment-close", "delivery-create"):
        assert reverse(f"teaching:{name}", args=[assignment.pk]) in html


def test_a_closed_lesson_stands_last_and_offers_no_change(cast, signed_in):
    closed = set_lesson(cast.anonymous_class, due=-9, closed=-1)
    open_now = set_lesson(cast.anonymous_class, due=9)

    response = signed_in(cast.teacher).get(url(cast.anonymous_class))

    assert [row.pk for row in response.context["page"].assignments] == [open_now.pk, closed.pk]
    assert reverse("teaching:assignment-close", args=[closed.pk]) not in response.content.decode()


def test_a_named_class_shows_each_pupils_progress_in_words(cast, signed_in):
    done, going = set_lesson(cast.named_class, due=1), set_lesson(cast.named_class, due=2)
    set_lesson(cast.named_class, way=Way.TOGETHER)
    begin(done, cast.ada, finished=True)
    begin(going, cast.ada)

    response = signed_in(cast.teacher).get(url(cast.named_class))

    matrix = response.context["page"].matrix
    assert [row.pk for row in matrix.lessons] == [done.pk, going.pk]
    assert [(line.name, [cell.word for cell in line.cells]) for line in matrix.pupils] == [
        ("Ada", ["Done", "On the way"]),
        ("Bo", ["Not started", "Not started"]),
    ]
    assert "On the way</td>" in response.content.decode()


def test_an_anonymous_class_shows_counts_only(cast, signed_in):
    begin(set_lesson(cast.anonymous_class))

    response = signed_in(cast.teacher).get(url(cast.anonymous_class))

    assert response.context["page"].matrix is None
    assert "1 started, 0 finished" in response.content.decode()


def test_no_pupils_name_is_in_the_title(cast, signed_in):
    set_lesson(cast.named_class)

    html = page(signed_in(cast.teacher), cast.named_class)

    assert "Ada" not in html[: html.index("<main")]


def test_a_class_without_lessons_says_what_to_do_first(cast, signed_in):
    assert "No lesson yet" in page(signed_in(cast.teacher), cast.anonymous_class)


def test_a_named_class_without_pupils_says_what_to_do_first(cast, signed_in):
    cast.named_class.pupils.all().delete()
    set_lesson(cast.named_class)

    assert "Nobody is on the list yet" in page(signed_in(cast.teacher), cast.named_class)


def test_a_colleague_who_does_not_teach_the_class_is_refused(cast, signed_in):
    assert signed_in(cast.colleague).get(url(cast.named_class)).status_code == 403


def test_an_outsider_learns_nothing_of_the_class(cast, signed_in):
    assert signed_in(cast.outsider).get(url(cast.named_class)).status_code == 404
    assert signed_in(cast.editor).get(url(cast.named_class)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(cast, client):
    assert client.get(url(cast.named_class)).status_code == 302


def test_the_class_page_is_for_reading_only(cast, signed_in):
    assert signed_in(cast.teacher).post(url(cast.named_class)).status_code == 405


def test_one_or_thirty_pupils_and_lessons_take_the_same_queries(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client, cast.named_class)
        return len(queries)

    begin(set_lesson(cast.named_class), cast.ada)
    few = count()
    pupils = PupilFactory.create_batch(30, school_class=cast.named_class)
    for _ in range(30):
        assignment = set_lesson(cast.named_class)
        teach(assignment)
        for pupil in pupils[:3]:
            begin(assignment, pupil)

    assert count() == few <= 15
