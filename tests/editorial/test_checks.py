"""Each check: one thing is broken in a lesson or guide that passes all the others."""

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lessons.editorial.checks import blocking, check
from lessons.editorial.checks.figures import figures_in
from lessons.editorial.checks.reference import Fact, Word, pattern_of
from lessons.library.content import ItemContent, ObjectiveContent, OptionContent, SectionContent
from lessons.library.enums import FOR_STAFF, ActivityKind, GuideKind, LessonSectionKind, QuestionKind, Reader

from .builders import CALM, SCENARIO, SORT, a_reference, guide_content, lesson_content, question

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
    "a link that leads nowhere": (
        {"sections": sections(LessonSectionKind.SCRIPT, body='<p><a href="/lessons/no-such/">See this.</a></p>')},
        "Script",
    ),
    "minutes that are not those of the plan": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<h3>Activity 1: The funny photo (12 minutes)</h3>")},
        "Script",
    ),
    "minutes of the check that are not those of the plan": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<h3>Before-check (9 minutes)</h3>")},
        "Script",
    ),
    "a figure for pupils under 14": (
        {"sections": sections(LessonSectionKind.STARTER, body="<p>In 2016, 28 of 33 countries knew of it.</p>")},
        "Starter",
    ),
    "a figure that no named finding gives": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<p>A report says that 70% of children know.</p>")},
        "Script",
    ),
    "figures of two findings made into one": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<p>It was 28 of 35 countries.</p>")},
        "Script",
    ),
    "a made-up share in words": (
        {"sections": sections(LessonSectionKind.SCRIPT, body="<p>One in five children were asked.</p>")},
        "Script",
    ),
    "a word to avoid in a quotation that pupils read": (
        {"sections": sections(LessonSectionKind.STARTER, body="<p>People say “stranger danger”.</p>")},
        "Starter",
    ),
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


SOUND = {
    "a figure exactly as the finding gives it": {
        "sections": sections(LessonSectionKind.SCRIPT, body="<p>In 2016, 28 of the 33 countries knew of it.</p>")
    },
    "years, ages, minutes and steps": {
        "sections": sections(
            LessonSectionKind.SCRIPT,
            body="<p>In 2011/12 and 2018: Year 7, aged 11 to 14, 3 of 5 cards, step 2, six in five minutes.</p>",
        )
    },
    "the minutes of the plan": {
        "sections": sections(
            LessonSectionKind.SCRIPT, body="<h3>The funny photo (10 minutes)</h3><h3>Starter (5 minutes)</h3>"
        )
    },
    "links to what there is": {
        "sections": sections(
            LessonSectionKind.SCRIPT,
            body='<p><a href="/lessons/asked/">A</a> <a href="/guidance/known/#happened">B</a></p>'
            '<p><a href="/glossary/">C</a> <a href="https://www.gov.uk/">D</a></p>',
        )
    },
}


@pytest.mark.parametrize("changes", SOUND.values(), ids=SOUND)
def test_a_lesson_is_not_stopped_by(changes):
    reference = a_reference(lessons=frozenset({"asked"}), guides=frozenset({"known"}))

    assert check(lesson_content(**changes), reference) == []


def test_pupils_of_14_may_be_given_a_figure_whose_finding_is_for_their_age():
    body = {"sections": sections(LessonSectionKind.STARTER, body="<p>In 2016, 28 of 33 countries knew of it.</p>")}
    bands = {"14-16": (14, 16, 12)}
    for_adults = {"F101": Fact("28;33", 18)}

    assert check(lesson_content(band="14-16", **body), a_reference(bands=bands)) == []
    found = check(lesson_content(band="14-16", **body), a_reference(bands=bands, findings=for_adults))
    assert [problem.place for problem in found] == ["Starter"]


def test_adults_may_be_quoted_a_word_to_avoid():
    body = "<p>Some parents say “stranger danger”. Say who can help instead.</p>"
    found = check(lesson_content(sections=sections(LessonSectionKind.SCRIPT, body=body)), a_reference())

    assert [(problem.place, problem.blocks) for problem in found] == [("Script", False)]


def test_a_word_for_pupils_texts_alone_is_let_be_in_teachers():
    word = Word("perpetrator", "perpetrator", "person who harms", "It is hard.", True, Reader.PUPIL)
    reference = a_reference(words={word.form: word}, pattern=pattern_of([word.form]))

    def places(kind):
        body = "<p>The perpetrator.</p>"
        return [p.place for p in blocking(check(lesson_content(sections=sections(kind, body=body)), reference))]

    assert places(LessonSectionKind.SCRIPT) == []
    assert places(LessonSectionKind.STARTER) == ["Starter"]


def test_a_lesson_of_more_than_an_hour_is_pointed_out():
    found = check(lesson_content(check_minutes=20), a_reference())

    assert [(problem.place, problem.blocks) for problem in found] == [("Minutes", False)]


def staff_guide(**changes):
    text = {kind.value: SectionContent(kind.value, f"<p>{CALM * 2}</p>") for kind in FOR_STAFF}
    return guide_content(kind=GuideKind.STAFF, sections={**text, **changes})


def test_guidance_for_staff_has_sections_of_its_own():
    assert check(staff_guide(), a_reference()) == []
    missing = check(guide_content(kind=GuideKind.STAFF), a_reference())
    assert {kind.label for kind in FOR_STAFF} <= {problem.place for problem in blocking(missing)}


@given(part=st.integers(1, 9), whole=st.integers(10, 60), known=st.sets(st.integers(1, 60), max_size=6))
def test_a_part_of_a_whole_passes_only_where_one_finding_gives_both(part, whole, known):
    body = f"<p>A survey of 2016: {part} of the {whole} countries that answered.</p>"
    fact = Fact(";".join(map(str, sorted(known))), 18)
    content = lesson_content(sections=sections(LessonSectionKind.SCRIPT, body=body))
    found = blocking(check(content, a_reference(findings={"F101": fact})))

    assert (not found) == ({part, whole} <= known)


@given(st.text())
@example("1" * 5_000)
@example("1," * 3_000)
def test_no_text_breaks_the_search_for_figures(text):
    for figure in figures_in(text):
        assert figure.tokens


@pytest.mark.parametrize(
    "text",
    [
        "80% of them",
        "80 per cent of them",
        "ten percent",
        "1.5 million reports",
        "28 of the 33 countries",
        "1 in 4 children",
        "9 out of 10",
        "one in five children",
        "nine out of ten",
        "20,000 people",
        "20 000 people",
        "20\u2009000 people",
        "2,000 children",
        "812 of the 1,950 reports",
        "812 in 2014",
    ],
)
def test_it_is_a_figure(text):
    assert figures_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "in 2018",
        "2011/12",
        "aged 11 to 14",
        "3 of 8 cards",
        "one of the ten cards",
        "six in five minutes",
        "two in one",
    ],
)
def test_it_is_no_figure(text):
    assert figures_in(text) == []


def test_a_share_of_one_thing_is_not_a_number_of_another():
    reference = a_reference(findings={"F101": Fact("80% About 80% of offences, or one in five.", 18)})

    def stops(text):
        body = f"<p>{text}</p>"
        return bool(blocking(check(lesson_content(sections=sections(LessonSectionKind.SCRIPT, body=body)), reference)))

    assert not stops("About 80 per cent of offences.")
    assert not stops("It was one in five.")
    assert stops("There were 80 million.")


def test_a_bare_number_is_only_pointed_out():
    body = "<p>Read pages 120 to 130.</p>"
    found = check(lesson_content(sections=sections(LessonSectionKind.SCRIPT, body=body)), a_reference())

    assert [problem.blocks for problem in found] == [False, False]


def test_a_figure_in_the_title_of_a_lesson_for_the_young_stops_it():
    assert blocking(check(lesson_content(title="What 80% of us do"), a_reference()))


def test_an_activity_whose_title_begins_like_another_part_stops_nothing():
    activity = dataclasses.replace(SCENARIO, title="Start")
    body = "<h3>Starter (5 minutes)</h3><h3>Activity 1: Start (10 minutes)</h3>"
    content = lesson_content(activities=(activity, SORT), sections=sections(LessonSectionKind.SCRIPT, body=body))

    assert check(content, a_reference()) == []
