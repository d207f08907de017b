"""Whatever stands in a file: nobody goes, an export changes nothing, and undoing gives back what was there."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeguarding.core.spreadsheets import csv_response
from safeguarding.schools import services
from safeguarding.schools.models import Pupil, RosterImport, SchoolClass
from safeguarding.schools.queries import look_at_roster, roster_rows
from safeguarding.schools.roster_file import COLUMNS
from tests.cast import Cast
from tests.factories import SchoolClassFactory

from .rosters import do_import, lists_of

pytestmark = pytest.mark.django_db
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

names = st.sampled_from(["Ada", "ada", "Bo", "Cy L", "Zoë", "-Di", "=1", "'=1", "Eve", "mum@home", "", "'Tis", "李"])
ids = st.sampled_from(["", "", "1", "2", "3", "-4", "2014-01-02"])
rows = st.lists(st.tuples(st.sampled_from(["8B", "8b", "8A", "9Z", "-8C"]), names, ids), min_size=1, max_size=12)
kept = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Bo", "Cy L", "Zoë", "-Di", "'Tis", "Eve", "+1"]), st.sampled_from(["", "1", "2"])
    ),
    max_size=6,
    unique_by=lambda pupil: pupil[0],
).filter(lambda pupils: len({i for _, i in pupils if i}) == sum(bool(i) for _, i in pupils))


def written(lines: list[tuple[str, str, str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *lines])
    return text.getvalue().encode()


def begin(cast: Cast, pupils: list[tuple[str, str]]) -> None:
    RosterImport.objects.all().delete()
    SchoolClass.objects.exclude(pk__in=[cast.named_class.pk, cast.anonymous_class.pk]).delete()
    Pupil.objects.all().delete()
    SchoolClassFactory(school=cast.northfield, name="9Z", mode="named", teachers=[cast.colleague])
    for name, external_id in pupils:
        Pupil.objects.create(school_class=cast.named_class, display_name=name, external_id=external_id)


@often
@given(pupils=kept, lines=rows)
def test_a_row_however_bad_removes_nobody(cast: Cast, pupils: list[tuple[str, str]], lines) -> None:
    begin(cast, pupils)
    there = set(Pupil.objects.values_list("pk", flat=True))
    data = written(lines)
    plan = look_at_roster(cast.teacher, data)
    assert {problem.row for problem in plan.problems}.isdisjoint(
        each.row.number for planned in plan.classes for each in planned.pupils
    )
    if plan.does_something:
        do_import(cast.teacher, data, leave_out=True)
    assert there <= set(Pupil.objects.filter(school_class=cast.named_class).values_list("pk", flat=True))
    assert set(Pupil.objects.exclude(pk__in=there).values_list("display_name", flat=True)).isdisjoint({"=1", "-Di"})
    assert lists_of(cast.northfield)["9Z"] == []


@often
@given(pupils=kept)
def test_importing_what_was_exported_changes_nothing(cast: Cast, pupils: list[tuple[str, str]]) -> None:
    begin(cast, pupils)
    before = lists_of(cast.northfield)
    data = b"".join(csv_response("x.csv", COLUMNS, roster_rows(cast.teacher)).streaming_content)
    if not pupils:
        return
    plan = look_at_roster(cast.teacher, data)
    assert (plan.added, plan.changed, plan.same, plan.problems) == (0, 0, len(pupils), [])
    assert lists_of(cast.northfield) == before


@often
@given(pupils=kept, lines=rows)
def test_undoing_restores_what_was_there(cast: Cast, pupils: list[tuple[str, str]], lines) -> None:
    begin(cast, pupils)
    before = lists_of(cast.northfield)
    data = written(lines)
    if not look_at_roster(cast.teacher, data).does_something:
        return
    done = do_import(cast.teacher, data, leave_out=True)
    undone = services.undo_import(actor=cast.teacher, roster_import=RosterImport.objects.get(pk=done.pk))
    assert undone.stayed == 0
    assert lists_of(cast.northfield) == before
