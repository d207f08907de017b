import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.core.spreadsheets import csv_response, neutral

SIGNS = "=+-@＝＋－＠"
cells = st.one_of(
    st.text(),
    st.builds("{}{}{}".format, st.text(" \t\r\n\xa0"), st.sampled_from([*SIGNS, "\t", "\r", "\n"]), st.text()),
)


def runs(text):
    """Whether a spreadsheet could work the cell out: told another way than the code tells it."""
    bare = text.lstrip(" ")
    return bare[:1] in {"\t", "\r", "\n"} or text.lstrip()[:1] in set(SIGNS)


@given(cells)
def test_no_cell_can_run_as_a_formula_and_none_loses_a_letter(text):
    safe = neutral(text)

    assert not runs(safe)
    assert safe == (f"'{text}" if runs(text) else text)
    assert neutral(safe) == safe


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  @SUM(1)", "'  @SUM(1)"),
        ("\xa0+1", "'\xa0+1"),
        ("-", "'-"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" \nx", "' \nx"),
        ("＝1+1", "'＝1+1"),
        ("Ask first = always", "Ask first = always"),
        ("   indented", "   indented"),
        ("", ""),
        (12, "12"),
    ],
)
def test_a_cell_is_neutralised_where_it_could_run(cell, text):
    assert neutral(cell) == text


@given(st.lists(st.tuples(cells, cells)))
def test_a_table_is_read_again_as_it_was_written(rows):
    response = csv_response("a.csv", ("One", "Two"), rows)
    text = response.getvalue().decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["One", "Two"],
        *([neutral(cell) for cell in row] for row in rows),
    ]


def test_a_table_is_sent_row_by_row_as_a_file_to_keep():
    read = []

    def rows():
        for number in range(3):
            read.append(number)
            yield (number,)

    response = csv_response("a.csv", ("Number",), rows())
    assert read == []
    stream = iter(response.streaming_content)
    assert next(stream) == b"\xef\xbb\xbfNumber\r\n"
    assert next(stream) == b"0\r\n"
    assert read == [0]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="a.csv"'
