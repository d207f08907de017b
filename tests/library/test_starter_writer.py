import dataclasses
import datetime
from pathlib import Path

import hypothesis
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lessons.library.content import ActivityContent, ItemContent, OptionContent
from lessons.library.enums import ActivityKind, QuestionKind
from lessons.library.starter_files import STARTER, parse_guide, parse_lesson, read_guide, read_lesson, starter_items
from lessons.library.starter_writer import write_file
from lessons.library.yaml_lines import StarterError
from tests.editorial.builders import SCENARIO, guide_content, lesson_content, question

from .activities import ALL

FILES = sorted((STARTER / "lessons").glob("*.md")) + sorted((STARTER / "guides").glob("*.md"))
unhurried = hypothesis.settings(deadline=None, max_examples=100)


def read(path, text=None):
    is_lesson = path.parent.name == "lessons"
    if text is None:
        return read_lesson(path) if is_lesson else read_guide(path)
    return parse_lesson(text, path) if is_lesson else parse_guide(text, path)


def lesson_again(content, **known):
    return parse_lesson(write_file(content, **known), Path(f"{content.slug}.md"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_starter_file_read_and_written_says_the_same_and_is_all_markdown(path):
    content = read(path)
    text = write_file(content)

    assert read(path, text) == content
    assert "```" not in text


def test_every_starter_file_is_among_them():
    assert len(FILES) == len(list(starter_items())) == 85


def test_a_lesson_is_written_as_the_documentation_says():
    text = write_file(lesson_content(findings=("F06", "F07"), activities=(SCENARIO,)))

    assert text.startswith(
        "---\nslug: the-funny-photo\ntopic: image-sharing\nband: 11-14\ntitle: The funny photo\n"
        "summary: Pupils learn to ask before they share a photo.\ncheck_minutes: 4\nfindings: [F06, F07]\n"
        "review_by: 2027-11-22\nobjectives:\n  - learn: Ask before sharing a photo.\n"
        "    can: I can ask before I share a photo.\n"
    )
    assert "section_minutes: {starter: 5, plenary: 5}\n---\n\n## Starter\n\nAma has a photo of Ben." in text


def test_what_the_reader_adds_is_not_written():
    questions = question(QuestionKind.CONFIDENCE), question(QuestionKind.HELP_SEEKING)
    text = write_file(lesson_content(questions=questions))

    assert "Very sure" not in text
    assert "Nobody" not in text


# What a database can hold; half a surrogate pair it cannot.
words = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


@unhurried
@given(words, words, words)
@example("yes", "2027-11-22", "12")
@example("---\nslug: x\n---\n", "## Script", "- a: b # c")
@example("a\r\nb", "\x85\u2028\x07", " \tindented\n  more\n\n")
def test_any_text_comes_back_without_the_space_around_it(title, feedback, misconception):
    content = lesson_content(
        title=title,
        questions=(
            question(
                QuestionKind.KNOWLEDGE,
                misconception=misconception,
                options=(OptionContent("a", True, feedback), OptionContent("b")),
            ),
        ),
    )
    read_back = lesson_again(content)

    assert read_back.title == title.strip()
    assert read_back.questions[0].misconception == misconception.strip()
    assert read_back.questions[0].options[0].feedback == feedback.strip()


@unhurried
@given(st.dates(), st.integers(0, 100), st.integers(0, 200))
def test_dates_and_numbers_come_back(day, first, minutes):
    lesson, guide = (
        lesson_content(review_by=day, check_minutes=minutes),
        guide_content(age_from=first, age_to=100, review_by=None),
    )

    assert lesson_again(lesson).check_minutes == minutes
    assert lesson_again(lesson).review_by == day
    assert parse_guide(write_file(guide), Path("sharing-photos.md")).age_from == first
    assert parse_guide(write_file(guide), Path("sharing-photos.md")).review_by is None


items = st.builds(ItemContent, words, words, words, words, words, words, words)


@unhurried
@given(st.sampled_from(ActivityKind), st.lists(items, max_size=3))
@example(ActivityKind.SORT, [ItemContent("A", "", "", also="Later"), ItemContent("[a, b]", "[a, b]")])
def test_any_item_of_any_kind_comes_back_without_the_space_around_it(kind, written):
    content = lesson_content(activities=(ActivityContent(kind, "Title", 5, "", tuple(written)),))
    stripped = (ItemContent(**{name: text.strip() for name, text in vars(item).items()}) for item in written)

    assert lesson_again(content).activities[0].items == tuple(stripped)


def test_a_sound_activity_of_each_kind_comes_back_the_same():
    content = lesson_content(activities=ALL)

    assert [a.items for a in lesson_again(content).activities] == [a.items for a in ALL]
    assert "answer: [Now, Later]" in write_file(content)


@pytest.mark.parametrize("answer", ["[Now, Later, Never]", "[]", "[[Now], Later]"])
def test_a_card_has_one_group_or_two(answer):
    text = write_file(lesson_content(activities=(ALL[2],))).replace("[Now, Later]", answer)

    with pytest.raises(StarterError, match="“answer”"):
        parse_lesson(text, Path("the-funny-photo.md"))


def test_an_upload_is_named_and_found_again_by_its_name():
    content = lesson_content(activities=(dataclasses.replace(SCENARIO, image=7),))
    text = write_file(content, {7: "a-tree"})

    assert "    image: a-tree\n" in text
    assert parse_lesson(text, Path("the-funny-photo.md"), {"a-tree": 8}).activities[0].image == 8
    with pytest.raises(StarterError, match="no picture “a-tree” beside it"):
        parse_lesson(text, Path("the-funny-photo.md"))


def test_an_activity_has_one_picture():
    content = lesson_content(activities=(dataclasses.replace(SCENARIO, image=7, illustration="bus-ride"),))

    with pytest.raises(StarterError, match="one picture"):
        parse_lesson(write_file(content, {7: "tree"}), Path("the-funny-photo.md"), {"tree": 7})


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("a: &a [x]\nb: *a\n", "aliases"),
        ("a: &a {x: 1}\nb: {<<: [*a, *a]}\n", "aliases"),
        ("review_by: 2027-13-45\n", "cannot be read"),
        ("a: " + "[" * 5000 + "\n", "cannot be read"),
        ("a: " + "9" * 5000 + "\n", "cannot be read"),
    ],
)
def test_front_matter_that_would_hurt_is_refused_with_its_path(front, reason):
    with pytest.raises(StarterError, match=reason):
        parse_lesson(f"---\n{front}---\n", Path("a.md"))


def test_a_file_written_on_another_system_is_read(tmp_path):
    path = tmp_path / "the-funny-photo.md"
    path.write_bytes(b"\xef\xbb\xbf" + write_file(lesson_content()).replace("\n", "\r\n").encode())

    assert read_lesson(path).review_by == datetime.date(2027, 11, 22)
