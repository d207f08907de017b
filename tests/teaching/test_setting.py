import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.library.models import Lesson, LessonVersion
from lessons.teaching import queries, services
from lessons.teaching.enums import ForWhom, Way
from lessons.teaching.errors import AlreadySet, Archived, ClassArchived, NotAllowed, NotLive
from lessons.teaching.models import Assignment
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import Membership
from tests.factories import (
    LessonFactory,
    LessonVersionFactory,
    MembershipFactory,
    SchoolClassFactory,
    TopicFactory,
    make_live,
    retire,
)

from .conftest import count_queries

DAY = datetime.timedelta(days=1)
YESTERDAY = (timezone.localdate() - DAY).isoformat()


@pytest.fixture
def version(db) -> LessonVersion:
    return make_live(LessonVersionFactory(title="Ask first"))


@pytest.fixture
def url(version) -> str:
    return reverse("teaching:assignment-create", args=[version.lesson.slug])


def data(*classes, **other) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "classes": [school_class.pk for school_class in classes],
        "opens_on": today,
        "due_on": today + 7 * DAY,
        "way": Way.DEVICES,
        "for_whom": ForWhom.CLASS,
        **other,
    }


def test_a_teacher_sets_a_lesson_and_lands_on_the_class(signed_in, cast, url, version):
    page = signed_in(cast.teacher).post(url, data(cast.anonymous_class))
    assert page.url == f"/teach/classes/{cast.anonymous_class.pk}/"
    made = Assignment.objects.get()
    assert (made.version, made.set_by, made.way) == (version, cast.teacher, Way.DEVICES)


def test_several_classes_are_set_in_one_go(signed_in, cast, url):
    assert signed_in(cast.lead).post(url, data(cast.anonymous_class, cast.named_class)).url == "/teach/"
    assert Assignment.objects.count() == 2


def test_somebody_at_two_schools_may_choose_classes_of_both(signed_in, cast, url):
    both = Membership.objects.create(user=cast.teacher.user, school=cast.southfield, role=Role.LEAD)
    signed_in(cast.teacher).post(url, data(cast.anonymous_class, cast.southfield_class))
    made = Assignment.objects.get(school_class=cast.southfield_class)
    assert made.set_by == both
    assert Assignment.objects.get(school_class=cast.anonymous_class).set_by == cast.teacher


def test_the_form_offers_a_week_from_today_and_the_class_that_was_asked_for(signed_in, cast, url):
    page = signed_in(cast.teacher).get(f"{url}?class={cast.named_class.pk}")
    form = page.context["form"]
    assert form.initial["classes"] == [cast.named_class.pk]
    assert form.initial["opens_on"] == timezone.localdate()
    assert form.initial["due_on"] == timezone.localdate() + 7 * DAY
    assert form.initial["way"] == Way.DEVICES


def test_a_class_younger_than_nine_does_it_together_by_default(signed_in, cast, url):
    young = SchoolClassFactory(school=cast.northfield, age_from=7, age_to=8, teachers=[cast.teacher])
    page = signed_in(cast.teacher).get(f"{url}?class={young.pk}")
    assert page.context["form"].initial["way"] == Way.TOGETHER


def test_a_class_of_another_school_or_colleague_cannot_be_asked_for(signed_in, cast, url):
    client = signed_in(cast.colleague)
    assert client.get(f"{url}?class={cast.southfield_class.pk}").status_code == 404
    assert client.get(f"{url}?class={cast.named_class.pk}").status_code == 403
    for nonsense in ("x", "-1", "9" * 40, "²"):
        assert client.get(url, {"class": nonsense}).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_other_peoples_classes_are_refused_in_the_form(signed_in, cast, url, who):
    page = signed_in(getattr(cast, who)).post(url, data(cast.anonymous_class))
    assert page.status_code == 400
    assert page.context["form"].errors["classes"] == ["Choose from your own classes, which are the ones below."]
    assert not Assignment.objects.exists()


def test_the_service_refuses_them_too(cast, version):
    with pytest.raises(NotAllowed):
        set_it(cast.outsider.user, version.lesson, cast.anonymous_class)


def set_it(user, lesson: Lesson, *classes, **other) -> list[Assignment]:
    days = {name: data()[name] for name in ("opens_on", "due_on", "way")}
    return services.set_lesson(actor=user, lesson=lesson, **{**days, "classes": list(classes), **other})


def test_editors_without_a_school_are_refused_and_visitors_sign_in(signed_in, client, cast, url):
    assert signed_in(cast.editor).get(url).status_code == 403
    assert client.get(url).status_code == 302
    assert signed_in(cast.teacher).put(url).status_code == 405


def test_only_a_live_lesson_can_be_set(signed_in, cast, version):
    draft = LessonVersionFactory()
    url = reverse("teaching:assignment-create", args=[draft.lesson.slug])
    assert signed_in(cast.teacher).get(url).status_code == 404
    assert signed_in(cast.teacher).post(url, data(cast.anonymous_class)).status_code == 404
    with pytest.raises(NotLive):
        set_it(cast.teacher.user, draft.lesson, cast.anonymous_class)


def test_the_assignment_keeps_its_version_when_a_newer_one_is_published(cast, version):
    (made,) = set_it(cast.teacher.user, version.lesson, cast.anonymous_class)
    retire(version)
    make_live(LessonVersionFactory(lesson=version.lesson, number=2))
    made.refresh_from_db()
    assert made.version == version


def test_a_class_under_the_topics_least_age_is_refused(signed_in, cast):
    version = make_live(LessonVersionFactory(lesson=LessonFactory(topic=TopicFactory(slug="older", least_age=14))))
    url = reverse("teaching:assignment-create", args=[version.lesson.slug])
    page = signed_in(cast.teacher).post(url, data(cast.anonymous_class, all_the_same="on"))
    assert page.status_code == 400
    assert "This lesson is for pupils of 14 and over, and 8A is younger." in page.text
    assert not Assignment.objects.exists()


def test_a_class_of_another_age_needs_a_tick(signed_in, cast, url):
    older = SchoolClassFactory(
        school=cast.northfield, name="11C", age_from=15, age_to=16, teachers=[cast.teacher], mode=ClassMode.ANONYMOUS
    )
    client = signed_in(cast.teacher)
    page = client.post(url, data(older))
    assert page.status_code == 400
    assert "The lesson is written for ages 11–14; 11C has ages 15–16." in page.text
    assert not Assignment.objects.exists()
    assert client.post(url, data(older, all_the_same="on")).status_code == 302


def test_a_lesson_that_is_open_for_one_class_is_set_for_none(signed_in, cast, url, version):
    set_it(cast.teacher.user, version.lesson, cast.named_class)
    due = (timezone.localdate() + datetime.timedelta(days=60)).isoformat()
    page = signed_in(cast.teacher).post(url, data(cast.anonymous_class, cast.named_class, due_on=due))
    assert page.status_code == 409
    assert "8B already has this lesson" in page.text
    assert f'value="{due}"' in page.text
    assert page.text.count("checked") >= 3
    assert Assignment.objects.count() == 1


def test_an_older_version_that_is_still_open_counts_too(cast, version):
    set_it(cast.teacher.user, version.lesson, cast.anonymous_class)
    retire(version)
    make_live(LessonVersionFactory(lesson=version.lesson, number=2))
    with pytest.raises(AlreadySet):
        set_it(cast.teacher.user, version.lesson, cast.anonymous_class)


def test_a_closed_lesson_can_be_set_again(cast, version):
    (made,) = set_it(cast.teacher.user, version.lesson, cast.anonymous_class)
    services.close_assignment(actor=cast.teacher, assignment=made)
    set_it(cast.teacher.user, version.lesson, cast.anonymous_class)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"classes": []}, "Choose at least one class."),
        ({"due_on": YESTERDAY}, "The lesson cannot be due before it opens."),
        ({"opens_on": "0001-01-01"}, "Choose a day within the last year or the next two."),
        ({"due_on": "9999-12-31"}, "Choose a day within the last year or the next two."),
        ({"opens_on": "soon"}, "Give a date"),
        ({"due_on": ""}, "Give a date"),
        ({"way": "by post"}, "Choose one of the two ways."),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_keeps_what_was_typed(signed_in, cast, url, change, sentence):
    page = signed_in(cast.teacher).post(url, data(cast.anonymous_class, **change))
    assert page.status_code == 400
    assert sentence in page.text
    assert not Assignment.objects.exists()


def test_without_a_class_the_page_says_what_to_do_first(signed_in, cast, url):
    page = signed_in(cast.colleague).get(url)
    assert "Make a class first" in page.text
    assert reverse("schools:class-create") in page.text


def test_it_takes_the_same_queries_for_1_and_30_classes(signed_in, cast, url):
    person = MembershipFactory(school=cast.northfield)
    SchoolClassFactory(school=cast.northfield, teachers=[person])
    client = signed_in(person)
    few = count_queries(client, url)
    for _ in range(29):
        SchoolClassFactory(school=cast.northfield, teachers=[person])
    assert count_queries(client, url) == few <= 15


def test_a_lesson_that_was_taken_down_says_so_and_names_others(signed_in, cast, version, url):
    same_topic = make_live(LessonVersionFactory(title="Ask again"))
    other_age = make_live(LessonVersionFactory(title="For others", lesson__band__slug="14-16"))
    retire(version)
    for page in (signed_in(cast.teacher).get(url), signed_in(cast.teacher).post(url, data(cast.anonymous_class))):
        assert page.status_code == 410
        assert "Ask first" in page.text
        assert "The editors have taken it down." in page.text
        assert reverse("teaching:assignment-create", args=[same_topic.lesson.slug]) in page.text
        assert other_age.title not in page.text
    assert not Assignment.objects.exists()


def test_an_archived_lesson_cannot_be_set_and_says_so(signed_in, cast, version, url):
    Lesson.objects.filter(pk=version.lesson.pk).update(archived_at=timezone.now())
    page = signed_in(cast.teacher).get(url)
    assert page.status_code == 410
    assert "The editors have put it into the archive" in page.text
    with pytest.raises(Archived):
        set_it(cast.teacher.user, version.lesson, cast.anonymous_class)


def test_a_class_of_a_past_year_is_not_offered_and_refused(signed_in, cast, url, version):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    client = signed_in(cast.teacher)
    assert "8A, ages" not in client.get(url).text
    assert client.post(url, data(cast.anonymous_class)).status_code == 400
    with pytest.raises(ClassArchived):
        set_it(cast.teacher.user, version.lesson, cast.anonymous_class)


def test_a_class_that_becomes_one_of_a_past_year_while_the_page_is_open_is_a_sentence(
    signed_in, cast, url, monkeypatch
):
    offered = list(queries.settable_classes(cast.teacher.user))
    monkeypatch.setattr(queries, "settable_classes", lambda user: offered)
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    page = signed_in(cast.teacher).post(url, data(cast.anonymous_class))
    assert page.status_code == 409
    assert "8A is a class of a past year" in page.text
