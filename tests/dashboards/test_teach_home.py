import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lessons.dashboards.queries.suggestions import suggestions
from lessons.library.enums import QuestionKind
from lessons.teaching.enums import ForWhom, Moment, Way
from lessons.teaching.models import Assignment
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import SchoolClass
from tests.factories import (
    LessonVersionFactory,
    MembershipFactory,
    PupilGroupFactory,
    SchoolClassFactory,
    TopicFactory,
    make_live,
)

from .builders import answer, begin, next_version, set_lesson, teach, today

URL = "/teach/"


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def needs(client):
    return client.get(URL).context["home"].needs


def test_the_teacher_sees_what_is_due_and_what_is_late(cast, signed_in):
    due = set_lesson(cast.anonymous_class, due=3)
    late = set_lesson(cast.named_class, due=-3)
    set_lesson(cast.named_class, due=30)

    home = signed_in(cast.teacher).get(URL).context["home"]

    assert [row.pk for row in home.this_week] == [due.pk]
    assert [row.pk for row in home.overdue] == [late.pk]


def test_a_lesson_is_one_step_from_the_board_once_the_lead_knows(cast, signed_in):
    ready = set_lesson(cast.anonymous_class, due=3)
    untold = set_lesson(
        cast.named_class,
        due=3,
        version=make_live(LessonVersionFactory(lesson__topic=TopicFactory(slug="untold", least_age=11))),
    )
    Assignment.objects.filter(pk=untold.pk).update(lead_told_at=None)

    html = page(signed_in(cast.teacher))

    assert reverse("teaching:present", kwargs={"pk": ready.pk}) in html
    assert reverse("teaching:present", kwargs={"pk": untold.pk}) not in html
    assert reverse("teaching:before", kwargs={"pk": untold.pk}) in html


def test_the_classes_stand_there_with_code_and_progress(cast, signed_in):
    begin(set_lesson(cast.anonymous_class), finished=True)

    html = page(signed_in(cast.teacher))

    assert cast.anonymous_class.code in html
    assert "1 of 1 lessons taught or done" in html


def test_a_code_that_has_run_out_says_so(cast, signed_in):
    cast.anonymous_class.code_expires_at = cast.anonymous_class.code_expires_at.replace(year=2020)
    cast.anonymous_class.save()

    assert "has run out" in page(signed_in(cast.teacher))


def test_a_colleague_without_classes_is_told_what_to_do_first(cast, signed_in):
    html = page(signed_in(cast.colleague))

    assert "Create your first class" in html
    assert "Find a lesson" in html
    assert cast.anonymous_class.code not in html


def test_a_lead_sees_every_class_of_the_school_and_none_of_another(cast, signed_in):
    html = page(signed_in(cast.lead))

    assert cast.named_class.code in html
    assert cast.southfield_class.code not in html


def test_the_school_is_named_only_for_somebody_with_several(cast, signed_in):
    assert "Southfield" not in page(signed_in(cast.outsider))
    second = MembershipFactory(user=cast.outsider.user, school=cast.northfield)
    SchoolClassFactory(school=cast.northfield, teachers=[second])

    html = page(signed_in(cast.outsider))

    assert "Southfield" in html
    assert "Northfield" in html


def test_somebody_of_no_school_is_told_why_not(cast, signed_in):
    response = signed_in(cast.editor).get(URL)

    assert response.status_code == 403
    assert "Your account belongs to no school yet" in response.content.decode()


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_the_home_is_for_reading_only(cast, signed_in):
    assert signed_in(cast.teacher).post(URL).status_code == 405


# --- what needs the teacher -----------------------------------------------


def test_few_have_started_two_days_before_a_lesson_is_due(cast, signed_in):
    set_lesson(cast.named_class, due=2)
    set_lesson(cast.named_class, due=3)

    (need,) = needs(signed_in(cast.teacher))

    assert need.sentence.startswith("Nobody has started")
    assert need.action == "code"


def test_half_of_a_named_class_is_enough(cast, signed_in):
    begin(set_lesson(cast.named_class, due=1), cast.ada)

    assert needs(signed_in(cast.teacher)) == []


@pytest.mark.parametrize(("now", "told"), [(2, True), (3, False)])
def test_an_anonymous_class_is_as_large_as_the_most_that_began_a_lesson(cast, signed_in, now, told):
    earlier = set_lesson(cast.anonymous_class, due=-20, closed=-15)
    for _ in range(6):
        begin(earlier)
    current = set_lesson(cast.anonymous_class, due=1)
    for _ in range(now):
        begin(current)

    found = needs(signed_in(cast.teacher))

    assert [need.sentence[:40] for need in found] == (["Few have started: 2 of about 6 have. Giv"] if told else [])


def test_a_closed_lesson_needs_nobody_to_start_it(cast, signed_in):
    set_lesson(cast.named_class, due=-2, closed=-1)

    assert needs(signed_in(cast.teacher)) == []


def test_a_lesson_to_be_taught_together_asks_for_its_record_on_the_day(cast, signed_in):
    set_lesson(cast.anonymous_class, due=1, way=Way.TOGETHER)
    assignment = set_lesson(cast.anonymous_class, due=0, way=Way.TOGETHER)

    (need,) = needs(signed_in(cast.teacher))
    assert (need.row.pk, need.action) == (assignment.pk, "delivery")

    teach(assignment)
    assert needs(signed_in(cast.teacher)) == []


@pytest.mark.parametrize(
    ("counts", "closed", "told"),
    [
        ((2, 3, 0), None, True),
        ((3, 2, 0), None, False),
        ((1, 1, 0), None, False),  # fewer than five answered
        ((0, 0, 5), -13, True),
        ((0, 0, 5), -15, False),
    ],
)
def test_a_question_that_most_got_wrong_after_the_lesson(cast, signed_in, counts, closed, told):
    assignment = set_lesson(cast.anonymous_class, due=-20, closed=closed)
    for _ in range(6):
        begin(assignment)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, *counts)
    answer(assignment, QuestionKind.KNOWLEDGE, Moment.BEFORE, 0, 50, 50)

    found = needs(signed_in(cast.teacher))

    assert [need.action for need in found] == (["wrong"] if told else [])
    assert all("wrong after the lesson" in need.sentence for need in found)


@pytest.mark.parametrize(
    ("closed", "worried", "told"), [(None, 40, False), (-1, 4, False), (-1, 5, True), (-1, 40, True), (-15, 40, False)]
)
def test_worry_is_told_of_a_closed_lesson_that_five_answered_and_without_a_number(
    cast, signed_in, closed, worried, told
):
    assignment = set_lesson(cast.anonymous_class, due=9, closed=closed)
    answer(assignment, QuestionKind.WORRY, Moment.AFTER, 0, 0, worried)

    found = needs(signed_in(cast.teacher))

    assert [need.action for need in found] == (["worry"] if told else [])
    assert not any(character.isdigit() for need in found for character in need.sentence)


def for_eleven_and_over(school_class, **fields):
    topic = TopicFactory(slug="blackmail", least_age=11)
    return set_lesson(school_class, version=make_live(LessonVersionFactory(lesson__topic=topic)), **fields)


@pytest.mark.parametrize(
    ("opens", "sentence"),
    [(4, ""), (3, "It opens in 3 days, and"), (0, "It opens today, and"), (-2, "It opened 2 days ago, and")],
)
def test_the_lead_is_to_know_before_a_lesson_for_eleven_and_over_opens(cast, signed_in, opens, sentence):
    assignment = for_eleven_and_over(cast.anonymous_class, opens=opens, due=9)

    found = needs(signed_in(cast.teacher))

    assert [need.action for need in found] == (["lead"] if sentence else [])
    assert all(need.sentence.startswith(sentence) for need in found)
    assert all(need.url == f"/teach/assignments/{assignment.pk}/before/" for need in found)


def test_a_lesson_that_waits_for_the_lead_asks_for_nothing_else(cast, signed_in):
    assignment = for_eleven_and_over(cast.anonymous_class, due=0)
    together = for_eleven_and_over(cast.named_class, due=0, way=Way.TOGETHER)
    client = signed_in(cast.teacher)
    assert [need.action for need in needs(client)] == ["lead", "lead"]

    for told in (assignment, together):
        told.lead_told_at = timezone.now()
        told.save()
    assert [need.action for need in needs(client)] == ["code", "delivery"]


def test_a_newer_version_is_offered_while_nobody_has_begun(cast, signed_in):
    assignment = set_lesson(cast.anonymous_class, due=30)
    next_version(assignment.version)
    client = signed_in(cast.teacher)

    (need,) = needs(client)
    assert need.action == "newer"
    assert need.sentence == "Version 2 is live. The class has version 1; nobody has begun."
    assert need.url == f"/teach/assignments/{assignment.pk}/newer/"

    begin(assignment)
    assert needs(client) == []


@pytest.mark.parametrize(("weeks", "told"), [(5, False), (6, True), (12, True), (13, False)])
def test_a_later_check_is_due_six_to_twelve_weeks_after_the_lesson_was_closed(cast, signed_in, weeks, told):
    assignment, nobody_did_it = (set_lesson(cast.anonymous_class, opens=-200, due=-190) for _ in range(2))
    begin(assignment, finished=True)
    noon = datetime.datetime.combine(today(-7 * weeks), datetime.time(12))
    Assignment.objects.filter(pk__in=[assignment.pk, nobody_did_it.pk]).update(closed_at=timezone.make_aware(noon))
    client = signed_in(cast.teacher)

    assert [need.action for need in needs(client)] == (["later"] if told else [])

    set_lesson(cast.anonymous_class, version=assignment.version, later_of=assignment, due=30)
    assert needs(client) == []


def test_a_worried_class_stands_before_every_date(cast, signed_in):
    set_lesson(cast.named_class, due=1)
    answer(set_lesson(cast.anonymous_class, due=-2, closed=-1), QuestionKind.WORRY, Moment.AFTER, 0, 0, 9)

    assert [need.action for need in needs(signed_in(cast.teacher))] == ["worry", "code"]


def test_many_needs_are_folded_after_the_first_eight(cast, signed_in):
    for _ in range(9):
        set_lesson(cast.named_class, due=1)

    html = page(signed_in(cast.teacher))

    assert html.count("Nobody has started. Give") == 9
    assert "<summary>1 more</summary>" in html


# --- the week, and what might come next -------------------------------------


def test_the_week_holds_what_opens_in_it_as_well(cast, signed_in):
    opens = set_lesson(cast.anonymous_class, opens=7, due=20)
    set_lesson(cast.anonymous_class, opens=8, due=20)

    home = signed_in(cast.teacher).get(URL).context["home"]

    assert [row.pk for row in home.this_week] == [opens.pk]
    assert home.overdue == []


def test_each_class_has_its_first_suggestion_the_same_as_where_lessons_are_found(cast, signed_in):
    make_live(LessonVersionFactory(title="The funny photo"))
    client = signed_in(cast.teacher)

    html = page(client)
    assert "Not yet covered: Image sharing" in html
    assert f"/teach/find/?class={cast.named_class.pk}" in html

    card = next(card for card in client.get(URL).context["home"].classes if card.pk == cast.named_class.pk)
    assert card.suggestion == suggestions(cast.named_class)[0]


def test_a_later_check_counts_as_no_lesson_of_the_class(cast, signed_in):
    first = set_lesson(cast.anonymous_class, closed=-1)
    set_lesson(cast.anonymous_class, version=first.version, later_of=first, due=3)

    home = signed_in(cast.teacher).get(URL).context["home"]

    card = next(card for card in home.classes if card.pk == cast.anonymous_class.pk)
    assert (card.set_count, card.open_count) == (1, 0)
    assert [row.title[:13] for row in home.this_week] == ["Later check: "]


def test_an_archived_class_has_left_the_home(cast, signed_in):
    set_lesson(cast.anonymous_class, due=-3)
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()

    home = signed_in(cast.teacher).get(URL).context["home"]

    assert [card.name for card in home.classes] == ["8B"]
    assert home.overdue == home.needs == []


def test_what_a_class_had_before_it_moved_up_is_not_suggested_again_and_not_counted(cast, signed_in):
    before = SchoolClassFactory(school=cast.northfield, name="7A", teachers=[cast.teacher], archived_at=timezone.now())
    set_lesson(before, due=-3)
    SchoolClass.objects.filter(pk=cast.anonymous_class.pk).update(previous=before)

    home = signed_in(cast.teacher).get(URL).context["home"]

    card = next(card for card in home.classes if card.pk == cast.anonymous_class.pk)
    assert (card.set_count, card.suggestion) == (0, None)
    assert home.overdue == []


def test_the_number_of_new_notices_stands_at_the_top(cast, signed_in):
    set_lesson(cast.anonymous_class, due=1)

    assert "(1 new)" in page(signed_in(cast.teacher))


def test_one_or_thirty_of_everything_take_the_same_queries(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    def add(school_class, number):
        version = make_live(LessonVersionFactory(lesson__topic=TopicFactory(slug=f"topic-{number}")))
        assignment = set_lesson(school_class, due=1, version=version)
        begin(assignment)
        answer(assignment, QuestionKind.KNOWLEDGE, Moment.AFTER, 0, 9)
        group = PupilGroupFactory(school_class=school_class)
        set_lesson(school_class, due=2, for_whom=ForWhom.GROUPS).groups.add(group)
        teach(set_lesson(school_class, due=-1))
        done = set_lesson(school_class, opens=-90, due=-80, closed=-60)
        begin(done, finished=True)

    add(cast.named_class, 0)
    few = count()
    for number in range(30):
        add(SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher], mode=ClassMode.NAMED), number)

    assert count() == few <= 12


def test_a_person_who_leads_one_school_and_teaches_at_another_sees_the_classes_of_both(cast, signed_in):
    MembershipFactory(user=cast.outsider.user, school=cast.northfield, role=Role.LEAD)

    html = page(signed_in(cast.outsider))

    assert reverse("dashboards:class-detail", args=[cast.named_class.pk]) in html
    assert reverse("dashboards:class-detail", args=[cast.southfield_class.pk]) in html
