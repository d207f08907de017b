import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.library.models import Edition, Framework, Strand, Topic
from lessons.teaching.enums import Moment, Way
from safeguarding.schools.enums import Role
from safeguarding.schools.models import School
from tests.factories import (
    AgeBandFactory,
    CountryFactory,
    LessonFactory,
    LessonVersionFactory,
    MembershipFactory,
    PupilFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    make_live,
    retire,
)

from .builders import answer, begin, next_version, set_lesson, teach, today

URL = "/school/"


def page(client, address=URL):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def _today_is_in_the_middle_of_the_school_year(cast):
    """So that some weeks ago and some weeks ahead are in it, whatever day it is."""
    for school in (cast.northfield, cast.southfield):
        school.year_begins_month = (today().month + 5) % 12 + 1
        school.save()


@pytest.fixture
def lead(cast, signed_in):
    return signed_in(cast.lead)


def school(client, **asked):
    return client.get(URL, asked).context["page"]


def cells(client, table, row, **asked):
    """What the row of a table says, by the heading of the column."""
    found = client.get(URL, asked).context["tables"][table]
    line = next(line for line in found.rows if line[0].shown == row)
    return {column.heading: cell.shown for column, cell in zip(found.columns, line, strict=True)}


def strand(name, framework_country="GB"):
    framework, _ = Framework.objects.get_or_create(
        slug=f"f-{framework_country}", defaults={"name": f"Framework {framework_country}", "country_id": "GB"}
    )
    edition, _ = Edition.objects.get_or_create(slug=f"e-{framework_country}", framework=framework, name="2026")
    return Strand.objects.create(edition=edition, slug=name.lower(), name=name)


def live_lesson(*, strands=(), band="11-14", topic="image-sharing"):
    lesson = LessonFactory(topic=TopicFactory(slug=topic), band=AgeBandFactory(slug=band))
    version = make_live(LessonVersionFactory(lesson=lesson))
    version.strands.set(strands)
    return version


# --- classes --------------------------------------------------------------


def test_each_class_stands_there_with_what_was_set_taught_and_done(cast, lead):
    teach(set_lesson(cast.anonymous_class, way=Way.TOGETHER))
    begin(set_lesson(cast.anonymous_class, due=-1), finished=True)
    set_lesson(cast.anonymous_class, due=-2)

    line = next(line for line in school(lead).classes if line.facts.name == "8A")

    assert (line.set_count, line.taught_count, line.done_count, line.overdue_count, line.finished) == (3, 1, 1, 2, 1)
    assert cells(lead, "classes", "8A")["Who teaches it"] == "Tess Teacher"
    assert cells(lead, "classes", "8A")["Pupils"] == "anonymous"
    assert cells(lead, "classes", "8B")["Pupils"] == "2"


def test_a_class_is_behind_where_nothing_was_taught_or_something_is_overdue(cast, lead):
    TermFactory(school=cast.northfield, starts_on=today(-20), ends_on=today(20))
    begin(set_lesson(cast.anonymous_class, due=-1), finished=True)
    teach(set_lesson(cast.named_class, opens=-60, due=-40), days=-40)
    on_its_way = SchoolClassFactory(school=cast.northfield, name="9Z")
    teach(set_lesson(on_its_way, due=3))

    behind = {line.facts.name: line.behind for line in school(lead).behind}

    assert behind == {"8A": "1 overdue", "8B": "Nothing taught in this term"}


def test_a_class_without_a_teacher_says_so(cast, lead):
    SchoolClassFactory(school=cast.northfield, name="9Z")

    assert cells(lead, "behind", "9Z")["Who teaches it"] == "Nobody yet"


# --- topics and strands ---------------------------------------------------


def test_a_topic_counts_the_classes_of_each_year_group_that_have_met_it(cast, lead):
    SchoolClassFactory(school=cast.northfield, name="3M", year_group="Year 3", age_from=7, age_to=8)
    TopicFactory(slug="grooming", least_age=9, position=9)
    type(cast.named_class).objects.filter(name__in=["8A", "8B"]).update(year_group="Year 8")
    teach(set_lesson(cast.anonymous_class))
    set_lesson(cast.named_class)

    images, grooming = (cells(lead, "topics", name) for name in ("Image sharing", "Grooming"))

    assert images["Year 8"] == "Taught: 1 of 2; set, not taught yet: 1"
    assert images["Year 3"] == "Not yet"
    assert grooming["Year 8"] == "Not yet"
    assert grooming["Year 3"] == "Not at this age"
    assert school(lead).topics_met == 1


def test_classes_without_a_year_group_stand_together_by_their_ages(cast, lead):
    teach(set_lesson(cast.anonymous_class))

    assert cells(lead, "topics", "Image sharing")["Ages 11–12"] == "Taught: 1 of 2"


def test_a_strand_is_covered_partly_or_not_and_never_compliant(cast, lead):
    both, one, none, young = (strand(name) for name in ("Both", "One", "None", "Young"))
    version = live_lesson(strands=[both, one])
    live_lesson(strands=[none])
    live_lesson(strands=[young], band="5-7")
    other = live_lesson(strands=[both])
    teach(set_lesson(cast.anonymous_class, version=version))
    teach(set_lesson(cast.named_class, version=other))

    said = {name: cells(lead, "strands", name) for name in ("Both", "One", "None", "Young")}

    assert [said[name]["In your classes"] for name in said] == [
        "Covered",
        "Partly",
        "Not covered",
        "No lesson for these ages yet",
    ]
    assert said["One"]["Classes that have met it"] == "1"
    assert said["One"]["Classes of an age for it"] == "2"
    assert "ompliant" not in page(lead)


def test_a_strand_counts_as_met_by_the_version_that_the_class_was_taught(cast, lead):
    old, new = strand("Old"), strand("New")
    version = live_lesson(strands=[old])
    teach(set_lesson(cast.anonymous_class, version=version))
    next_version(version).strands.set([new])

    assert cells(lead, "strands", "Old")["Classes that have met it"] == "1"
    assert cells(lead, "strands", "New")["Classes that have met it"] == "0"


# --- delivered against planned, older content, staff ----------------------


def test_every_lesson_is_met_overdue_closed_or_still_to_come(cast, lead):
    TermFactory(school=cast.northfield, name="Now", starts_on=today(-20), ends_on=today(20))
    teach(set_lesson(cast.anonymous_class, due=3))
    set_lesson(cast.anonymous_class, due=-3)
    set_lesson(cast.anonymous_class, due=-4, closed=-1)
    set_lesson(cast.anonymous_class, due=10)
    set_lesson(cast.anonymous_class, due=-30, opens=-35, closed=-25)

    plan = {line.name: line for line in school(lead).plan}

    now = plan["Now"]
    assert (now.planned, now.met, now.overdue, now.dropped, now.to_come) == (4, 1, 1, 1, 1)
    assert plan["Outside the terms"].planned == 1


def test_a_lesson_belongs_to_the_day_on_which_it_was_taught_and_is_counted_once(cast, lead):
    first = TermFactory(school=cast.northfield, name="One", starts_on=today(-20), ends_on=today(-10))
    second = TermFactory(school=cast.northfield, name="Two", starts_on=today(-9), ends_on=today(9))
    teach(set_lesson(cast.anonymous_class, opens=-19, due=-12), days=-3)

    assert school(lead, term=first.pk).lessons_set == 0
    assert school(lead, term=second.pk).lessons_met == 1


def test_a_class_that_holds_an_older_or_withdrawn_version_is_named_with_the_newer_number(cast, lead):
    version = live_lesson()
    set_lesson(cast.anonymous_class, version=version)
    set_lesson(cast.named_class, version=version, closed=-1)
    gone = live_lesson()
    set_lesson(cast.named_class, version=gone)
    retire(gone)
    type(gone).objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now(), withdrawal_reason="A mistake.")
    next_version(version)

    old = [(line.row.class_name, line.row.version_number, line.words) for line in school(lead).old]

    assert old == [("8A", 1, "Version 2 is live now"), ("8B", 1, "Withdrawn: close it for the class")]


def test_staff_stand_there_with_their_roles_and_classes_and_nothing_else(cast, lead):
    cast.colleague.is_active = False
    cast.colleague.save()

    table = lead.get(URL).context["tables"]["staff"]

    assert [column.heading for column in table.columns] == ["Name", "Role", "Classes", "E-mail address"]
    assert [[cell.shown for cell in row][:3] for row in table.rows] == [
        ["Lena Lead", "Safeguarding or PSHE lead", "–"],
        ["Tess Teacher", "Teacher", "8A, 8B"],
    ]


# --- what is asked for ----------------------------------------------------


def test_a_term_a_year_group_and_a_class_narrow_every_number(cast, lead):
    term = TermFactory(school=cast.northfield, starts_on=today(-20), ends_on=today(20))
    type(cast.named_class).objects.filter(pk=cast.named_class.pk).update(year_group="Year 8")
    set_lesson(cast.anonymous_class)
    set_lesson(cast.named_class)
    set_lesson(cast.named_class, opens=-60, due=-50)

    assert school(lead, term=term.pk).lessons_set == 2
    assert school(lead, term=term.pk, group="Year 8").lessons_set == 1
    assert [line.facts.name for line in school(lead, **{"class": cast.anonymous_class.pk}).classes] == ["8A"]


@pytest.mark.parametrize(
    "asked", [{"year": "x"}, {"term": "99999"}, {"class": "-1"}, {"group": "\x00"}, {"year": "99999999999"}]
)
def test_what_the_school_does_not_have_is_left_out(cast, lead, asked):
    set_lesson(cast.anonymous_class)

    assert school(lead, **asked).lessons_set == 1


def test_another_schools_class_and_term_are_left_out(cast, lead):
    term = TermFactory(school=cast.southfield, starts_on=today(-300), ends_on=today(-290))
    set_lesson(cast.southfield_class)

    shown = school(lead, term=term.pk, **{"class": cast.southfield_class.pk})

    assert [line.facts.name for line in shown.classes] == ["8A", "8B"]
    assert shown.lessons_set == 0


def test_classes_of_a_past_year_count_for_that_year(cast, lead):
    this_year = cast.northfield.year_of(today())
    begins = datetime.date(this_year, cast.northfield.year_begins_month, 1)
    old = SchoolClassFactory(
        school=cast.northfield,
        name="7A",
        school_year=this_year - 1,
        archived_at=timezone.now(),
        pupils_then=28,
        mode="named",
    )
    due = (begins - today()).days - 60
    begin(set_lesson(old, opens=due - 5, due=due, closed=due + 5), finished=True)

    assert "7A" not in [line.facts.name for line in school(lead).classes]
    past = school(lead, year=this_year - 1)
    line = next(line for line in past.classes if line.facts.name == "7A")
    assert (line.set_count, line.done_count, line.facts.pupils, line.behind) == (1, 1, 28, "")


def test_a_table_is_sorted_and_taken_away_as_shown(cast, lead):
    set_lesson(cast.named_class)

    rows = lead.get(f"{URL}?classes-sort=-set").context["tables"]["classes"].rows
    assert [row[0].value for row in rows] == ["8B", "8A"]
    for name in ("topics", "strands", "behind", "classes", "plan", "old", "staff"):
        assert lead.get(f"{URL}?table={name}&as=xlsx").status_code == 200
        assert "charset=utf-8" in lead.get(f"{URL}?table={name}&as=csv")["Content-Type"]
    assert lead.get(f"{URL}?table=pupils&as=csv").status_code == 404


# --- who, and how ---------------------------------------------------------


def test_the_lead_sees_the_contact_that_pupils_see(cast, lead):
    assert cast.northfield.lead_contact in page(lead)

    School.objects.update(lead_contact="")

    assert "Pupils are not told whom to go to" in page(lead)


def test_no_pupils_name_and_no_feeling_is_on_the_page(cast, lead):
    assignment = set_lesson(cast.named_class, closed=-1)
    begin(assignment, cast.ada, finished=True)
    answer(assignment, QuestionKind.WORRY, Moment.AFTER, 0, 0, 777)

    html = page(lead)

    assert "Ada" not in html
    assert "777" not in html


def test_a_school_without_classes_says_what_to_do_first(cast, lead):
    cast.northfield.classes.all().delete()

    assert "No class yet" in page(lead)


def test_a_choice_without_classes_says_so(cast, lead):
    year = cast.northfield.year_of(today())
    TermFactory(school=cast.northfield, starts_on=today(-720), ends_on=today(-700))

    assert "Nothing to show" in page(lead, f"{URL}?year={year - 1}&class={cast.anonymous_class.pk}")


def test_only_the_lead_sees_the_school(cast, signed_in, client):
    assert signed_in(cast.teacher).get(URL).status_code == 403
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


def test_another_school_is_not_there(cast, lead):
    assert lead.get(f"{URL}?school=southfield").status_code == 404
    assert lead.get(f"{URL}?school=%00").status_code == 404
    assert ">8S<" not in page(lead)


def test_a_lead_of_two_schools_chooses_one(cast, signed_in):
    MembershipFactory(user=cast.lead.user, school=cast.southfield, role=Role.LEAD)
    client = signed_in(cast.lead)

    assert "?school=southfield" in page(client)
    southern = page(client, f"{URL}?school=southfield")
    assert "8S" in southern
    assert '<input type="hidden" name="school" value="southfield">' in southern
    assert "?school=southfield&amp;table=classes&amp;as=csv" in southern


def test_a_lead_who_only_teaches_at_the_other_school_is_refused_there(cast, signed_in):
    MembershipFactory(user=cast.lead.user, school=cast.southfield)

    assert signed_in(cast.lead).get(f"{URL}?school=southfield").status_code == 403


def test_the_school_is_for_reading_only(cast, lead):
    assert lead.post(URL).status_code == 405


def test_one_or_thirty_classes_and_people_take_the_same_queries(cast, lead):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(lead)
        return len(queries)

    first = set_lesson(cast.anonymous_class)
    some = set_lesson(cast.named_class, for_whom="pupils")
    some.pupils.set([cast.ada])
    TermFactory(school=cast.northfield)
    few = count()
    for number in range(30):
        member = MembershipFactory(school=cast.northfield)
        school_class = SchoolClassFactory(school=cast.northfield, teachers=[member], mode="named")
        assignment = set_lesson(school_class, version=first.version, for_whom="pupils")
        assignment.pupils.set([PupilFactory(school_class=school_class)])
        teach(assignment)
        begin(assignment)
        Topic.objects.create(slug=f"t{number}", name=f"T{number}", summary="S.", least_age=7)
        live_lesson(strands=[strand(f"S{number}")])

    assert count() == few <= 15


def test_a_school_sees_the_frameworks_of_its_own_nation_and_country(cast, lead):
    for code in ("GB-ENG", "GB-WLS"):
        CountryFactory(code=code, name=code, part_of_id="GB")
    for name, country in (("England's", "GB-ENG"), ("Wales's", "GB-WLS"), ("Britain's", "GB"), ("Anybody's", None)):
        made = strand(name, framework_country=country)
        Framework.objects.filter(editions=made.edition).update(country=country)
    School.objects.filter(pk=cast.northfield.pk).update(country="GB-ENG")

    assert {line.name for line in school(lead).strands} == {"England's", "Britain's", "Anybody's"}
