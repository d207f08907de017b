import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import rules, services
from lessons.teaching.errors import ClassArchived, LeadNotTold, NotAllowed
from lessons.teaching.models import Assignment, Delivery
from tests.factories import AssignmentFactory, LessonFactory, LessonVersionFactory, TopicFactory, make_live


@pytest.fixture
def older(cast) -> Assignment:
    """Of a topic of 11 and over."""
    version = make_live(LessonVersionFactory(lesson=LessonFactory(topic=TopicFactory(slug="older", least_age=11))))
    return AssignmentFactory(school_class=cast.anonymous_class, version=version)


@pytest.mark.parametrize(("least_age", "needed"), [(5, False), (10, False), (11, True), (14, True)])
def test_the_lead_knows_of_topics_of_11_and_over(least_age, needed):
    assert rules.needs_lead(TopicFactory.build(least_age=least_age)) is needed


def test_a_class_can_be_taught_it_once_the_lead_knows(cast, older):
    assert not rules.is_ready(older)
    services.tell_lead(actor=cast.teacher, assignment=older)
    older.refresh_from_db()
    assert rules.is_ready(older)
    assert older.lead_told_by == cast.teacher


def test_said_twice_the_first_time_stands(cast, older):
    services.tell_lead(actor=cast.teacher, assignment=older)
    first = Assignment.objects.get().lead_told_at
    services.tell_lead(actor=cast.lead, assignment=older)
    kept = Assignment.objects.get()
    assert (kept.lead_told_at, kept.lead_told_by) == (first, cast.teacher)


def test_a_younger_topic_is_ready_at_once(assignment):
    assert rules.is_ready(assignment)


def test_others_cannot_say_it(cast, older):
    for who in (cast.colleague, cast.outsider):
        with pytest.raises(NotAllowed):
            services.tell_lead(actor=who, assignment=older)


def test_nothing_is_changed_in_a_class_of_a_past_year(cast, older):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    with pytest.raises(ClassArchived, match="8A is a class of a past year"):
        services.tell_lead(actor=cast.lead, assignment=older)


def test_that_it_was_taught_is_recorded_only_once_the_lead_knows(signed_in, cast, older):
    client, url = signed_in(cast.teacher), reverse("teaching:delivery-create", args=[older.pk])
    assert reverse("teaching:before", args=[older.pk]) in client.get(url).text
    sent = {"taught_on": timezone.localdate(), "pupils_present": 27}
    page = client.post(url, sent)
    assert page.status_code == 409
    assert LeadNotTold.sentence in page.text
    assert 'value="27"' in page.text
    assert not Delivery.objects.exists()
    services.tell_lead(actor=cast.teacher, assignment=older)
    assert client.post(url, sent).status_code == 302
