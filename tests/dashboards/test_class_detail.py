import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lessons.dashboards.queries import class_page
from lessons.teaching.enums import ForWhom, Way
from lessons.teaching.models import Attempt
from tests.factories import LessonVersionFactory, PupilFactory, PupilGroupFactory, TermFactory, make_live

from .builders import begin, set_lesson, teach, today


def url(school_class):
    return reverse("dashboards:class-detail", args=[school_class.pk])


def page(client, school_class):
    response = client.get(url(school_class))
    assert response.status_code == 200
    return response.content.decode()


def listed(client, school_class, query=""):
    return [row.pk for row in client.get(url(school_class) + query).context["page"].rows]


def matrix(client, school_class, query=""):
    return [[cell.shown for cell in row] for row in client.get(url(school_class) + query).context["matrix"].rows]


def file(client, school_class, name, query=""):
    response = client.get(f"{url(school_class)}?table={name}&as=csv{query}")
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.mark.parametrize("who", ["teacher", "lead"])
def test_the_class_shows_its_code_and_its_lessons(cast, signed_in, who):
    assignment = set_lesson(cast.anonymous_class, due=2)

    html = page(signed_in(getattr(cast, who)), cast.anonymous_class)

    assert cast.anonymous_class.code in html
    assert assignment.version.title in html
    assert "Due this week" in html
    assert reverse("dashboards:assignment-results", args=[assignment.pk]) in html
    assert reverse("teaching:delivery-create", args=[assignment.pk]) in html


def test_what_is_open_stands_first_and_what_was_closed_last(cast, signed_in):
    long_ago = set_lesson(cast.anonymous_class, due=-30, closed=-29)
    closed = set_lesson(cast.anonymous_class, due=-9, closed=-1)
    later = set_lesson(cast.anonymous_class, due=9)
    sooner = set_lesson(cast.anonymous_class, due=2)

    assert listed(signed_in(cast.teacher), cast.anonymous_class) == [sooner.pk, later.pk, closed.pk, long_ago.pk]


def test_a_named_class_shows_each_pupils_progress_in_words(cast, signed_in):
    done, going = set_lesson(cast.named_class, due=1), set_lesson(cast.named_class, due=2)
    set_lesson(cast.named_class, way=Way.TOGETHER)
    begin(done, cast.ada, finished=True)
    begin(going, cast.ada)

    assert matrix(signed_in(cast.teacher), cast.named_class) == [
        ["Ada", "1 of 2", "Done", "On the way"],
        ["Bo", "0 of 2", "Not started", "Not started"],
    ]
    assert '<td class="care">On the way' in page(signed_in(cast.teacher), cast.named_class)


def test_a_lesson_that_is_not_for_a_pupil_has_a_dash_there(cast, signed_in):
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.PUPILS)
    assignment.pupils.set([cast.bo])

    assert matrix(signed_in(cast.teacher), cast.named_class) == [
        ["Ada", "0 of 0", "–"],
        ["Bo", "0 of 1", "Not started"],
    ]
    assert "For 1 pupil" in page(signed_in(cast.teacher), cast.named_class)


def test_the_pupils_are_sorted_by_a_lesson_and_whom_it_is_not_for_comes_last(cast, signed_in):
    cy, di = (PupilFactory(school_class=cast.named_class, display_name=name) for name in ("Cy", "Di"))
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.PUPILS)
    assignment.pupils.set([cast.bo, cy, di])
    begin(assignment, cast.bo, finished=True)
    begin(assignment, di)
    client = signed_in(cast.teacher)

    def names(sort):
        return [line[0] for line in matrix(client, cast.named_class, f"?matrix-sort={sort}")]

    assert names(f"lesson-{assignment.pk}") == ["Cy", "Di", "Bo", "Ada"]
    assert names(f"-lesson-{assignment.pk}") == ["Bo", "Di", "Cy", "Ada"]
    assert names("-pupil") == ["Di", "Cy", "Bo", "Ada"]
    assert names("-done") == ["Bo", "Ada", "Cy", "Di"]
    assert names("nonsense") == ["Ada", "Bo", "Cy", "Di"]


@pytest.mark.parametrize("sort", ["pupil", "-pupil", "done", "-done", "lesson", "-lesson"])
def test_the_order_holds_across_pages_of_pupils(cast, signed_in, monkeypatch, sort):
    assignment = set_lesson(cast.named_class, for_whom=ForWhom.PUPILS)
    pupils = PupilFactory.create_batch(5, school_class=cast.named_class)
    assignment.pupils.set([cast.bo, *pupils])
    begin(assignment, pupils[1], finished=True)
    begin(assignment, pupils[3])
    client = signed_in(cast.teacher)
    address = f"?matrix-sort={sort.replace('lesson', f'lesson-{assignment.pk}')}"
    in_one = matrix(client, cast.named_class, address)
    monkeypatch.setattr(class_page, "PUPILS_A_PAGE", 3)

    pages = [matrix(client, cast.named_class, f"{address}&pupils={number}") for number in (1, 2, 3)]

    assert [len(lines) for lines in pages] == [3, 3, 1]
    assert [line[0] for lines in pages for line in lines] == [line[0] for line in in_one]


def test_a_large_class_shows_a_page_of_pupils_and_of_lessons_and_its_file_has_all(cast, signed_in, monkeypatch):
    monkeypatch.setattr(class_page, "PUPILS_A_PAGE", 1)
    monkeypatch.setattr(class_page, "LESSONS_A_PAGE", 2)
    for due in (1, 2, 3):
        set_lesson(cast.named_class, due=due)
    client = signed_in(cast.teacher)

    html = page(client, cast.named_class)

    assert "Pupils 1 to 1 of 2" in html
    assert 'href="?pupils=2#matrix"' in html
    assert 'href="?page=2"' in html
    assert [len(line) for line in matrix(client, cast.named_class)] == [4]
    assert [len(line) for line in file(client, cast.named_class, "matrix")] == [5, 5, 5]


def test_the_file_has_the_words_of_the_page_in_its_order(cast, signed_in):
    assignment = set_lesson(cast.named_class)
    begin(assignment, cast.bo, finished=True)
    client = signed_in(cast.teacher)
    sort = f"&matrix-sort=-lesson-{assignment.pk}"

    response = client.get(f"{url(cast.named_class)}?table=matrix&as=csv{sort}")

    assert file(client, cast.named_class, "matrix", sort) == [
        ["Pupil", "Done", assignment.version.title],
        ["Bo", "1", "Done"],
        ["Ada", "0", "Not started"],
    ]
    assert response["Content-Disposition"] == f'attachment; filename="class-{cast.named_class.pk}-pupils.csv"'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["lessons", "matrix"])
def test_every_table_comes_as_a_file(cast, signed_in, name, kind):
    set_lesson(cast.named_class)

    assert signed_in(cast.teacher).get(f"{url(cast.named_class)}?table={name}&as={kind}").status_code == 200
    assert signed_in(cast.colleague).get(f"{url(cast.named_class)}?table={name}&as={kind}").status_code == 403
    assert signed_in(cast.outsider).get(f"{url(cast.named_class)}?table={name}&as={kind}").status_code == 404


def test_an_anonymous_class_has_no_file_of_pupils(cast, signed_in):
    set_lesson(cast.anonymous_class)

    response = signed_in(cast.teacher).get(f"{url(cast.anonymous_class)}?table=matrix&as=csv")

    assert response.status_code == 404
    assert "There is no such file" in response.content.decode()


# --- what is looked at ----------------------------------------------------


def test_the_lessons_are_filtered_by_where_they_stand_and_by_term(cast, signed_in):
    term = TermFactory(school=cast.northfield, starts_on=today(-60), ends_on=today(-20))
    open_now = set_lesson(cast.named_class, due=3)
    closed = set_lesson(cast.named_class, due=-9, closed=-8)
    archived = set_lesson(cast.named_class, due=-30, closed=-25, archived_at=timezone.now())
    client = signed_in(cast.teacher)

    def found(query):
        return listed(client, cast.named_class, query)

    assert found("") == [open_now.pk, closed.pk]
    assert found("?show=open") == [open_now.pk]
    assert found("?show=closed") == [closed.pk]
    assert found("?show=archived") == [archived.pk]
    assert found("?show=all") == [open_now.pk, closed.pk, archived.pk]
    assert found(f"?show=all&term={term.pk}") == [archived.pk]
    assert "No lesson of this class fits that" in client.get(f"{url(cast.named_class)}?term={term.pk}").content.decode()


def test_a_filter_keeps_its_place_when_a_table_is_sorted_or_taken_away(cast, signed_in):
    set_lesson(cast.named_class)

    html = signed_in(cast.teacher).get(f"{url(cast.named_class)}?show=open").content.decode()

    assert "?show=open&amp;lessons-sort=due#lessons" in html
    assert "?show=open&amp;table=matrix&amp;as=csv" in html


@pytest.mark.parametrize("query", ["show=nonsense", "term=999999", "term=x"])
def test_a_filter_that_cannot_be_read_is_answered_with_a_sentence(cast, signed_in, query):
    TermFactory(school=cast.northfield)
    set_lesson(cast.named_class)

    response = signed_in(cast.teacher).get(f"{url(cast.named_class)}?{query}")

    assert response.status_code == 400
    assert "from the list" in response.content.decode()
    assert len(response.context["page"].rows) == 1


def test_another_schools_term_is_none_of_ours(cast, signed_in):
    TermFactory(school=cast.northfield)
    set_lesson(cast.named_class)
    theirs = TermFactory(school=cast.southfield)

    assert signed_in(cast.teacher).get(f"{url(cast.named_class)}?term={theirs.pk}").status_code == 400


@pytest.mark.parametrize("query", ["page=99", "page=x", "pupils=99", "pupils=-1", "matrix-sort=lesson-x"])
def test_a_page_that_there_is_not_is_answered_with_one_that_there_is(cast, signed_in, query):
    set_lesson(cast.named_class)

    assert matrix(signed_in(cast.teacher), cast.named_class, f"?{query}")


def test_a_class_of_a_past_year_keeps_its_counts_and_offers_nothing(cast, signed_in):
    assignment = set_lesson(cast.named_class, due=-9, closed=-8, size_then=2)
    begin(assignment, finished=True)
    cast.named_class.pupils.all().delete()
    cast.named_class.archived_at = timezone.now()
    cast.named_class.save()

    html = page(signed_in(cast.teacher), cast.named_class)

    assert "A class of a past year" in html
    assert "1 of 2" in html
    assert cast.named_class.code not in html
    assert "Nobody is on the list yet" not in html
    assert "Record teaching" not in html


def test_a_later_check_is_in_the_list_and_not_among_the_lessons_that_were_set(cast, signed_in):
    lesson = set_lesson(cast.anonymous_class, due=-50, closed=-50)
    set_lesson(cast.anonymous_class, version=lesson.version, later_of=lesson)

    response = signed_in(cast.teacher).get(url(cast.anonymous_class))

    assert f"Later check: {lesson.version.title}" in response.content.decode()
    assert "1 lesson and 1 later check" in response.content.decode()


# --- counts and names -----------------------------------------------------


def test_an_anonymous_class_shows_counts_only(cast, signed_in):
    assignment = set_lesson(cast.anonymous_class)
    begin(assignment)
    set_lesson(cast.anonymous_class, due=9)
    client = signed_in(cast.teacher)

    assert client.get(url(cast.anonymous_class)).context["page"].matrix is None
    lines = file(client, cast.anonymous_class, "lessons")
    assert [line[5:7] for line in lines] == [["Started", "Finished"], ["1", "0"], ["0", "0"]]
    assert "<td>1</td><td>Nobody</td>" in page(client, cast.anonymous_class)


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

    def count(query=""):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(cast.named_class) + query)
        return len(queries)

    group = PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada])
    TermFactory(school=cast.northfield)
    begin(set_lesson(cast.named_class), cast.ada)
    set_lesson(cast.named_class, for_whom=ForWhom.GROUPS).groups.set([group])
    few = count()
    pupils = PupilFactory.create_batch(30, school_class=cast.named_class)
    for _ in range(30):
        assignment = set_lesson(cast.named_class)
        teach(assignment)
        for pupil in pupils[:3]:
            begin(assignment, pupil)

    assert count() == few <= 12
    assert count("?matrix-sort=-done") == few


def test_the_page_of_a_class_of_thirty_is_light(cast, signed_in):
    """At most 100 KB for thirty pupils and forty lessons, whatever they have done."""
    pupils = PupilFactory.create_batch(28, school_class=cast.named_class)
    version = make_live(LessonVersionFactory(title="A lesson whose title is as long as they are"))
    for _ in range(40):
        assignment = set_lesson(cast.named_class, version=version, closed=-1)
        Attempt.objects.bulk_create(Attempt(assignment=assignment, pupil=pupil) for pupil in pupils)

    assert len(page(signed_in(cast.teacher), cast.named_class).encode()) < 100_000
