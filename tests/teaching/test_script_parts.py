import pytest

from lessons.library.content import LessonContent
from lessons.library.starter_files import starter_items
from lessons.teaching.script_parts import PREPARE, script_parts
from lessons.teaching.sheets import first_sentences

LESSONS = [content for _, content, _ in starter_items() if isinstance(content, LessonContent)]


def test_headings_cut_the_script():
    html = "<p>Read it.</p><h3>Starter (5 minutes)</h3><p>Wait.</p><h3>Activity 1: Two boxes</h3><p>Sort.</p>"
    assert script_parts(html, ["Two boxes"]) == {
        PREPARE: "<p>Read it.</p>",
        "starter": "<p>Wait.</p>",
        "activity-1": "<p>Sort.</p>",
    }


def test_bold_at_the_head_of_a_paragraph_cuts_it_too():
    html = (
        "<p><strong>0–4 minutes. Before-check.</strong> Say.</p><p><strong>4–9 minutes. Two boxes.</strong> Sort.</p>"
    )
    assert list(script_parts(html, ["Two boxes, and a lid"])) == ["before", "activity-1"]


def test_a_script_without_parts_stands_before_the_lesson():
    assert script_parts("<p>Just talk.</p>", ["Two boxes"]) == {PREPARE: "<p>Just talk.</p>"}
    assert script_parts("", []) == {}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_lesson_of_the_library_has_words_for_each_of_its_parts(lesson):
    parts = script_parts(lesson.sections["script"].body, [activity.title for activity in lesson.activities])
    wanted = {"before", "starter", "plenary", "after", *(f"activity-{n + 1}" for n in range(len(lesson.activities)))}
    assert wanted <= set(parts)


def test_in_short_means_whole_sentences():
    html = "<p>Say: “Wait.” Then ask. Then listen for a long while.</p>"
    assert first_sentences(html, 4) == "Say: “Wait.” Then ask."
    assert first_sentences("<p>One sentence that is long.</p>", 2) == "One sentence that is long."
