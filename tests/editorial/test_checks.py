"""Each check: one thing is broken in a lesson or guide that passes all the others."""

import dataclasses

import pytest

from lessons.editorial.checks import blocking, check
from lessons.library.content import ItemContent, ObjectiveContent, OptionContent, SectionContent
from lessons.library.enums import ActivityKind, LessonSectionKind, QuestionKind

from .builders import SCENARIO, SORT, a_reference, guide_content, lesson_content, question

HARD = (
    "<p>" + "Notwithstanding considerable institutional heterogeneity, multidisciplinary safeguarding practitioners "
    "systematically operationalise comprehensive organisational responsibilities concerning adolescents. " * 12 + "</p>"
)
THREE = tuple(question(kind) for kind in (QuestionKind.KNOWLEDGE, QuestionKind.CONFIDENCE, QuestionKind.HELP_SEEKING))


def sections(kind: LessonSectionKind, **changes):
    held = lesson_content().sections
    return {**held, kind.value: dataclasses.replace(held[kind.value], **changes)}


def with_question(**changes):
    return {"questions": (question(QuestionKind.KNOWLEDGE, **changes), *THREE[1:])}


def with_activity(**changes):
    return {"activities": (dataclasses.replace(SCENARIO, **changes), SORT)}


def test_the_lesson_and_the_guide_that_the_tests_break_pass_every_check():
    assert check(lesson_content(), a_reference()) == []
    assert check(guide_content(), a_reference()) == []


BROKEN = {
    "no summary": ({"summary": ""}, "Summary"),
    "no review date": ({"review_by": None}, "Review by"),
    "a band under the least age of the topic": ({"band": "5-7"}, "Age band"),
    "no finding": ({"findings": ()}, "Findings"),
    "a finding that there is not": ({"findings": ("F999",)}, "Findings"),
    "no objective": ({"objectives": ()}, "Objectives"),
    "seven objectives": ({"objectives": (ObjectiveContent("Ask.", "I can ask."),) * 7}, "Objectives"),
    "an outcome in the teacher's words": ({"objectives": (ObjectiveContent("Ask.", "Ask."),)}, "Objective 1"),
    "no key word": ({"vocabulary": ()}, "Vocabulary"),
    "two questions": ({"questions": THREE[:2]}, "Questions"),
    "six questions": ({"questions": THREE * 2}, "Questions"),
    "questions of one kind": ({"questions": (THREE[0],) * 3}, "Questions"),
    "one option": (with_question(options=(OptionContent("Ask", True, "Yes."),)), "Question 1"),
    "the same option twice": (
        with_question(options=(OptionContent("Ask", True, "Yes."), OptionContent("Ask", False, "No."))),
        "Question 1",
    ),
    "no right option": (
        with_question(options=(OptionContent("Ask", False, "Yes."), OptionContent("Share", False, "No."))),
        "Question 1",
    ),
    "an option without feedback": (
        with_question(options=(OptionContent("Ask", True, "Yes."), OptionContent("Share"))),
        "Question 1",
    ),
    "no misconception": (with_question(misconception=""), "Question 1"),
    "a right answer to whom one would tell": (
        {
            "questions": (
                *THREE[:2],
                question(
                    QuestionKind.HELP_SEEKING,
                    options=(OptionContent("Mum", True, "Good."), OptionContent("Nobody", False, "Thank you.")),
                ),
            )
        },
        "Question 3",
    ),
    "one activity": ({"activities": (SORT,)}, "Activities"),
    "four activities": ({"activities": (SORT,) * 4}, "Activities"),
    "an activity without minutes": (with_activity(minutes=0), "Activity 1"),
    "an activity without items": (with_activity(items=()), "Activity 1"),
    "a scenario in which nothing helps": (
        with_activity(items=(ItemContent("A", "not_yet", "So."), ItemContent("B", "not_yet", "So."))),
        "Activity 1",
    ),
    "a choice that does not say whether it helps": (
        with_activity(items=(ItemContent("A", "helps", "So."), ItemContent("B", "", "So."))),
        "Activity 1",
    ),
    "a choice without feedback": (
        with_activity(items=(ItemContent("A", "helps", ""), ItemContent("B", "not_yet", "So."))),
        "Activity 1",
    ),
    "cards that all go to one group": (
        with_activity(kind=ActivityKind.SORT, items=(ItemContent("A", "Ask", "So."), ItemContent("B", "Ask", "So."))),
        "Activity 1",
    ),
    "an empty section": ({"sections": sections(LessonSectionKind.SCRIPT, body="")}, "Script"),
    "a starter without minutes": ({"sections": sections(LessonSectionKind.STARTER, minutes=0)}, "Starter"),
    "a picture without alternative text": (
        {"sections": sections(LessonSectionKind.SCRIPT, body='<p>Look.</p><img src="/media/images/a.webp">')},
        "Script",
    ),
    "a word to avoid": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<p>Remember stranger-danger!</p>")},
        "Script",
    ),
    "a word to avoid in a question": (with_question(text="What is stranger danger?"), "Question 1"),
    "too hard for its readers": ({"sections": sections(LessonSectionKind.PLENARY, body=HARD)}, "Reading age"),
}


@pytest.mark.parametrize(("changes", "place"), BROKEN.values(), ids=BROKEN)
def test_a_lesson_is_stopped_by(changes, place):
    found = blocking(check(lesson_content(**changes), a_reference()))

    assert place in {problem.place for problem in found}
    assert all(problem.message and problem.mend for problem in found)


def test_a_lesson_without_a_help_service_for_its_age_is_stopped():
    found = blocking(check(lesson_content(), a_reference(child_services=((16, 18),))))

    assert [problem.place for problem in found] == ["Help services"]


GUIDE_BROKEN = {
    "no finding": ({"findings": ()}, "Findings"),
    "an empty section": (
        {"sections": {k: s for k, s in guide_content().sections.items() if k != "signs"}},
        "Signs to notice",
    ),
    "too hard for parents": (
        {"sections": {**guide_content().sections, "what": SectionContent("what", HARD)}},
        "Reading age",
    ),
    "a word to avoid": ({"title": "Stranger danger"}, "Title"),
}


@pytest.mark.parametrize(("changes", "place"), GUIDE_BROKEN.values(), ids=GUIDE_BROKEN)
def test_a_guide_is_stopped_by(changes, place):
    assert place in {problem.place for problem in blocking(check(guide_content(**changes), a_reference()))}


def test_a_guide_without_a_help_service_for_parents_is_stopped():
    found = blocking(check(guide_content(), a_reference(adult_services=0)))

    assert [problem.place for problem in found] == ["Help services"]


def test_a_word_to_use_with_care_is_pointed_out_and_does_not_stop():
    found = check(lesson_content(summary="Pupils learn what sexting means."), a_reference())

    assert [(problem.place, problem.blocks) for problem in found] == [("Summary", False)]
