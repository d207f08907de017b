import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding.schools import services
from safeguarding.schools.errors import ClassArchived, ImportNotUndone, NotAllowed, RosterFileRefused, RosterRefused
from safeguarding.schools.models import Pupil, RosterChange, RosterImport, SchoolClass
from safeguarding.schools.names import MOST_IN_A_CLASS
from safeguarding.schools.queries import look_at_roster, suggested_ages
from tests.cast import Cast
from tests.factories import PupilFactory, PupilGroupFactory, SchoolClassFactory

from .rosters import csv_of, do_import, lists_of


def reasons(cast: Cast, *rows: tuple[str, str, str]) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.reason) for p in look_at_roster(cast.teacher, csv_of(rows)).problems]


def test_looking_changes_nothing_and_says_what_would_be_done(cast: Cast) -> None:
    before = lists_of(cast.northfield)
    plan = look_at_roster(cast.teacher, csv_of([("8b", "Ada", ""), ("8B", "Cy", ""), ("8C", "Di", "4")]))
    assert lists_of(cast.northfield) == before
    assert [(each.name, each.added, each.changed, each.same) for each in plan.classes] == [
        ("8B", 1, 0, 1),
        ("8C", 1, 0, 0),
    ]
    assert [each.name for each in plan.new_classes] == ["8C"]


def test_pupils_are_added_and_a_class_is_made_that_its_maker_teaches(cast: Cast) -> None:
    done = do_import(cast.teacher, csv_of([("8B", "Cy", "3"), ("8C", "Di", "4")]))
    assert (done.classes_made, done.added, done.changed) == (1, 2, 0)
    assert lists_of(cast.northfield) == {
        "8A": [],
        "8B": [("Ada", ""), ("Bo", ""), ("Cy", "3")],
        "8C": [("Di", "4")],
    }
    made = SchoolClass.objects.get(name="8C")
    assert (made.is_named, made.year_group, made.age_from) == (True, "Year 8", 12)
    assert list(made.teachers.all()) == [cast.teacher]


def test_the_same_id_is_the_same_pupil_and_the_same_name_gets_the_id(cast: Cast) -> None:
    do_import(cast.teacher, csv_of([("8B", "ada", "1")]))
    assert lists_of(cast.northfield)["8B"] == [("ada", "1"), ("Bo", "")]
    Pupil.objects.filter(pk=cast.ada.pk).update(secret="kept")
    do_import(cast.teacher, csv_of([("8B", "Adele", "1")]))
    cast.ada.refresh_from_db()
    assert (cast.ada.display_name, cast.ada.external_id, cast.ada.secret) == ("Adele", "1", "kept")


def test_two_pupils_may_change_names(cast: Cast) -> None:
    do_import(cast.teacher, csv_of([("8B", "Ada", "1"), ("8B", "Bo", "2")]))
    do_import(cast.teacher, csv_of([("8B", "Bo", "1"), ("8B", "Ada", "2")]))
    assert lists_of(cast.northfield)["8B"] == [("Bo", "1"), ("Ada", "2")]


def test_a_name_or_id_that_stands_twice_is_refused_in_both_rows(cast: Cast) -> None:
    assert reasons(cast, ("8B", "Cy", ""), ("8B", "CY", ""), ("8B", "Di", "7"), ("8B", "Eve", "7")) == [
        (2, "display_name", "Row 3 of this class has the same. Add an initial, to tell them apart."),
        (3, "display_name", "Row 2 of this class has the same. Add an initial, to tell them apart."),
        (4, "external_id", "Row 5 of this class has the same. Give each its own."),
        (5, "external_id", "Row 4 of this class has the same. Give each its own."),
    ]


def test_a_new_name_must_not_be_that_of_somebody_who_keeps_it(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(external_id="1")
    ((row, column, reason),) = reasons(cast, ("8B", "Bo", "1"))
    assert (row, column) == (2, "display_name")
    assert "Another pupil of the class has this name" in reason


def test_a_name_with_another_id_may_be_another_child_and_is_refused(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(external_id="1")
    ((_, column, reason),) = reasons(cast, ("8B", "Ada", "9"))
    assert column == "external_id"
    assert "with another id" in reason


def test_two_rows_for_one_pupil_are_refused(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(external_id="1")
    assert [row for row, _, _ in reasons(cast, ("8B", "Adele", "1"), ("8B", "Ada", ""))] == [2, 3]


def test_no_other_class_is_touched_and_the_reason_gives_nothing_away(cast: Cast) -> None:
    own = SchoolClassFactory(school=cast.northfield, name="9Z", mode="named", teachers=[cast.colleague])
    PupilFactory(school_class=own, display_name="Zed")
    rows = csv_of([("9Z", "Cy", ""), ("8A", "Di", ""), ("8S", "Eve", "")])
    plan = look_at_roster(cast.teacher, rows)
    assert [(p.row, p.column) for p in plan.problems] == [(2, "class"), (3, "class")]
    assert "cannot read names into a class of this name" in plan.problems[0].reason
    assert "anonymous" in plan.problems[1].reason
    # 8S is a class of the other school: here it is a name like any other.
    assert [each.name for each in plan.new_classes] == ["8S"]
    do_import(cast.teacher, rows, leave_out=True)
    assert lists_of(cast.southfield) == {"8S": []}
    assert lists_of(cast.northfield) == {
        "8A": [],
        "8B": [("Ada", ""), ("Bo", "")],
        "8S": [("Eve", "")],
        "9Z": [("Zed", "")],
    }


def test_the_name_of_an_archived_class_is_free_for_a_new_one(cast: Cast) -> None:
    SchoolClass.objects.filter(pk=cast.named_class.pk).update(archived_at=timezone.now())
    assert [each.name for each in look_at_roster(cast.teacher, csv_of([("8B", "Cy", "")])).new_classes] == ["8B"]


def test_bad_rows_stop_the_import_unless_they_are_to_be_left_out(cast: Cast) -> None:
    data = csv_of([("8B", "Cy", ""), ("8B", "=1", "")])
    with pytest.raises(RosterRefused, match="tick “Import the rest”"):
        do_import(cast.teacher, data)
    assert Pupil.objects.filter(school_class=cast.named_class).count() == 2
    do_import(cast.teacher, data, leave_out=True)
    assert lists_of(cast.northfield)["8B"] == [("Ada", ""), ("Bo", ""), ("Cy", "")]


def test_what_has_changed_since_it_was_looked_at_is_not_done(cast: Cast) -> None:
    data = csv_of([("8B", "Cy", "")])
    token = look_at_roster(cast.teacher, data).token
    PupilFactory(school_class=cast.named_class, display_name="Cy")
    with pytest.raises(RosterRefused, match="changed since you looked"):
        services.import_roster(actor=cast.teacher, data=data, expected=token, new_classes=[], leave_out=False)
    assert not RosterImport.objects.exists()


def test_a_failure_half_way_leaves_nothing_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = lists_of(cast.northfield)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("safeguarding.schools.services.roster._note", fail)
    with pytest.raises(RuntimeError):
        do_import(cast.teacher, csv_of([("8C", "Di", ""), ("8B", "Cy", "")]))
    assert lists_of(cast.northfield) == before
    assert not RosterImport.objects.exists()


def test_a_class_is_never_fuller_than_four_hundred(cast: Cast) -> None:
    Pupil.objects.bulk_create(
        Pupil(school_class=cast.named_class, display_name=f"P{n}") for n in range(MOST_IN_A_CLASS - 3)
    )
    found = reasons(cast, ("8B", "Ada", "1"), ("8B", "Cy", ""), ("8B", "Di", ""))
    assert [(row, column) for row, column, _ in found] == [(4, "class")]


def test_a_file_that_makes_too_many_classes_is_refused(cast: Cast) -> None:
    with pytest.raises(RosterFileRefused, match="61 classes"):
        look_at_roster(cast.teacher, csv_of((f"Class {n}", "Ada", "") for n in range(61)))


@pytest.mark.parametrize("rows", [1, 30])
def test_looking_takes_as_many_queries_for_thirty_rows(cast: Cast, rows: int) -> None:
    data = csv_of((f"8{'BC'[n % 2]}", f"Pupil {chr(65 + n)}", str(n)) for n in range(rows))
    with CaptureQueriesContext(connection) as queries:
        look_at_roster(cast.teacher, data)
    assert len(queries) == 3


def test_ages_are_those_of_another_class_of_the_year_or_what_the_number_means(cast: Cast) -> None:
    SchoolClass.objects.filter(pk=cast.named_class.pk).update(year_group="Year 8", age_from=12, age_to=13)
    SchoolClass.objects.filter(pk=cast.anonymous_class.pk).update(year_group="Year 8", age_from=12, age_to=13)
    found = suggested_ages(cast.teacher, ["8X", "5C", "Otters"])
    assert found[0] == {"year_group": "Year 8", "age_from": 12, "age_to": 13}
    if cast.northfield.country_id.startswith("GB"):
        assert found[1] == {"year_group": "Year 5", "age_from": 9, "age_to": 10}
    assert found[2] == {"year_group": "", "age_from": cast.northfield.age_from, "age_to": cast.northfield.age_to}


# --- taking it back -------------------------------------------------------


def undo(cast: Cast, pk: int, **kept: set[int]) -> services.Undone:
    return services.undo_import(actor=cast.teacher, roster_import=RosterImport.objects.get(pk=pk), **kept)


def test_undoing_gives_back_exactly_what_was_there(cast: Cast) -> None:
    before = lists_of(cast.northfield)
    done = do_import(cast.teacher, csv_of([("8B", "Ada", "1"), ("8B", "Cy", "2"), ("8C", "Di", "")]))
    undone = undo(cast, done.pk)
    assert (undone.removed, undone.restored, undone.stayed, undone.classes_removed) == (2, 1, 0, 1)
    assert lists_of(cast.northfield) == before
    assert not RosterChange.objects.exists()


def test_who_has_joined_or_is_in_a_group_stays_and_so_does_their_class(cast: Cast) -> None:
    done = do_import(cast.teacher, csv_of([("8C", "Cy", ""), ("8C", "Di", ""), ("8C", "Eve", "")]))
    Pupil.objects.filter(display_name="Cy").update(secret="a hash")
    made = SchoolClass.objects.get(name="8C")
    PupilGroupFactory(school_class=made, pupils=[Pupil.objects.get(display_name="Di")])
    undone = undo(cast, done.pk)
    assert (undone.removed, undone.stayed, undone.classes_removed) == (1, 2, 0)
    assert lists_of(cast.northfield)["8C"] == [("Cy", ""), ("Di", "")]


def test_a_name_that_somebody_else_has_got_since_is_not_taken_from_them(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(external_id="1")
    done = do_import(cast.teacher, csv_of([("8B", "Adele", "1")]))
    PupilFactory(school_class=cast.named_class, display_name="Ada")
    assert undo(cast, done.pk).stayed == 1
    assert lists_of(cast.northfield)["8B"] == [("Adele", "1"), ("Bo", ""), ("Ada", "")]


def test_an_import_is_undone_once_within_a_day_and_the_latest_first(cast: Cast) -> None:
    first = do_import(cast.teacher, csv_of([("8B", "Cy", "")]))
    second = do_import(cast.teacher, csv_of([("8B", "Di", "")]))
    with pytest.raises(ImportNotUndone, match="later import"):
        undo(cast, first.pk)
    undo(cast, second.pk)
    with pytest.raises(ImportNotUndone, match="undone already"):
        undo(cast, second.pk)
    RosterImport.objects.update(made_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    with pytest.raises(ImportNotUndone, match="more than a day old"):
        undo(cast, first.pk)


def test_what_was_imported_is_forgotten_after_a_day(cast: Cast) -> None:
    do_import(cast.teacher, csv_of([("8B", "Ada", "1")]))
    RosterImport.objects.update(made_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    later = do_import(cast.teacher, csv_of([("8B", "Cy", "")]))
    assert [kept.pk for kept in RosterImport.objects.all()] == [later.pk]
    assert not RosterChange.objects.filter(name_before="Ada").exists()


def test_the_command_forgets_what_is_more_than_a_day_old(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    do_import(cast.teacher, csv_of([("8B", "Ada", "1")]))
    call_command("forget_imports")
    assert RosterChange.objects.exists()
    RosterImport.objects.update(made_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    call_command("forget_imports")
    assert not RosterChange.objects.exists()
    assert lists_of(cast.northfield)["8B"] == [("Ada", "1"), ("Bo", "")]
    assert capsys.readouterr().out.splitlines() == ["Imports forgotten: 0.", "Imports forgotten: 1."]


def test_nobody_else_undoes_it_and_nobody_undoes_it_in_a_past_class(cast: Cast) -> None:
    done = RosterImport.objects.get(pk=do_import(cast.teacher, csv_of([("8B", "Cy", "")])).pk)
    for who in (cast.colleague, cast.outsider):
        with pytest.raises(NotAllowed):
            services.undo_import(actor=who, roster_import=done)
    SchoolClass.objects.filter(pk=cast.named_class.pk).update(archived_at=timezone.now())
    with pytest.raises(ClassArchived):
        services.undo_import(actor=cast.teacher, roster_import=done)
