import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.library.enums import QuestionKind
from lessons.library.models import Topic
from lessons.teaching.enums import Moment, Way
from safeguarding.schools.enums import Role
from safeguarding.schools.models import School
from tests.factories import MembershipFactory, SchoolClassFactory

from .builders import answer, begin, set_lesson, teach

URL = "/school/"


def page(client, address=URL):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def lead(cast, signed_in):
    return signed_in(cast.lead)


def school(client):
    return client.get(URL).context["page"]


def test_each_class_stands_there_with_what_was_set_taught_and_done(cast, lead):
    teach(set_lesson(cast.anonymous_class, way=Way.TOGETHER))
    begin(set_lesson(cast.anonymous_class, due=-1), finished=True)
    set_lesson(cast.anonymous_class, due=-2)

    line = next(line for line in school(lead).classes if line.name == "8A")

    assert (line.set_count, line.taught_count, line.done_count, line.overdue_count, line.finished) == (3, 1, 1, 2, 1)


def test_a_topic_counts_the_classes_that_have_met_it(cast, lead):
    teach(set_lesson(cast.anonymous_class))
    set_lesson(cast.named_class)
    Topic.objects.create(slug="live-video", name="Live video", summary="Live.", least_age=7, position=9)

    met, none = school(lead).topics

    assert (met.reached, met.waiting) == (("8A",), ("8B",))
    assert (none.reached, none.waiting) == ((), ())
    assert "1 of 2: 8A" in page(lead)


def test_staff_stand_there_with_their_roles(cast, lead):
    cast.colleague.is_active = False
    cast.colleague.save()

    staff = [(person.name, person.role, person.classes) for person in school(lead).staff]

    assert staff == [("Lena Lead", "Safeguarding or PSHE lead", 0), ("Tess Teacher", "Teacher", 2)]


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


def test_only_the_lead_sees_the_school(cast, signed_in, client):
    assert signed_in(cast.teacher).get(URL).status_code == 403
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


def test_another_school_is_not_there(cast, lead):
    assert lead.get(f"{URL}?school=southfield").status_code == 404
    assert lead.get(f"{URL}?school=%00").status_code == 404
    assert "8S" not in page(lead)


def test_a_lead_of_two_schools_chooses_one(cast, signed_in):
    MembershipFactory(user=cast.lead.user, school=cast.southfield, role=Role.LEAD)
    client = signed_in(cast.lead)

    assert "?school=southfield" in page(client)
    assert "8S" in page(client, f"{URL}?school=southfield")


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
    few = count()
    for _ in range(30):
        member = MembershipFactory(school=cast.northfield)
        school_class = SchoolClassFactory(school=cast.northfield, teachers=[member])
        assignment = set_lesson(school_class, version=first.version)
        teach(assignment)
        begin(assignment)

    assert count() == few <= 15
