import pytest

from safeguarding.schools.errors import NamesRefused
from safeguarding.schools.names import LONGEST, MOST_AT_ONCE, check_lines, read_lines


def test_names_are_trimmed_with_single_spaces_and_keep_the_number_of_their_line() -> None:
    read = read_lines("\n  Ada \r\n\r\nJo   B\n")
    assert [(line.number, line.name) for line in read] == [(2, "Ada"), (4, "Jo B")]


def test_names_of_many_scripts_are_kept() -> None:
    typed = ["Zoë", "李", "मी\u200dना", "O’Neil", "Pupil 7", "A."]
    read = read_lines("\n".join(typed))
    check_lines(read)
    assert [line.name for line in read] == typed


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("ada@school.example", "an @"),
        ("Ada 12/03/2014", "digits"),
        ("Ada\tLovelace", "character that cannot be shown"),
        ("Ada\u202eevil", "character that cannot be shown"),
        ("A\x00da", "character that cannot be shown"),
        ("\u3164", "no letter that can be seen"),
        ("a" * (LONGEST + 1), f"more than {LONGEST} characters"),
    ],
)
def test_a_line_that_may_not_be_kept_is_named_by_its_number(typed: str, what: str) -> None:
    with pytest.raises(NamesRefused) as refused:
        check_lines(read_lines(f"Bo\n{typed}\nCy"))
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("Line 2 has")
    assert what in refused.value.problems[0]


def test_doubled_names_are_found_whatever_their_case_and_spelling_of_accents() -> None:
    with pytest.raises(NamesRefused) as refused:
        check_lines(read_lines("Zoë\nAda\nZOE\u0308\nada\nADA"))
    assert [problem.split(" are")[0] for problem in refused.value.problems] == ["Lines 1 and 3", "Lines 2, 4 and 5"]


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(NamesRefused) as refused:
        check_lines(read_lines("Ada\nada\nbo@home.example"))
    assert "ada" not in str(refused.value).lower()
    assert "home" not in str(refused.value)


def test_nothing_and_too_many_are_refused() -> None:
    with pytest.raises(NamesRefused, match="at least one"):
        check_lines(read_lines(" \n\n"))
    many = "\n".join(f"P {number}" for number in range(MOST_AT_ONCE + 1))
    with pytest.raises(NamesRefused, match=f"at most {MOST_AT_ONCE}"):
        check_lines(read_lines(many))
