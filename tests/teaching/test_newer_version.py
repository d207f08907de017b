import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.library.models import LessonVersion
from lessons.library.store import write_content
from lessons.teaching import services
from lessons.teaching.enums import Moment
from lessons.teaching.errors import AlreadyBegun, AlreadySet, NotAllowed, NothingNewer
from lessons.teaching.models import AnswerCount, Assignment
from lessons.teaching.pupil_session import Visit
from lessons.teaching.steps import steps_of
from tests.dashboards.builders import answer, begin, next_version, teach
from tests.editorial.builders import lesson_content
from tests.factories import AssignmentFactory, LessonVersionFactory, QuestionFactory, make_live, retire

from .conftest import count_queries, step_url


@pytest.fixture
def newer(assignment) -> LessonVersion:
    return next_version(assignment.version, title="Ask twice", change_note="A shorter starter.")


@pytest.fixture
def url(assignment) -> str:
    return reverse("teaching:assignment-newer", args=[assignment.pk])


def results(assignment) -> str:
    return reverse("dashboards:assignment-results", args=[assignment.pk])


def version_of(assignment) -> LessonVersion:
    return Assignment.objects.get(pk=assignment.pk).version


def use(actor, assignment, number=2):
    services.use_newer_version(actor=actor, assignment=assignment, number=number)


# --- the page ---------------------------------------------------------------


@pytest.mark.usefixtures("newer")
def test_its_teacher_and_the_lead_see_the_page_and_nobody_else(signed_in, client, cast, url):
    assert signed_in(cast.teacher).get(url).status_code == 200
    assert signed_in(cast.lead).get(url).status_code == 200
    assert signed_in(cast.colleague).get(url).status_code == 403
    assert signed_in(cast.outsider).get(url).status_code == 404
    assert signed_in(cast.editor).get(url).status_code == 404
    assert client.get(url).status_code == 302
    assert signed_in(cast.teacher).put(url).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("outsider", 404), ("editor", 404)])
def test_nobody_else_may_choose(signed_in, cast, assignment, newer, url, who, status):
    assert signed_in(getattr(cast, who)).post(url, {"number": 2}).status_code == status
    assert version_of(assignment) != newer


def test_the_service_refuses_them_too(cast, assignment, newer):
    for somebody in (cast.colleague, cast.outsider):
        with pytest.raises(NotAllowed):
            use(somebody, assignment)
    assert version_of(assignment) != newer


def test_the_classs_page_leads_to_what_changed(signed_in, cast, assignment, newer, url):
    page = signed_in(cast.teacher).get(results(assignment)).text
    assert "A newer version exists" in page
    assert "A shorter starter." in page
    assert f'href="{url}"' in page


def test_it_shows_what_is_new_and_what_changed(signed_in, cast, assignment, newer, url):
    page = signed_in(cast.teacher).get(url).text
    assert "The class has version 1. Version 2 is live now." in page
    assert "A shorter starter." in page
    assert '<ins><span class="hush"> added: </span>Ask twice<' in page
    assert "Use the newer version" in page
    assert f'href="{results(assignment)}">Keep this version' in page


def test_looking_changes_nothing(signed_in, cast, assignment, newer, url):
    signed_in(cast.teacher).get(url)
    assert version_of(assignment) != newer


def test_a_draft_is_nobodys_business_here(signed_in, cast, assignment, url):
    LessonVersionFactory(lesson=assignment.version.lesson, number=2, title="Secret plans")
    page = signed_in(cast.teacher).get(url).text
    assert "There is no newer version" in page
    assert "Secret plans" not in page
    assert "Use the newer version" not in page


def test_of_a_retired_lesson_nothing_is_offered(signed_in, cast, assignment, newer, url):
    retire(newer)
    client = signed_in(cast.teacher)
    assert "There is no newer version" in client.get(url).text
    assert url not in client.get(results(assignment)).text
    assert client.post(url, {"number": 2}).status_code == 409
    assert version_of(assignment) != newer


def test_a_closed_lesson_keeps_its_version(signed_in, cast, assignment, newer, url):
    Assignment.objects.update(closed_at=timezone.now())
    client = signed_in(cast.teacher)
    assert url not in client.get(results(assignment)).text
    assert "Use the newer version" not in client.get(url).text
    refused = client.post(url, {"number": 2})
    assert refused.status_code == 409
    assert "has been closed for the class, so it keeps its version." in refused.text
    assert version_of(assignment) != newer


def test_where_the_library_went_back_the_page_says_so(signed_in, cast, assignment, newer, url):
    first = assignment.version
    Assignment.objects.update(version=newer)
    make_live(first)
    client = signed_in(cast.teacher)
    assert "An earlier version is live again" in client.get(results(assignment)).text
    assert "Use the live version" in client.get(url).text
    client.post(url, {"number": 1})
    assert version_of(assignment) == first


# --- choosing ---------------------------------------------------------------


def test_the_teacher_chooses_the_newer_version(signed_in, cast, assignment, newer, url):
    page = signed_in(cast.teacher).post(url, {"number": 2}, follow=True)
    assert version_of(assignment) == newer
    assert "The class has version 2 of the lesson now." in page.text
    assert "A newer version exists" not in page.text


def _recorded(assignment) -> None:
    teach(assignment)


def _counted(assignment) -> None:
    """A pupil has been removed since: the attempt went, the count stayed."""
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 1)


@pytest.mark.parametrize("happened", [begin, _recorded, _counted])
def test_once_something_has_happened_the_class_keeps_its_version(signed_in, cast, assignment, newer, url, happened):
    happened(assignment)
    client = signed_in(cast.teacher)
    page = client.get(url).text
    assert "Use the newer version" not in page
    assert "what has been answered stays with its version" in page
    refused = client.post(url, {"number": 2})
    assert refused.status_code == 409
    assert "what has been answered stays with its version" in refused.text
    assert version_of(assignment) != newer
    with pytest.raises(AlreadyBegun):
        use(cast.teacher, assignment)


def test_a_pupil_who_has_begun_keeps_their_place_and_their_answers(signed_in, cast, assignment, newer, url, join):
    pupil = join(cast.anonymous_class)
    pupil.post(step_url(assignment, 1))
    assert signed_in(cast.teacher).post(url, {"number": 2}).status_code == 409
    asked = assignment.version.questions.get(kind=QuestionKind.KNOWLEDGE)
    pupil.post(step_url(assignment, 2), {"choice": asked.options.first().pk})
    assert AnswerCount.objects.get(count__gt=0).option.question == asked


def test_a_pupil_who_begins_at_that_moment_answers_nothing_of_the_old_version(cast, assignment, newer):
    """Their page was made from the version that the class had; the teacher was quicker."""
    steps = steps_of(assignment.version)
    stale = Assignment.objects.select_related("version").get(pk=assignment.pk)
    use(cast.teacher, assignment)
    visit = Visit(cast.anonymous_class, None, None, uuid.uuid4())
    assert services.take_step(visit=visit, assignment=stale, steps=steps, number=1) == 0
    assert not stale.attempts.exists()


def test_another_version_than_the_one_that_was_read_is_refused(signed_in, cast, assignment, newer, url):
    third = next_version(newer)
    refused = signed_in(cast.teacher).post(url, {"number": 2})
    assert refused.status_code == 409
    assert "Another version has gone live since you opened this page." in refused.text
    assert 'value="3"' in refused.text
    assert version_of(assignment) not in (newer, third)


@pytest.mark.parametrize("number", ["", "x", "²", "-1", "9" * 5_000, "\x00"])
def test_a_button_that_names_no_version_is_refused_with_a_sentence(signed_in, cast, assignment, newer, url, number):
    refused = signed_in(cast.teacher).post(url, {"number": number})
    assert refused.status_code == 400
    assert "Open it again, then choose." in refused.text
    assert version_of(assignment) != newer


def test_twice_is_refused_the_second_time(cast, assignment, newer):
    use(cast.teacher, assignment)
    with pytest.raises(NothingNewer):
        use(cast.teacher, assignment)


def test_a_class_that_has_the_newer_version_too_does_not_get_it_twice(cast, assignment, newer):
    AssignmentFactory(school_class=cast.anonymous_class, version=newer)
    with pytest.raises(AlreadySet):
        use(cast.teacher, assignment)


def test_other_classes_keep_theirs(cast, assignment, named_assignment, newer):
    Assignment.objects.filter(pk=named_assignment.pk).update(version=assignment.version)
    use(cast.teacher, assignment)
    assert version_of(named_assignment) != newer


def test_the_number_of_queries_does_not_grow(signed_in, cast, assignment, newer, url):
    client = signed_in(cast.teacher)
    for version in (version_of(assignment), newer):
        write_content(version, lesson_content())
    few = count_queries(client, url)
    write_content(newer, lesson_content(activities=lesson_content().activities * 15))
    for position in range(30):
        QuestionFactory(version=newer, position=20 + position)
        begin(assignment)
    assert count_queries(client, url) == few <= 26
