"""A lesson for the whole class, for groups of it or for some pupils."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.audience import Audience
from lessons.teaching.enums import ForWhom
from lessons.teaching.errors import LeavesOutBegun, NotOfTheClass
from lessons.teaching.models import Assignment, Attempt
from safeguarding.schools.models import PupilGroup
from tests.factories import LessonVersionFactory, PupilFactory, PupilGroupFactory, make_live


@pytest.fixture
def group(cast) -> PupilGroup:
    return PupilGroupFactory(school_class=cast.named_class, name="Readers", pupils=[cast.ada])


@pytest.fixture
def url(db) -> str:
    return reverse("teaching:assignment-create", args=[make_live(LessonVersionFactory()).lesson.slug])


def data(*classes, **other) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "classes": [school_class.pk for school_class in classes],
        "for_whom": "groups",
        "opens_on": today,
        "due_on": today + datetime.timedelta(days=7),
        "way": "devices",
        **other,
    }


def test_groups_are_chosen_on_a_second_page_that_keeps_what_was_typed(signed_in, cast, url, group):
    client = signed_in(cast.teacher)
    page = client.post(url, data(cast.named_class, note="Take your time."))
    assert page.status_code == 200
    assert "Choose whom it is for" in page.text
    assert "Readers" in page.text
    assert 'value="Take your time."' in page.text
    assert not Assignment.objects.exists()
    sent = data(cast.named_class, note="Take your time.", confirmed="yes", groups=[group.pk])
    assert client.post(url, sent).status_code == 302
    made = Assignment.objects.get()
    assert (made.for_whom, list(made.groups.all()), made.note) == (ForWhom.GROUPS, [group], "Take your time.")
    assert made in Assignment.objects.for_pupil(cast.ada)
    assert made not in Assignment.objects.for_pupil(cast.bo)


def test_pupils_are_chosen_in_the_same_way(signed_in, cast, url):
    client = signed_in(cast.teacher)
    assert "Ada" in client.post(url, data(cast.named_class, for_whom="pupils")).text
    client.post(url, data(cast.named_class, for_whom="pupils", confirmed="yes", pupils=[cast.bo.pk]))
    assert list(Assignment.objects.for_pupil(cast.bo)) == [Assignment.objects.get()]
    assert not Assignment.objects.for_pupil(cast.ada).exists()


def test_only_one_named_class_can_be_set_for_a_part(signed_in, cast, url, group):
    client = signed_in(cast.teacher)
    for classes in ([cast.anonymous_class], [cast.named_class, cast.anonymous_class]):
        page = client.post(url, data(*classes, confirmed="yes", groups=[group.pk]))
        assert page.status_code == 400
        assert "Choose that one class alone" in page.text
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("whom", ["groups", "pupils"])
def test_nobody_chosen_is_a_sentence(signed_in, cast, url, group, whom):
    page = signed_in(cast.teacher).post(url, data(cast.named_class, for_whom=whom, confirmed="yes"))
    assert page.status_code == 400
    assert "Nobody would have this lesson." in page.text
    assert not Assignment.objects.exists()


def test_a_group_without_pupils_is_nobody(signed_in, cast, url):
    empty = PupilGroupFactory(school_class=cast.named_class)
    page = signed_in(cast.teacher).post(url, data(cast.named_class, confirmed="yes", groups=[empty.pk]))
    assert page.status_code == 400
    assert "Nobody would have this lesson." in page.text
    assert not Assignment.objects.exists()


def test_a_class_without_groups_says_what_to_do_first(signed_in, cast, url):
    page = signed_in(cast.teacher).post(url, data(cast.named_class))
    assert "This class has no groups yet" in page.text


def test_those_of_another_class_are_refused(signed_in, cast, url):
    other = PupilGroupFactory(school_class=cast.southfield_class)
    PupilGroupFactory(school_class=cast.named_class, pupils=[cast.ada])
    page = signed_in(cast.teacher).post(url, data(cast.named_class, confirmed="yes", groups=[other.pk]))
    assert page.status_code == 400
    stranger = PupilFactory(school_class=cast.southfield_class)
    with pytest.raises(NotOfTheClass):
        services.set_lesson(
            actor=cast.teacher.user,
            lesson=make_live(LessonVersionFactory()).lesson,
            classes=[cast.named_class],
            opens_on=timezone.localdate(),
            due_on=timezone.localdate(),
            way="devices",
            audience=Audience(ForWhom.PUPILS, pupils=[stranger.pk]),
        )
    assert not Assignment.objects.exists()


def test_whom_it_is_for_is_changed_afterwards(signed_in, cast, named_assignment, group):
    client = signed_in(cast.teacher)
    edit = reverse("teaching:assignment-edit", args=[named_assignment.pk])
    assert "Readers" in client.get(edit).text
    days = {"opens_on": named_assignment.opens_on, "due_on": named_assignment.due_on}
    assert client.post(edit, {**days, "for_whom": "groups", "groups": [group.pk]}).status_code == 302
    assert not Assignment.objects.for_pupil(cast.bo).exists()
    assert client.post(edit, {**days, "for_whom": "groups"}).status_code == 400
    assert client.post(edit, {**days, "for_whom": "class"}).status_code == 302
    kept = Assignment.objects.get()
    assert (kept.for_whom, kept.groups.count()) == (ForWhom.CLASS, 0)


def test_nobody_who_has_begun_is_left_out(cast, named_assignment, group):
    Attempt.objects.create(assignment=named_assignment, pupil=cast.bo)
    change = {
        "actor": cast.teacher,
        "assignment": named_assignment,
        "opens_on": named_assignment.opens_on,
        "due_on": named_assignment.due_on,
        "note": "changed",
    }
    for audience in (Audience(ForWhom.GROUPS, groups=[group.pk]), Audience(ForWhom.PUPILS, pupils=[cast.ada.pk])):
        with pytest.raises(LeavesOutBegun):
            services.change_assignment(**change, audience=audience)
    kept = Assignment.objects.get()
    assert (kept.for_whom, kept.note, kept.groups.count(), kept.pupils.count()) == (ForWhom.CLASS, "", 0, 0)
    services.change_assignment(**change, audience=Audience(ForWhom.PUPILS, pupils=[cast.ada.pk, cast.bo.pk]))
    assert Assignment.objects.get().pupils.count() == 2


def test_an_anonymous_class_is_not_asked(signed_in, cast, assignment):
    page = signed_in(cast.teacher).get(reverse("teaching:assignment-edit", args=[assignment.pk]))
    assert "For whom" not in page.text
