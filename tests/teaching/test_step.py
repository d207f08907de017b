import datetime

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.enums import NOBODY, ActivityKind, LessonSectionKind, QuestionKind
from lessons.library.models import LessonSection, QuestionOption, VocabularyTerm
from lessons.teaching.enums import Moment, Way
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import Step, StepKind, steps_of
from tests.factories import ActivityFactory, AssignmentFactory, FindingFactory, HelpServiceFactory, QuestionFactory

from .conftest import count_queries, step_url

CLOSED = "Your teacher has closed this lesson"


@pytest.fixture
def steps(assignment: Assignment) -> tuple[Step, ...]:
    LessonSection.objects.create(version=assignment.version, kind=LessonSectionKind.STARTER, body="<p>Think.</p>")
    return steps_of(assignment.version)


@pytest.fixture
def pupil(join, cast, assignment, steps) -> Client:
    return join(cast.anonymous_class)


def first_of(steps: tuple[Step, ...], kind: StepKind) -> Step:
    return next(step for step in steps if step.kind == kind)


def answer(step: Step, index: int = 0) -> dict[str, int]:
    assert step.question
    return {"choice": step.question.options[index].pk}


def body_for(step: Step) -> dict[str, int]:
    return answer(step) if step.question else {"next": 1}


def go_to(client: Client, assignment: Assignment, steps: tuple[Step, ...], number: int) -> None:
    """Leave every step before `number` behind."""
    for step in steps[: number - 1]:
        client.post(step_url(assignment, step.number), body_for(step))


def counted() -> dict[tuple[int, str], int]:
    return {(row.option_id, row.moment): row.count for row in AnswerCount.objects.filter(count__gt=0)}


def test_the_whole_way_through_counts_each_answer_once_and_ends_with_help(pupil, assignment, steps):
    for step in steps[:-1]:
        page = pupil.get(step_url(assignment, step.number))
        assert page.status_code == 200
        assert f"Step {step.number} of {len(steps)}" in page.text
        assert pupil.post(step_url(assignment, step.number), body_for(step)).status_code == 302
    done = pupil.get(step_url(assignment, len(steps)))
    assert "Well done" in done.text
    assert "Mx Lead" in done.text
    attempt = Attempt.objects.get()
    assert attempt.before_done
    assert attempt.finished_on == timezone.localdate()
    asked = [step for step in steps if step.question]
    assert counted() == {(step.question.options[0].pk, step.moment): 1 for step in asked}


def test_looking_writes_nothing_and_the_first_step_sent_makes_the_attempt(pupil, assignment):
    pupil.get(step_url(assignment, 1))
    assert not Attempt.objects.exists()
    assert pupil.post(step_url(assignment, 1), {"next": 1}).url == step_url(assignment, 2)
    assert Attempt.objects.get().position == 1


def test_a_step_ahead_leads_back_to_where_the_pupil_is_and_counts_nothing(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    for number in (before.number, len(steps), len(steps) + 5, 0):
        assert pupil.get(step_url(assignment, number)).url == step_url(assignment, 1)
        assert pupil.post(step_url(assignment, number), answer(before)).url == step_url(assignment, 1)
    assert not AnswerCount.objects.exists()


def test_an_answer_sent_twice_is_counted_once(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    for index in (0, 0, 1):
        page = pupil.post(step_url(assignment, before.number), answer(before, index))
        assert page.url == step_url(assignment, before.number + 1)
    assert counted() == {(before.question.options[0].pk, Moment.BEFORE): 1}


def test_a_question_that_was_answered_says_so_and_asks_no_more(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number + 1)
    page = pupil.get(step_url(assignment, before.number)).text
    assert "Your answer is counted already" in page
    assert 'type="radio"' not in page


def test_other_pages_can_be_looked_at_again(pupil, assignment, steps):
    starter = first_of(steps, StepKind.STARTER)
    go_to(pupil, assignment, steps, starter.number + 2)
    page = pupil.get(step_url(assignment, starter.number)).text
    assert "Think." in page
    assert step_url(assignment, starter.number + 1) in page
    assert "Go to where I was" in page


@pytest.mark.parametrize("data", [{}, {"choice": ""}, {"choice": "x"}, {"choice": "999999"}, {"next": "1"}])
def test_no_answer_is_a_sentence_and_the_page_stays(pupil, assignment, steps, data):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    page = pupil.post(step_url(assignment, before.number), data)
    assert page.status_code == 400
    assert "Choose one" in page.text
    assert not AnswerCount.objects.exists()
    assert Attempt.objects.get().position == before.number - 1


def test_another_questions_option_is_refused(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    stranger = QuestionFactory()
    page = pupil.post(step_url(assignment, before.number), {"choice": stranger.options.first().pk})
    assert page.status_code == 400
    assert not AnswerCount.objects.exists()


def test_the_before_check_gives_nothing_away(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    page = pupil.post(step_url(assignment, before.number), answer(before, 1), follow=True)
    assert "Feedback on" not in page.text
    assert "Feedback on" not in pupil.get(step_url(assignment, before.number)).text


def test_after_the_lesson_the_chosen_option_is_answered_and_next_leads_on(pupil, assignment, steps):
    after = first_of(steps, StepKind.AFTER)
    go_to(pupil, assignment, steps, after.number)
    url = step_url(assignment, after.number)
    assert pupil.post(url, answer(after, 1)).url == url
    page = pupil.get(url).text
    assert "Feedback on share it." in page
    assert "The answer to remember: <strong>Ask first</strong>" in page
    assert pupil.post(url, answer(after, 1)).url == url, "A double press must not skip the feedback."
    assert "Feedback on share it." in pupil.get(url).text
    assert pupil.post(url, {"read": "1"}).url == step_url(assignment, after.number + 1)
    assert "Feedback on" not in pupil.get(url).text
    assert not pupil.cookies["answer"].value
    assert counted()[(after.question.options[1].pk, Moment.AFTER)] == 1


def test_the_order_of_the_counts_does_not_say_what_the_first_pupil_chose(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    pupil.post(step_url(assignment, before.number), answer(before, 2))
    rows = AnswerCount.objects.order_by("pk").values_list("option", "count")
    assert list(rows) == [(option.pk, int(n == 2)) for n, option in enumerate(before.question.options)]


def test_no_session_holds_what_somebody_answered(pupil, assignment, steps):
    worry = steps[-2]
    go_to(pupil, assignment, steps, worry.number)
    before = dict(pupil.session["pupil"])
    pupil.post(step_url(assignment, worry.number), answer(worry, 2))
    assert pupil.session["pupil"] == before
    kept = pupil.cookies["answer"]
    assert kept["httponly"]
    assert kept["path"] == "/join/lessons/"
    assert str(worry.question.options[2].pk) not in kept.value.split("."), "Nobody else can read it there either."


def test_the_next_child_on_a_device_does_not_see_the_feedback_of_the_last(pupil, assignment, steps, join):
    worry = steps[-2]
    go_to(pupil, assignment, steps, worry.number)
    pupil.post(step_url(assignment, worry.number), answer(worry, 2))
    join(assignment.school_class, client=pupil)
    go_to(pupil, assignment, steps, worry.number)
    assert "nobody will come" not in pupil.get(step_url(assignment, worry.number)).text


def test_who_says_they_are_worried_is_told_whom_to_go_to(pupil, assignment, steps):
    HelpServiceFactory(name="Somebody who listens")
    worry = steps[-2]
    assert worry.question
    assert worry.question.kind == QuestionKind.WORRY
    go_to(pupil, assignment, steps, worry.number)
    page = pupil.post(step_url(assignment, worry.number), answer(worry, 2), follow=True).text
    assert "nobody will come to you by themselves" in page
    assert "Mx Lead" in page
    assert "Somebody who listens" in page
    assert NOBODY not in page


def test_who_feels_fine_is_not_sent_for_help(pupil, assignment, steps):
    worry = steps[-2]
    go_to(pupil, assignment, steps, worry.number)
    page = pupil.post(step_url(assignment, worry.number), answer(worry, 0), follow=True).text
    assert "Good to know" in page
    assert "nobody will come" not in page


def test_a_scenario_answers_at_once_keeps_what_was_tried_and_stores_nothing(pupil, assignment, steps):
    scenario = next(s for s in steps if s.activity and s.activity.kind == ActivityKind.SCENARIO)
    go_to(pupil, assignment, steps, scenario.number)
    first, second = scenario.activity.items
    url = step_url(assignment, scenario.number)
    page = pupil.post(url, {"choice": second.pk}).text
    assert "Because 2." in page
    assert "Not yet: something else helps more" in page
    assert "Because 1." not in page
    page = pupil.post(url, {"choice": first.pk, "tried": [second.pk]}).text
    assert "Because 1." in page
    assert "Because 2." in page
    assert Attempt.objects.get().position == scenario.number - 1
    assert not AnswerCount.objects.filter(moment=Moment.AFTER).exists()
    assert pupil.post(url, {"next": 1}).url == step_url(assignment, scenario.number + 1)


def test_a_sort_says_in_words_where_each_card_goes(pupil, assignment, steps):
    sort = next(s for s in steps if s.activity and s.activity.kind == ActivityKind.SORT)
    go_to(pupil, assignment, steps, sort.number)
    first, second = sort.activity.items
    url = step_url(assignment, sort.number)
    page = pupil.post(url, {f"card_{first.pk}": "Ask", f"card_{second.pk}": "Ask"}).text
    assert "Yes: Ask" in page
    assert "This one goes with: No need to ask" in page
    part = pupil.post(url, {f"card_{first.pk}": "Ask"})
    assert part.status_code == 200
    assert "This one goes with" not in part.text
    for wrong in ({}, {f"card_{first.pk}": "Elsewhere"}):
        assert pupil.post(url, wrong).status_code == 400
    assert Attempt.objects.get().position == sort.number - 1


@pytest.mark.parametrize("data", [{"choice": "0"}, {"choice": "x"}, {}, {"choice": "1", "tried": "x"}])
def test_a_card_that_is_not_there_is_a_sentence(pupil, assignment, steps, data):
    scenario = next(s for s in steps if s.activity and s.activity.kind == ActivityKind.SCENARIO)
    go_to(pupil, assignment, steps, scenario.number)
    page = pupil.post(step_url(assignment, scenario.number), data)
    assert page.status_code == 400
    assert "Choose one of the cards" in page.text


def test_a_lesson_closed_half_way_is_gone_and_counts_nothing_more(pupil, assignment, steps):
    before = first_of(steps, StepKind.BEFORE)
    go_to(pupil, assignment, steps, before.number)
    Assignment.objects.update(closed_at=timezone.now())
    for page in (pupil.get(step_url(assignment, 2)), pupil.post(step_url(assignment, before.number), answer(before))):
        assert page.status_code == 410
        assert CLOSED in page.text
    assert not AnswerCount.objects.exists()


def test_a_lesson_closed_between_the_look_and_the_count_counts_nothing(pupil, assignment, steps, monkeypatch):
    monkeypatch.setattr(Assignment, "is_closed", property(lambda self: False))
    real = Assignment.is_open
    answers = iter([True])
    monkeypatch.setattr(Assignment, "is_open", lambda self, on: next(answers, None) or real(self, on))
    Assignment.objects.update(opens_on=timezone.localdate() + datetime.timedelta(days=1), due_on="2099-01-01")
    page = pupil.post(step_url(assignment, 1), {"next": 1})
    assert page.status_code == 410
    assert not Attempt.objects.exists()


def test_a_lesson_that_is_not_open_yet_says_so(pupil, assignment):
    Assignment.objects.update(opens_on=assignment.due_on)
    page = pupil.get(step_url(assignment, 1))
    assert page.status_code == 404
    assert "not open yet" in page.text


def test_lessons_of_other_classes_and_lessons_done_together_are_not_found(pupil, cast):
    for other in (
        AssignmentFactory(school_class=cast.southfield_class),
        AssignmentFactory(school_class=cast.anonymous_class, way=Way.TOGETHER),
    ):
        assert pupil.get(step_url(other, 1)).status_code == 404
        assert pupil.post(step_url(other, 1), {"next": 1}).status_code == 404
    assert not Attempt.objects.exists()


def test_two_pupils_of_a_named_class_have_an_attempt_each_and_counts_together(join, cast, named_assignment):
    steps = steps_of(named_assignment.version)
    before = first_of(steps, StepKind.BEFORE)
    for who in (cast.ada, cast.bo):
        go_to(join(cast.named_class, who), named_assignment, steps, before.number + 1)
    assert set(Attempt.objects.values_list("pupil", flat=True)) == {cast.ada.pk, cast.bo.pk}
    assert counted() == {(before.question.options[0].pk, Moment.BEFORE): 2}


def test_a_named_pupil_goes_on_where_they_were_on_another_device(join, cast, named_assignment):
    steps = steps_of(named_assignment.version)
    go_to(join(cast.named_class, cast.ada), named_assignment, steps, 3)
    assert join(cast.named_class, cast.ada).get(step_url(named_assignment, 9)).url == step_url(named_assignment, 3)


def test_findings_and_teachers_words_are_never_shown(pupil, assignment, steps):
    assignment.version.findings.add(FindingFactory(statement="28 of the 33 countries", figures="28 of 33"))
    LessonSection.objects.create(version=assignment.version, kind=LessonSectionKind.SCRIPT, body="<p>Say this.</p>")
    for step in steps:
        page = pupil.get(step_url(assignment, step.number), follow=True).text
        for secret in ("28 of", "Say this.", "Some think that a funny photo"):
            assert secret not in page
        pupil.post(step_url(assignment, step.number), body_for(step))


def test_every_page_has_help_and_a_way_out_and_the_words_of_the_lesson(pupil, assignment, steps):
    VocabularyTerm.objects.create(version=assignment.version, term="permission", meaning="a clear yes")
    for step in steps:
        page = pupil.get(step_url(assignment, step.number)).text
        assert "/join/help/" in page
        assert "Leave this page now" in page
        assert ("a clear yes" in page) == (step.kind != StepKind.DONE)
        pupil.post(step_url(assignment, step.number), body_for(step))
        pupil.post(step_url(assignment, step.number))


def test_other_methods_are_refused(pupil, assignment):
    assert pupil.put(step_url(assignment, 1)).status_code == 405


def test_an_option_without_feedback_leads_straight_on(pupil, assignment):
    QuestionOption.objects.update(feedback="")
    steps = steps_of(Assignment.objects.get(pk=assignment.pk).version)
    after = first_of(steps, StepKind.AFTER)
    go_to(pupil, assignment, steps, after.number)
    page = pupil.post(step_url(assignment, after.number), answer(after))
    assert page.url == step_url(assignment, after.number + 1)


def test_the_pages_take_the_same_queries_however_long_the_lesson_is(join, cast):
    counts = []
    for length in (1, 30):
        assignment = AssignmentFactory(school_class=cast.anonymous_class)
        assignment.version.questions.all().delete()
        assignment.version.activities.all().delete()
        for position in range(length):
            QuestionFactory(version=assignment.version, position=position)
            ActivityFactory(version=assignment.version, position=position, kind=ActivityKind.SORT)
        steps = steps_of(assignment.version)
        client = join(cast.anonymous_class)
        of_kind = {}
        for kind in (StepKind.INTRO, StepKind.BEFORE, StepKind.ACTIVITY, StepKind.AFTER, StepKind.DONE):
            number = first_of(steps, kind).number
            go_to(client, assignment, steps, number)
            of_kind[kind] = count_queries(client, step_url(assignment, number))
        counts.append(of_kind)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 15
