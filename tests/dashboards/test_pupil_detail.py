import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import ForWhom, Moment, Way
from tests.factories import PupilFactory, PupilGroupFactory

from .builders import answer, begin, set_lesson, today


def url(pupil):
    return reverse("dashboards:pupil-detail", args=[pupil.pk])


def page(client, pupil):
    response = client.get(url(pupil))
    assert response.status_code == 200
    return response.content.decode()


def lines(client, pupil):
    return [[cell.shown for cell in row] for row in client.get(url(pupil)).context["table"].rows]


@pytest.fixture
def teacher(cast, signed_in):
    return signed_in(cast.teacher)


def test_the_page_says_what_is_done_and_when(cast, teacher):
    done, going, fresh = (set_lesson(cast.named_class, due=due) for due in (1, 2, 3))
    begin(done, cast.ada, finished=True)
    begin(going, cast.ada)
    begin(fresh, cast.bo, finished=True)

    day = date_format(today(), "j M Y")
    assert [line[:3] for line in lines(teacher, cast.ada)] == [
        [done.version.title, "Done", day],
        [going.version.title, "On the way", "–"],
        [fresh.version.title, "Not started", "–"],
    ]
    assert "1 of 3 lessons done" in page(teacher, cast.ada)


def test_it_has_what_the_pupil_was_set_and_nothing_else(cast, teacher):
    theirs = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    theirs.groups.set([PupilGroupFactory(school_class=cast.named_class, name="Readers", pupils=[cast.ada])])
    set_lesson(cast.named_class, for_whom=ForWhom.PUPILS).pupils.set([cast.bo])
    set_lesson(cast.named_class, way=Way.TOGETHER)

    assert [line[0] for line in lines(teacher, cast.ada)] == [theirs.version.title]
    assert "Groups: Readers" in page(teacher, cast.ada)


def test_what_was_begun_stays_when_the_pupil_has_left_the_group(cast, teacher):
    group = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada])
    theirs = set_lesson(cast.named_class, for_whom=ForWhom.GROUPS)
    theirs.groups.set([group])
    begin(theirs, cast.ada)
    group.pupils.clear()

    assert [line[1] for line in lines(teacher, cast.ada)] == ["On the way"]


def test_nothing_that_anybody_answered_stands_there(cast, teacher):
    assignment = set_lesson(cast.named_class, closed=-1)
    begin(assignment, cast.ada, finished=True)
    asked = answer(assignment, QuestionKind.WORRY, Moment.AFTER, 1, 2, 6)

    html = page(teacher, cast.ada)

    assert asked.text not in html
    assert all(option.text not in html for option in asked.options.all())


def test_the_name_is_in_the_heading_and_neither_in_the_title_nor_in_a_file(cast, teacher):
    set_lesson(cast.named_class)
    html = page(teacher, cast.ada)
    response = teacher.get(f"{url(cast.ada)}?table=lessons&as=csv")

    assert "<h1>Ada</h1>" in html
    assert "Ada" not in html[: html.index("<main")]
    assert "Ada" not in response["Content-Disposition"]
    assert "Ada" not in response.getvalue().decode()


def test_the_file_has_the_lines_of_the_page(cast, teacher):
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.ada, finished=True)

    response = teacher.get(f"{url(cast.ada)}?table=lessons&as=csv")

    assert list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))[1:] == [
        [assignment.version.title, "Done", str(today()), str(assignment.due_on), "Due this week"]
    ]
    assert teacher.get(f"{url(cast.ada)}?table=lessons&as=xlsx").status_code == 200


def test_a_pupil_without_a_lesson_is_told_apart_from_one_with_nothing_done(cast, teacher):
    assert "No lesson to do on a device yet" in page(teacher, cast.ada)


def test_what_the_pupil_shows_is_reset_from_here_where_there_is_something_to_reset(cast, teacher):
    reset = reverse("schools:pupil-reset", args=[cast.ada.pk])
    assert reset not in page(teacher, cast.ada)

    cast.ada.secret = "a hash"
    cast.ada.save()

    assert reset in page(teacher, cast.ada)


def test_only_the_classs_teachers_and_the_lead_see_a_pupil(cast, signed_in, client):
    address = url(cast.ada)

    assert signed_in(cast.lead).get(address).status_code == 200
    assert signed_in(cast.colleague).get(address).status_code == 403
    assert signed_in(cast.outsider).get(address).status_code == 404
    assert signed_in(cast.editor).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert signed_in(cast.teacher).post(address).status_code == 405


def test_one_or_thirty_lessons_take_the_same_queries(cast, teacher):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(teacher, cast.ada)
        return len(queries)

    set_lesson(cast.named_class, for_whom=ForWhom.PUPILS).pupils.set([cast.ada])
    begin(set_lesson(cast.named_class), cast.ada)
    few = count()
    PupilFactory.create_batch(5, school_class=cast.named_class)
    for _ in range(30):
        begin(set_lesson(cast.named_class), cast.ada)

    assert count() == few <= 12
