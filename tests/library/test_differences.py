import dataclasses
import datetime
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.library.content import (
    ActivityContent,
    GuideContent,
    ItemContent,
    LessonContent,
    ObjectiveContent,
    OptionContent,
    QuestionContent,
    SectionContent,
    TermContent,
)
from lessons.library.differences import State, compare, differences
from lessons.library.enums import ActivityKind, GuideKind, QuestionKind
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.word_runs import Change, Run, joined, runs_between, shortened, words_in

from .activities import ALL, POLL, STORY
from .activities import MATCH as PAIRS
from .activities import ORDER as STEPS
from .activities import SORT as PLACES
from .activities import SPOT as CHAT

QUESTIONS = tuple(
    QuestionContent(
        QuestionKind.KNOWLEDGE,
        f"What should {name} do when a {thing} comes?",
        f"Some think that a {thing} needs no {name}.",
        (OptionContent(f"Ask {name}", True, f"{thing} can wait."), OptionContent(f"Share the {thing}")),
    )
    for name, thing in (("Ama", "photo"), ("Ben", "letter"), ("Kit", "parcel"), ("Noor", "message"))
)
TALK = ActivityContent(
    ActivityKind.DISCUSSION, "Talk about it", 10, "<p>Ama has a photo of Ben.</p>", (ItemContent("What would you do?"),)
)
SORT = ActivityContent(
    ActivityKind.SORT, "Ask or not", 5, "<p>Sort the cards.</p>", (ItemContent("A tree", "No need", "Trees are fine."),)
)
LESSON = LessonContent(
    slug="a-lesson",
    topic="image-sharing",
    band="11-14",
    title="The funny photo",
    summary="Pupils learn to ask.",
    findings=("F01", "F02"),
    strands=("efacw-2020/self-image",),
    objectives=(ObjectiveContent("Ask first.", "I can ask first."),),
    vocabulary=(TermContent("permission", "saying yes"),),
    questions=QUESTIONS[:3],
    activities=(TALK, SORT),
    sections={
        "script": SectionContent("script", "<p>Say it calmly.</p>"),
        "starter": SectionContent("starter", "<p>Look.</p>", 5),
    },
)
GUIDE = GuideContent("a-guide", GuideKind.TOPIC, "grooming", 11, 14, "Grooming", "What to notice.")


def changed(**changes):
    return dataclasses.replace(LESSON, **changes)


def told(old, new, pictures=None):
    """`place, field: text`, with +added+ and -removed-."""
    signs = {Change.KEPT: "", Change.ADDED: "+", Change.REMOVED: "-"}
    return [
        f"{one.place}, {one.field}: "
        + " ".join(f"{signs[run.change]}{run.text}{signs[run.change]}" for run in one.runs)
        for one in differences(old, new, pictures or {})
    ]


def side(runs, without):
    return joined(word for run in runs if run.change is not without for word in words_in(run.text))


# --- words ------------------------------------------------------------------


WORDS = st.lists(st.sampled_from(["the", "a", "photo", "ask", "first", "Ben", "\n", "\n\n", "  "]), max_size=60)


@given(WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_without_what_was_added_it_is_the_old_text_and_without_what_was_removed_the_new(old, new):
    runs = runs_between(" ".join(old), " ".join(new))

    assert side(runs, Change.ADDED) == joined(words_in(" ".join(old)))
    assert side(runs, Change.REMOVED) == joined(words_in(" ".join(new)))


@given(st.text(), st.text())
def test_so_it_is_for_any_text(old, new):
    runs = runs_between(old, new)

    assert side(runs, Change.ADDED) == joined(words_in(old))
    assert side(runs, Change.REMOVED) == joined(words_in(new))


@given(st.text(min_size=1))
def test_a_text_beside_itself_is_all_kept(text):
    assert {run.change for run in runs_between(text, text)} <= {Change.KEPT}


def test_one_word_is_replaced_and_the_rest_stays():
    assert runs_between("Ask your mum first.", "Ask your teacher first.") == (
        Run(Change.KEPT, "Ask your"),
        Run(Change.REMOVED, "mum"),
        Run(Change.ADDED, "teacher"),
        Run(Change.KEPT, "first."),
    )


def test_a_word_that_stayed_by_chance_does_not_tear_a_new_passage_apart():
    assert runs_between("Tell your mum to help you.", "Ask somebody else to stand by.") == (
        Run(Change.REMOVED, "Tell your mum to help you."),
        Run(Change.ADDED, "Ask somebody else to stand by."),
    )


def test_paragraphs_stay_apart():
    assert runs_between("One.\nTwo.", "One.\nTwo.\nThree.")[-1] == Run(Change.ADDED, "\nThree.")


def test_of_what_stayed_only_what_stands_beside_a_change_is_shown():
    long = " ".join(f"w{number}" for number in range(200))
    start, _, _, end = shortened(runs_between(f"{long} old {long}", f"{long} new {long}"))

    assert start.text.startswith("… w180 ")
    assert end.text.endswith(" w19 …")


# --- fields -----------------------------------------------------------------


def test_what_is_equal_differs_in_nothing():
    assert differences(LESSON, LESSON) == differences(GUIDE, GUIDE) == ()


def test_fields_come_in_the_order_in_which_an_editor_knows_them():
    new = changed(
        findings=(),
        questions=QUESTIONS[:2],
        activities=(TALK,),
        sections={},
        vocabulary=(),
        objectives=(),
        check_minutes=5,
        summary="New.",
        title="New",
    )

    assert [f"{one.place}, {one.field}" for one in differences(LESSON, new)] == [
        "Basics, Title",
        "Basics, Summary",
        "Basics, Minutes for each check",
        "Objectives and vocabulary, Objectives",
        "Objectives and vocabulary, Vocabulary",
        "Text, Starter",
        "Text, Starter, minutes",
        "Text, Script",
        "Activity 2 as it was, The whole activity",
        "Question 3 as it was, The whole question",
        "Evidence and curriculum, Findings",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"topic": "grooming"}, "Basics, Topic: -image-sharing- +grooming+"),
        ({"band": "14-16"}, "Basics, Age band: -11-14- +14-16+"),
        ({"review_by": datetime.date(2027, 11, 2)}, "Basics, Review by: +2 November 2027+"),
        ({"strands": ()}, "Evidence and curriculum, Strands of the curriculum: -efacw-2020/self-image-"),
        ({"findings": ("F03", "F01", "F02")}, "Evidence and curriculum, Findings: F01\nF02 +\nF03+"),
    ],
)
def test_a_field_is_told(changes, expected):
    assert told(LESSON, changed(**changes)) == [expected]


def test_a_guides_fields_are_told_too():
    new = dataclasses.replace(
        GUIDE, age_to=16, topic=None, sections={"what": SectionContent("what", "<p>It is this.</p>")}
    )

    assert told(GUIDE, new) == [
        "Basics, Topic: -grooming- +every topic+",
        "Basics, Ages: 11 to -14- +16+",
        "Text, What it is: +It is this.+",
    ]


def test_a_lesson_is_not_compared_with_a_guide():
    with pytest.raises(TypeError):
        differences(LESSON, GUIDE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p>Say it <a href="https://a.example/">calmly</a>.</p>', "Say it -calmly.- +calmly (https://a.example/).+"),
        ("<p>Say it</p><p>calmly.</p>", "Say it +\n+ calmly."),
        (
            '<p>Say it calmly.</p><p><img src="/media/images/0a1b2c3d4e-medium.webp" alt="Two friends"></p>',
            "Say it calmly. +\n[Picture 0a1b2c3d: Two friends]+",
        ),
        ("", "-Say it calmly.-"),
    ],
)
def test_links_and_pictures_in_a_text_are_told(body, expected):
    new = changed(sections={**LESSON.sections, "script": SectionContent("script", body)})

    assert told(LESSON, new) == [f"Text, Script: {expected}"]


def test_a_link_that_leads_elsewhere_and_a_picture_described_otherwise_are_told():
    def script(address, alt):
        body = f'<p>See <a href="{address}">this</a>.</p><p><img src="/media/images/x.webp" alt="{alt}"></p>'
        return changed(sections={"script": SectionContent("script", body)})

    (told_once,) = told(script("https://a.example/", "A tree"), script("https://b.example/", "A house"))
    assert "-(https://a.example/).- +(https://b.example/).+" in told_once
    assert "-tree]- +house]+" in told_once


def test_where_only_the_look_changed_it_says_so():
    new = changed(sections={**LESSON.sections, "script": SectionContent("script", "<h2>Say it calmly.</h2>")})

    (one,) = differences(LESSON, new)
    assert one.state is State.LOOKS


# --- activities and questions -------------------------------------------------


def test_an_inserted_question_leaves_the_later_ones_alone():
    (one,) = differences(LESSON, changed(questions=(QUESTIONS[3], *QUESTIONS[:3])))

    assert (one.place, one.field, one.state) == ("Question 1", "The whole question", State.NEW)


def test_a_question_that_went_is_told_where_it_stood():
    (one,) = differences(LESSON, changed(questions=(QUESTIONS[0], QUESTIONS[2])))

    assert (one.place, one.state) == ("Question 2 as it was", State.REMOVED)


def test_a_changed_question_is_found_again_behind_a_new_one():
    later = dataclasses.replace(QUESTIONS[0], text="What should Ama do when a drawing comes?")
    found = told(LESSON, changed(questions=(QUESTIONS[3], later, *QUESTIONS[1:3])))

    assert found[1:] == ["Question 2 (it was question 1), Question: What should Ama do when a -photo- +drawing+ comes?"]


def test_another_right_answer_is_told_on_both_options():
    first, second = QUESTIONS[0].options
    options = (dataclasses.replace(first, is_correct=False), dataclasses.replace(second, is_correct=True))
    (one,) = told(LESSON, changed(questions=(dataclasses.replace(QUESTIONS[0], options=options), *QUESTIONS[1:3])))

    assert one == (
        "Question 1, Options: Ask Ama\n -Right answer\n- Feedback: photo can wait.\n\nShare the photo +\nRight answer+"
    )


def test_questions_that_changed_places_are_told_as_an_order():
    found = differences(LESSON, changed(questions=(QUESTIONS[1], QUESTIONS[0], QUESTIONS[2])))

    assert [(one.place, one.field) for one in found] == [("Questions", "Order")]


def test_a_cards_answer_and_feedback_are_told():
    cards = (ItemContent("A tree", "Ask", "Trees are green."),)
    found = told(LESSON, changed(activities=(TALK, dataclasses.replace(SORT, items=cards))))

    assert found == ["Activity 2, Cards: A tree\nGroup: -No need- +Ask+ \nFeedback: Trees are -fine.- +green.+"]


@pytest.mark.parametrize(
    ("activity", "place", "changes", "field", "words"),
    [
        (STORY, 3, {"scene": "Later"}, "Choices", "Scene: -The next day- +Later+"),
        (STORY, 4, {"leads_to": ""}, "Choices", "-Leads to: At home\n-"),
        (PLACES, 2, {"also": ""}, "Cards", "Group: -Now, or Later- +Now+"),
        (PAIRS, 0, {"answer": "The office"}, "Pairs", "Goes with: The -nurse- +office+"),
        (CHAT, 0, {"speaker": "Ari"}, "Lines", "Speaker: -Kit- +Ari+"),
        (CHAT, 0, {"answer": "sign"}, "Lines", "-Fine- +A sign+"),
        (POLL, 0, {"text": "It is hard"}, "Options", "It is -easy to ask- +hard+"),
    ],
)
def test_what_each_kind_of_activity_holds_is_told(activity, place, changes, field, words):
    items = list(activity.items)
    items[place] = dataclasses.replace(items[place], **changes)
    old, new = changed(activities=(activity,)), changed(activities=(dataclasses.replace(activity, items=tuple(items)),))
    (one,) = told(old, new)

    assert one.startswith(f"Activity 1, {field}: ")
    assert words in one


def test_steps_in_another_order_are_told():
    first, second, *others = STEPS.items
    swapped = dataclasses.replace(STEPS, items=(second, first, *others))
    (one,) = differences(changed(activities=(STEPS,)), changed(activities=(swapped,)))

    assert (one.place, one.field) == ("Activity 1", "Steps, in their order")


def test_another_drawing_is_told_with_what_it_shows():
    new = changed(activities=(dataclasses.replace(TALK, illustration="two-friends"), SORT))

    assert told(LESSON, new, {"two-friends": "Two friends talk."}) == [
        "Activity 1, Picture: +two-friends: Two friends talk.+"
    ]


def test_an_upload_is_told_by_its_number_where_nobody_says_what_it_shows():
    assert told(LESSON, changed(activities=(dataclasses.replace(TALK, image=7), SORT))) == [
        "Activity 1, Picture: +Picture 7+"
    ]


def test_what_did_not_change_is_counted():
    assert compare(LESSON, LESSON).unchanged == compare(LESSON, changed(title="New")).unchanged + 1


# --- any content ---------------------------------------------------------------


PHRASES = st.sampled_from(["", "Ask first.", "Ask Ben first.", "Tell a grown-up.", "Ask  first."])
CONTENTS = st.builds(
    changed,
    title=PHRASES,
    findings=st.sampled_from([(), ("F01",), ("F01", "F02")]),
    objectives=st.lists(st.builds(ObjectiveContent, PHRASES, PHRASES), max_size=2).map(tuple),
    questions=st.lists(st.sampled_from(QUESTIONS), max_size=4).map(tuple),
    activities=st.lists(
        st.builds(dataclasses.replace, st.sampled_from([TALK, SORT, *ALL]), intro=PHRASES, minutes=st.integers(1, 3)),
        max_size=3,
    ).map(tuple),
    sections=PHRASES.map(lambda text: {"script": SectionContent("script", f"<p>{text}</p>")}),
)


@given(CONTENTS)
def test_no_content_differs_from_itself(content):
    assert differences(content, content) == ()


@given(CONTENTS, CONTENTS)
@settings(deadline=None)
def test_contents_that_are_not_equal_differ_in_something_and_back_again(old, new):
    forth, back = differences(old, new), differences(new, old)

    assert bool(forth) == bool(back) == (_held(old) != _held(new))


def _held(content):
    """An objective without words holds nothing."""
    objectives = "\n\n".join(f"{one.learn}\n{one.can}" for one in content.objectives)
    return dataclasses.replace(content, objectives=objectives)


def test_the_longest_lesson_against_a_wholly_rewritten_one_takes_well_under_a_second():
    lesson = max((read_lesson(path) for path in (STARTER / "lessons").glob("*.md")), key=lambda one: len(repr(one)))
    words = random.Random(7)
    rewritten = " ".join(f"word{words.randrange(900)}" for _ in range(5_000))
    new = dataclasses.replace(
        lesson, sections={kind: SectionContent(kind, f"<p>{rewritten}</p>") for kind in lesson.sections}
    )

    start = time.perf_counter()
    assert differences(lesson, new)
    assert time.perf_counter() - start < 1
