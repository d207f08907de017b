import pytest

from safeguarding.schools.errors import RosterFileRefused
from safeguarding.schools.roster_file import MOST_BYTES, read_roster

HEAD = "class,display_name,external_id\n"


def read(rows: str) -> list[tuple[str, str, str]]:
    return [(row.class_name, row.name, row.external_id) for row in read_roster((HEAD + rows).encode()).rows]


def problem_of(row: str) -> tuple[str, str]:
    """The column and reason of the only problem of a row."""
    file = read_roster((HEAD + row).encode())
    assert not file.rows
    (problem,) = file.problems
    assert problem.row == 2
    return problem.column, problem.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_in_each_usual_encoding_with_each_usual_sign(encoding: str, sign: str, end: str) -> None:
    lines = ["External_ID,Class,Display Name", "17,8B,Zoë", "", ",8B,Bo"]
    data = end.join(line.replace(",", sign) for line in lines).encode(encoding)
    file = read_roster(data)
    assert [(row.number, row.class_name, row.name, row.external_id) for row in file.rows] == [
        (2, "8B", "Zoë", "17"),
        (4, "8B", "Bo", ""),
    ]
    assert not file.problems


@pytest.mark.parametrize(
    "data",
    [(HEAD + "8B,Zoë,\n").encode("latin-1"), (HEAD + "8B,Ada,\n").encode("utf-16-le"), b"\xff\xfe\x00", b"\xff\xff"],
)
def test_another_encoding_is_refused_with_the_one_to_save_in(data: bytes) -> None:
    with pytest.raises(RosterFileRefused, match="UTF-8"):
        read_roster(data)


def test_a_workbook_is_told_from_a_csv() -> None:
    with pytest.raises(RosterFileRefused, match="workbook"):
        read_roster(b"PK\x03\x04rest")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("class,external_id\n8B,1\n", "no column “display_name”"),
        ("8B,Ada\n", "no column “class” and “display_name”"),
        ("class,class,display_name\n8B,8B,Ada\n", "“class” stands in the first row twice"),
        ("class,display_name\n", "There is no pupil"),
        (" \n", "The file is empty"),
    ],
)
def test_a_file_without_what_is_needed_says_what_is_missing(text: str, sentence: str) -> None:
    with pytest.raises(RosterFileRefused, match=sentence):
        read_roster(text.encode())


def test_too_many_rows_or_bytes_are_refused_whole() -> None:
    with pytest.raises(RosterFileRefused, match="more than 5,000 rows"):
        read_roster((HEAD + "8B,A,\n" * 50_000).encode())
    with pytest.raises(RosterFileRefused, match="larger than 1 MB"):
        read_roster(b"x" * (MOST_BYTES + 1))


def test_columns_that_mean_nothing_here_are_named_and_not_read() -> None:
    file = read_roster(b"class,surname,display_name,dob\n8B,Lovelace,Ada,2014-01-02\n")
    assert file.unread == ["surname", "dob"]
    many = read_roster(("class,display_name" + "".join(f",x{n}" for n in range(5000)) + "\n8B,Al\n").encode())
    assert len(many.unread) == 20
    assert [row.name for row in file.rows] == ["Ada"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",Ada,", "class", "There is no class"),
        ("8B,,7", "display_name", "There is no name"),
        ("=8B,Ada,", "class", "formula"),
        ("8B,@SUM(A1),", "display_name", "formula"),
        ("8B,+Ada,", "display_name", "formula"),
        ("8B,Ada,-12", "external_id", "formula"),
        ("8B,ada@home.example,", "display_name", "never an e-mail address"),
        ("8B,Ada,ada@home.example", "external_id", "never an e-mail address"),
        ("8B,Ada 2/1/14,", "display_name", "never a date of birth"),
        ("8B,Ada 02/01/2014,", "display_name", "never a date of birth"),
        ("8B,Ada,2014-01-02", "external_id", "never a date of birth"),
        ("8B,A\x07da,", "display_name", "cannot be shown"),
        ("8B\u200b,Ada,", "class", "cannot be shown"),
        (f"8B,{'a' * 41},", "display_name", "more than 40 characters"),
        (f"8B,Ada,{'1' * 41}", "external_id", "more than 40 characters"),
        (f"{'8' * 61},Ada,", "class", "more than 60 characters"),
        ("8B,Lovelace, Ada,7", "", "more cells than there are headings"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_of_its_cell(row: str, column: str, reason: str) -> None:
    found = problem_of(row + "\n")
    assert found[0] == column
    assert reason in found[1]


def test_the_apostrophe_of_our_own_files_is_taken_off_and_no_other() -> None:
    file = read_roster((HEAD + "8B,'-Ada,\n8B,'Tis,\n").encode())
    assert [(row.name, row.was_quoted) for row in file.rows] == [("-Ada", True), ("'Tis", False)]


def test_spaces_around_and_inside_do_not_matter() -> None:
    assert read(' 8B , "Ada  L" , 7 \n') == [("8B", '"Ada L"', "7")] or read("8B ,Ada  L, 7\n") == [
        ("8B", "Ada L", "7")
    ]


def test_a_quotation_that_never_ends_is_a_sentence_and_no_crash() -> None:
    file_or_refusal = HEAD + '8B,"Ada,\n' + "8B,Bo,\n" * 100
    assert read_roster(file_or_refusal.encode()).problems
    with pytest.raises(RosterFileRefused, match="cannot be read as CSV"):
        read_roster((HEAD + '8B,"' + "a\n" * 100_000).encode())
