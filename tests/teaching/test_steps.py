import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.library.enums import ActivityKind, LessonSectionKind, QuestionKind
from lessons.library.models import Activity, LessonSection, LessonVersion, Objective, Question
from lessons.teaching.steps import Step, StepKind, before_is_done, is_finished, steps_of
from tests.factories import ActivityFactory, LessonVersionFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def fresh(version: LessonVersion) -> LessonVersion:
    return LessonVersion.objects.get(pk=version.pk)


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.kind.value for step in steps]


def test_a_lesson_is_a_row_of_steps_with_worry_asked_after_only_and_last():
    version = LessonVersionFactory()
    worry = version.questions.get(kind=QuestionKind.WORRY)
    worry.position = 0
    worry.save()
    for kind in (LessonSectionKind.STARTER, LessonSectionKind.PLENARY):
        LessonSection.objects.create(version=version, kind=kind, body="<p>Read this.</p>")
    steps = steps_of(fresh(version))
    assert kinds(steps) == [
        "intro", "before", "before", "before", "starter", "activity", "activity", "activity",
        "plenary", "after", "after", "after", "after", "done",
    ]  # fmt: skip
    assert [step.number for step in steps] == list(range(1, 15))
    asked = [step.question.kind for step in steps if step.question]
    assert asked.index(QuestionKind.WORRY) == len(asked) - 1


def test_what_is_empty_makes_no_step():
    version = LessonVersionFactory(parts=False)
    LessonSection.objects.create(version=version, kind=LessonSectionKind.STARTER, body="")
    Activity.objects.create(version=version, kind=ActivityKind.DISCUSSION, title="Nothing to talk about")
    Question.objects.create(version=version, kind=QuestionKind.KNOWLEDGE, text="No options?")
    assert kinds(steps_of(fresh(version))) == ["intro", "done"]


def test_the_introduction_says_what_pupils_can_do_afterwards_and_the_lessons_own_ground_rules():
    version = LessonVersionFactory(parts=False)
    Objective.objects.create(version=version, learn="Ask first.", can="I can ask first.")
    LessonSection.objects.create(version=version, kind=LessonSectionKind.GROUND_RULES, body="<p>We are kind.</p>")
    intro = steps_of(fresh(version))[0]
    assert intro.lines == ("I can ask first.",)
    assert "We are kind." in intro.body


def test_teachers_sections_and_findings_are_in_no_step():
    version = LessonVersionFactory()
    for kind in LessonSectionKind:
        LessonSection.objects.create(version=version, kind=kind, body=f"<p>Body of {kind.label}.</p>")
    seen = " ".join(step.body for step in steps_of(fresh(version)))
    assert "Body of Script" not in seen
    assert "Body of Hard questions" not in seen
    assert "Body of Starter" in seen


def test_before_is_done_and_finished_follow_from_the_position():
    steps = steps_of(fresh(LessonVersionFactory()))
    last_before = max(step.number for step in steps if step.kind == StepKind.BEFORE)
    assert [before_is_done(steps, position) for position in (0, last_before - 1, last_before)] == [False, False, True]
    assert not is_finished(steps, len(steps) - 2)
    assert is_finished(steps, len(steps) - 1)


def test_nothing_is_fed_back_before_the_lesson_and_worry_always_is_after():
    steps = steps_of(fresh(LessonVersionFactory()))
    for step in steps:
        if step.question:
            option = step.question.options[0]
            assert step.feedback_on(option) == (step.kind == StepKind.AFTER)


def test_the_groups_of_a_sort_are_those_that_its_cards_name_in_order():
    version = LessonVersionFactory(parts=False)
    ActivityFactory(version=version, kind=ActivityKind.SORT)
    activity = steps_of(fresh(version))[1].activity
    assert activity
    assert activity.groups == ("Ask", "No need to ask")


def test_the_number_of_queries_does_not_grow_with_the_lesson():
    small, large = LessonVersionFactory(), LessonVersionFactory()
    for position in range(30):
        QuestionFactory(version=large, position=position)
        ActivityFactory(version=large, position=position, kind=ActivityKind.SORT)
    counts = []
    for version in (small, large):
        version = fresh(version)
        with CaptureQueriesContext(connection) as queries:
            steps_of(version)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7
