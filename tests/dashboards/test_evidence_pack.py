import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.dashboards.views import school as school_views
from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment, Way
from safeguarding.core import pdf
from safeguarding.schools.enums import Role
from tests.factories import (
    FindingFactory,
    HelpServiceFactory,
    LessonFactory,
    LessonVersionFactory,
    MembershipFactory,
    SchoolClassFactory,
    SourceFactory,
    TermFactory,
    TopicFactory,
    make_live,
)

from .builders import answer, begin, next_version, set_lesson, teach, today

URL = "/school/evidence-pack/"


@pytest.fixture(autouse=True)
def _today_is_in_the_middle_of_the_school_year(cast):
    """So that some weeks ago and some weeks ahead are in it, whatever day it is."""
    for school in (cast.northfield, cast.southfield):
        school.year_begins_month = (today().month + 5) % 12 + 1
        school.save()


@pytest.fixture
def lead(cast, signed_in):
    return signed_in(cast.lead)


def page(client, address=URL):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def pack(client, **asked):
    return client.get(URL, asked).context["pack"]


def live_lesson(title="Asking first", topic="image-sharing"):
    lesson = LessonFactory(topic=TopicFactory(slug=topic))
    return make_live(LessonVersionFactory(lesson=lesson, title=title))


def test_a_lesson_stands_there_with_its_version_days_and_counts(cast, lead):
    version = live_lesson()
    first = set_lesson(cast.anonymous_class, version=version, way=Way.TOGETHER)
    teach(first, days=-6, present=20)
    teach(first, days=-2, present=9)
    begin(set_lesson(cast.named_class, version=version), cast.ada, finished=True)

    (line,) = pack(lead).lessons

    assert (line.title, line.version_number, line.classes, line.groups) == ("Asking first", 1, 2, ("Ages 11–12",))
    assert (line.times_taught, line.present, line.finished) == (2, 29, 1)
    assert (line.first, line.last) == (today(-6), today())
    assert "2 times, to 29 present in all" in page(lead)


def test_each_version_of_a_lesson_has_a_line_of_its_own(cast, lead):
    version = live_lesson()
    teach(set_lesson(cast.anonymous_class, version=version))
    teach(set_lesson(cast.named_class, version=next_version(version, title="Asking first")))

    assert [(line.title, line.version_number) for line in pack(lead).lessons] == [
        ("Asking first", 1),
        ("Asking first", 2),
    ]


def test_what_was_learnt_is_added_up_over_classes_with_how_many_answered(cast, lead):
    version = live_lesson()
    for school_class in (cast.anonymous_class, cast.named_class):
        assignment = set_lesson(school_class, version=version)
        begin(assignment, finished=True)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 2, 3, 1)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 4, 1)

    (question,) = pack(lead).lessons[0].learnt

    assert (question.before_right, question.before_answered) == (4, 12)
    assert (question.after_right, question.after_answered) == (8, 10)
    html = page(lead)
    assert "4 of 12" in html
    assert "8 of 10" in html
    assert "not matched pupil by pupil" in html


@pytest.mark.parametrize(("before", "after", "is_shown"), [(5, 5, True), (4, 9, False), (9, 4, False), (9, 0, False)])
def test_a_question_is_shown_where_five_answered_both_times(cast, lead, before, after, is_shown):
    assignment = set_lesson(cast.anonymous_class, version=live_lesson())
    begin(assignment, finished=True)
    asked = answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, before)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, after)

    html = page(lead)

    assert (f">{asked.text}<" in html) is is_shown
    assert ("too few answers to say what was learnt" in html) is not is_shown


def test_no_pupil_no_teacher_and_no_feeling_is_in_it(cast, lead):
    assignment = set_lesson(cast.named_class, closed=-1, version=live_lesson())
    begin(assignment, cast.ada, finished=True)
    teach(assignment)
    for kind in (QuestionKind.WORRY, QuestionKind.HELP_SEEKING, QuestionKind.CONFIDENCE):
        for moment in (Moment.BEFORE, Moment.AFTER):
            answer(assignment, kind, moment, 777, 777, 777)

    html = page(lead)

    for word in ("Ada", "Tess", "777", "Who would you tell?", "How do you feel?", "8B"):
        assert f">{word}" not in html
        assert word not in html or word == "8B"
    assert cast.northfield.lead_name in html


def test_it_names_the_findings_and_reports_that_the_versions_taught_rest_on(cast, lead):
    taught, only_set = live_lesson("Taught"), live_lesson("Only set")
    source = SourceFactory(code="REPORT", title="A report on images", publisher="An office", year=2015)
    taught.findings.add(FindingFactory(source=source, statement="Most are asked by somebody they know."))
    only_set.findings.add(FindingFactory(statement="Not rested on."))
    teach(set_lesson(cast.anonymous_class, version=taught))
    teach(set_lesson(cast.named_class, version=taught))
    set_lesson(cast.named_class, version=only_set)

    html = page(lead)

    assert html.count("Most are asked by somebody they know.") == 1
    assert "An office, 2015" in html
    assert "Not rested on." not in html


def test_whom_to_call_stands_beside_the_findings(cast, lead):
    """One of them speaks of young people who died by suicide."""
    taught = live_lesson()
    taught.findings.add(FindingFactory())
    HelpServiceFactory(name="A line that listens", phone="0800 555 111", country=cast.northfield.country)
    HelpServiceFactory(name="A directory", phone="", url="https://directory.example", country=cast.northfield.country)
    teach(set_lesson(cast.anonymous_class, version=taught))

    html = page(lead)

    assert "A line that listens: 0800 555 111" in html
    assert "A directory" not in html


def test_gaps_are_stated_plainly(cast, lead):
    TopicFactory(slug="grooming", position=9)
    TopicFactory(slug="exploitation", least_age=16, position=10)
    SchoolClassFactory(school=cast.northfield, name="3M", year_group="Year 3", age_from=7, age_to=8)
    teach(set_lesson(cast.anonymous_class, version=live_lesson()))
    set_lesson(cast.named_class, due=-2)
    set_lesson(cast.named_class, due=-5, closed=-1)

    gaps = pack(lead).gaps

    assert gaps.topics == ("Grooming",)
    assert gaps.topics_partly == ("Image sharing",)
    assert gaps.groups == ("Year 3",)
    assert (gaps.classes_without, gaps.overdue, gaps.dropped) == (2, 1, 1)
    assert "2 of 3 classes have met no lesson." in page(lead)


def test_the_pack_and_the_overview_say_the_same(cast, lead):
    teach(set_lesson(cast.anonymous_class, version=live_lesson()))
    begin(set_lesson(cast.named_class), cast.bo, finished=True)
    set_lesson(cast.named_class, due=-1)

    overview, shown = lead.get("/school/").context["page"], pack(lead)

    assert (shown.met, shown.planned, shown.topics_met) == (
        overview.lessons_met,
        overview.lessons_set,
        overview.topics_met,
    )
    assert [strand.words for strand in shown.strands] == [strand.words for strand in overview.strands]
    assert shown.finished == sum(line.finished for line in overview.classes)


def test_it_is_of_the_year_or_term_that_was_asked_for(cast, lead):
    term = TermFactory(school=cast.northfield, name="Short", starts_on=today(-60), ends_on=today(-50))
    teach(set_lesson(cast.anonymous_class, version=live_lesson("Then"), opens=-58, due=-52), days=-55)
    teach(set_lesson(cast.anonymous_class, version=live_lesson("Now")))

    assert [line.title for line in pack(lead, term=term.pk).lessons] == ["Then"]
    assert "Short " in page(lead, f"{URL}?term={term.pk}")
    last_year = cast.northfield.year_of(today()) - 1
    SchoolClassFactory(school=cast.northfield, school_year=last_year)
    assert pack(lead, year=last_year).lessons == []


def test_a_school_that_has_taught_nothing_yet_is_told_what_to_do(cast, lead):
    cast.northfield.classes.all().delete()

    assert "Nothing taught in this period yet" in page(lead)


@pytest.mark.skipif(not pdf.can_make_pdf(), reason="WeasyPrint is not installed")
def test_it_is_a_pdf_where_one_can_be_made(cast, lead):
    teach(set_lesson(cast.anonymous_class, version=live_lesson()))
    assert "as=pdf" in page(lead)

    response = lead.get(f"{URL}?as=pdf")

    assert response["Content-Type"] == "application/pdf"
    assert re.search(
        r'attachment; filename="evidence-pack-northfield-\d{4}-\d\d-\d{4}-\d\d.pdf"', str(response.headers)
    )
    assert response.content.startswith(b"%PDF-")


def test_without_weasyprint_the_page_prints_itself(cast, lead, monkeypatch):
    monkeypatch.setattr(pdf, "weasyprint", None)

    assert "as=pdf" not in page(lead)
    assert "data-print" in page(lead)
    assert lead.get(f"{URL}?as=pdf")["Content-Type"].startswith("text/html")
    assert school_views.can_make_pdf() is False


def test_only_the_lead_of_the_school_has_it(cast, signed_in, client):
    MembershipFactory(user=cast.lead.user, school=cast.southfield, role=Role.TEACHER)

    assert client.get(URL).status_code == 302
    assert signed_in(cast.teacher).get(URL).status_code == 403
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert signed_in(cast.lead).get(f"{URL}?school=southfield").status_code == 403
    assert signed_in(cast.outsider).get(f"{URL}?school=northfield").status_code == 404
    assert signed_in(cast.lead).post(URL).status_code == 405


def test_another_schools_lessons_are_not_in_it(cast, lead):
    teach(set_lesson(cast.southfield_class, version=live_lesson("Southern")))

    assert pack(lead).lessons == []
    assert "Southern" not in page(lead)


def test_one_or_thirty_lessons_take_the_same_queries(cast, lead):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(lead)
        return len(queries)

    def taught(number):
        version = live_lesson(f"Lesson {number}", topic=f"topic-{number}")
        version.findings.add(FindingFactory(source=SourceFactory(code=f"S{number}")))
        assignment = set_lesson(SchoolClassFactory(school=cast.northfield), version=version)
        teach(assignment)
        begin(assignment, finished=True)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 5, 5)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 5, 5)

    taught(0)
    few = count()
    for number in range(1, 31):
        taught(number)

    assert count() == few
    assert isinstance(pack(lead).lessons[0].first, datetime.date)
