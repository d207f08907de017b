from hypothesis import given
from hypothesis import strategies as st

from safeguarding.core.rich_lines import LineKind, Run, lines_of
from safeguarding.core.richtext import clean, plain_text


def test_bold_stays_bold_and_spaces_stay_between_words():
    (line,) = lines_of("<p>What <strong>is</strong> <em>kind</em>?\n Ask.</p>")
    assert line.text == "What is kind? Ask."
    assert line.runs[1] == Run(" is", strong=True)
    assert line.runs[2] == Run(" kind", em=True)


def test_lists_keep_their_kind_and_their_numbers():
    lines = lines_of('<ul><li>One</li></ul><ol start="3"><li><p>Three</p></li><li>Four</li></ol><h3>Head</h3>')
    assert [(line.kind, line.number, line.text) for line in lines] == [
        (LineKind.BULLET, 0, "One"),
        (LineKind.NUMBER, 3, "Three"),
        (LineKind.NUMBER, 4, "Four"),
        (LineKind.HEADING, 0, "Head"),
    ]


def test_a_picture_is_a_line_with_its_words():
    (picture, words) = lines_of('<p><img src="/media/images/a.webp" alt="A boat">Sea</p>')
    assert (picture.kind, picture.address, picture.text) == (LineKind.PICTURE, "/media/images/a.webp", "A boat")
    assert words.text == "Sea"


def test_the_cells_of_a_row_stand_apart():
    (row,) = lines_of("<table><tbody><tr><td>Ask</td><td>Wait</td></tr></tbody></table>")
    assert row.text == "Ask – Wait"


PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<ol>", "</ol>", "<strong>", "</strong>", "a b", "c", " ", "<br>"]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_word_is_lost_however_the_text_is_nested(html):
    words = " ".join(line.text for line in lines_of(clean(html))).split()
    assert "".join(words) == "".join(plain_text(html).split())
