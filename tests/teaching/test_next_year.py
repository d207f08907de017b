import pytest

from lessons.teaching.enums import YearAction
from lessons.teaching.next_year import a_year_on, propose
from safeguarding.schools.models import School, SchoolClass


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("8A", "9A"),
        ("Year 8", "Year 9"),
        ("9z 2", "10z 2"),
        ("1st class", "2nd class"),
        ("2nd class", "3rd class"),
        ("3RD", "4th"),
        ("10th", "11th"),
        ("21st", "22nd"),
        ("2026 8B", "2026 9B"),
        ("Otters", "Otters"),
        ("", ""),
    ],
)
def test_a_name_goes_a_year_on(name: str, later: str) -> None:
    assert a_year_on(name) == later


@pytest.mark.parametrize(
    ("ages", "action"),
    [((12, 13), YearAction.UP), ((15, 16), YearAction.LEAVE), ((11, 14), YearAction.STAY), ((15, 15), YearAction.UP)],
)
def test_the_oldest_leave_and_a_class_of_many_ages_stays(ages: tuple[int, int], action: YearAction) -> None:
    proposal = propose(SchoolClass(name="8A", age_from=ages[0], age_to=ages[1]), School(age_from=11, age_to=16))
    assert proposal.action == action
    assert (proposal.age_from, proposal.age_to) == (ages[0] + 1, ages[1] + 1)
