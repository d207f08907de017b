import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.library.reading_age import reading_age, sentence_count

PLAIN = "The cat sat on the mat. The dog ran to the park. We had a lot of fun. " * 10
HARD = (
    "Safeguarding professionals increasingly acknowledge that technological developments substantially complicate "
    "traditional supervisory responsibilities, necessitating comprehensive educational interventions. "
) * 8


def test_a_short_text_has_no_reading_age_because_the_formulas_say_nothing_of_it():
    assert reading_age("The cat sat on the mat.") is None


def test_long_words_in_long_sentences_need_an_older_reader():
    plain, hard = reading_age(PLAIN), reading_age(HARD)

    assert plain is not None
    assert hard is not None
    assert plain < 6
    assert hard > 20


def test_the_lessons_own_vocabulary_does_not_count_as_hard():
    text = PLAIN + "Acknowledgements and responsibilities matter. " * 10

    assert reading_age(text, ["acknowledgements", "responsibilities"]) < reading_age(text)


def test_a_line_without_a_full_stop_is_a_sentence():
    assert sentence_count("Stop\nKeep\nTell an adult you trust.") == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 100 words of 4 letters in 10 sentences: ARI 2.41, Coleman–Liau 4.76; the mean and five years make 8.6.
        ("Four four four four four four four four four four. " * 10, 8.6),
    ],
)
def test_the_formulas_give_the_published_figures(text, expected):
    assert reading_age(text) == expected


@given(st.text(max_size=2_000))
def test_any_text_at_all_can_be_scored(text):
    score = reading_age(text)

    assert score is None or isinstance(score, float)
