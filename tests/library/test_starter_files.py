from pathlib import Path

import pytest

from lessons.library.enums import NOBODY, QuestionKind
from lessons.library.starter_files import read_guide, read_lesson, starter_items
from lessons.library.yaml_lines import StarterError

LESSON = """---
slug: ask-first
topic: image-sharing
band: 7-9
title: Ask first
summary: Pupils ask before they share a photo.
findings: [F06]
objectives:
  - learn: Ask first.
    can: I can ask first.
questions:
  - kind: help_seeking
    text: Who would you tell?
    options:
      - text: Someone at home
        feedback: Good.
  - kind: confidence
    text: How sure are you?
activities:
  - kind: sort
    title: Ask or not?
    minutes: 8
    intro: Sort the **cards**.
    items:
      - text: A photo of your cat
        answer: No need to ask
        feedback: It is yours.
section_minutes: {starter: 5}
---

## Starter

Look at the picture.

## Note for home

Talk about it.
"""


@pytest.fixture
def lesson_file(tmp_path: Path) -> Path:
    path = tmp_path / "ask-first.md"
    path.write_text(LESSON, encoding="utf-8")
    return path


def broken(path: Path, old: str, new: str) -> StarterError:
    assert old in LESSON
    path.write_text(LESSON.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StarterError) as caught:
        read_lesson(path)
    return caught.value


def test_a_lesson_is_read_with_its_structure_and_its_sections(lesson_file):
    lesson = read_lesson(lesson_file)

    assert lesson.title == "Ask first"
    assert lesson.activities[0].intro == "<p>Sort the <strong>cards</strong>.</p>\n"
    assert lesson.sections["starter"].text == "Look at the picture."
    assert lesson.minutes == 2 * 4 + 5 + 8


def test_a_child_can_always_say_nobody(lesson_file):
    question = read_lesson(lesson_file).questions[0]

    assert question.kind == QuestionKind.HELP_SEEKING
    assert question.options[-1].text == NOBODY


def test_confidence_has_five_steps_without_writing_them(lesson_file):
    assert len(read_lesson(lesson_file).questions[1].options) == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("title: Ask first\n", "", 2, "“title” is missing"),
        ("title: Ask first\n", "titel: Ask first\ntitle: x\n", 2, "“titel” is not a name that belongs here"),
        ("kind: sort", "kind: sorting", 20, "“kind” is “sorting”"),
        ("minutes: 8", "minutes: eight", 20, "“minutes” must be a whole number"),
        ("findings: [F06]", "findings: [F06", 8, "this is not YAML"),
        ("slug: ask-first", "slug: another", 2, "the slug “another” and the name of the file differ"),
        ("## Note for home", "## Note for parents", 35, "“Note for parents” is not a section"),
        ("## Note for home", "## Starter", 35, "stands here twice"),
        ("---\nslug", "slug", 1, "must begin with front matter"),
        ("{starter: 5}", "{script: 5}", 2, "takes time in class"),
        ("{starter: 5}", "5", 2, "must name sections and whole numbers"),
    ],
)
def test_a_broken_file_names_its_line_and_the_reason(lesson_file, old, new, line, reason):
    error = broken(lesson_file, old, new)

    assert reason in error.reason
    assert error.line == line
    assert error.path == lesson_file


def test_a_file_in_another_encoding_says_so(lesson_file):
    lesson_file.write_bytes(LESSON.replace("cards", "cärds").encode("latin-1"))

    with pytest.raises(StarterError, match="not UTF-8"):
        read_lesson(lesson_file)


def test_ages_of_a_guide_are_two_whole_numbers(tmp_path):
    path = tmp_path / "a-guide.md"
    path.write_text("---\nslug: a-guide\nkind: topic\nages: 11-18\n---\n", encoding="utf-8")

    with pytest.raises(StarterError, match="two whole numbers"):
        read_guide(path)


def test_every_file_of_the_starter_library_can_be_read():
    contents = [content for _, content, _ in starter_items()]

    assert len(contents) >= 15
