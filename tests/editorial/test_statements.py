"""A publisher's statements come from the publisher's file: a dry run, then all or nothing."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.editorial.services.statements import import_statements
from lessons.library.models import Edition, Framework, Statement, Strand

HEADING = ["edition", "strand", "code", "statement", "ages"]
GOOD = ["connected-2020", "privacy", "P1", "I can choose a strong password.", "7–11"]


def make_strand() -> Strand:
    framework = Framework.objects.create(slug="connected", name="Connected", publisher="A council")
    edition = Edition.objects.create(framework=framework, slug="connected-2020", name="2020 edition")
    return Strand.objects.create(edition=edition, slug="privacy", name="Privacy and security")


@pytest.fixture
def strand(db: None) -> Strand:
    return make_strand()


def as_csv(*rows: list[str], heading: list[str] | None = None) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heading or HEADING, *rows])
    return out.getvalue().encode()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(strand: Strand) -> None:
    report = import_statements(as_csv(GOOD))

    assert (report.new, report.changed, report.same, report.problems) == (1, 0, 0, [])
    assert not Statement.objects.exists()


def test_statements_are_written_under_their_strand(strand: Strand) -> None:
    import_statements(as_csv(GOOD), apply=True)

    statement = Statement.objects.get()
    assert (statement.strand, statement.code, statement.text, statement.ages) == (strand, *GOOD[2:])


def test_importing_the_same_file_again_changes_nothing(strand: Strand) -> None:
    import_statements(as_csv(GOOD), apply=True)
    before = list(Statement.objects.values())
    report = import_statements(as_csv(GOOD), apply=True)

    assert (report.new, report.changed, report.same) == (0, 0, 1)
    assert list(Statement.objects.values()) == before


def test_a_new_text_replaces_the_old_one_and_what_the_file_lacks_stays(strand: Strand) -> None:
    import_statements(as_csv(GOOD, [*GOOD[:2], "P2", "I can ask.", ""]), apply=True)
    report = import_statements(as_csv([*GOOD[:3], "I can choose a long password.", ""]), apply=True)

    assert (report.new, report.changed) == (0, 1)
    assert set(Statement.objects.values_list("code", "text")) == {
        ("P1", "I can choose a long password."),
        ("P2", "I can ask."),
    }


def test_a_file_without_ages_leaves_those_that_there_are(strand: Strand) -> None:
    import_statements(as_csv(GOOD), apply=True)
    report = import_statements(as_csv(GOOD[:4], heading=HEADING[:4]), apply=True)

    assert report.same == 1
    assert Statement.objects.get().ages == "7–11"


def test_statements_keep_the_order_of_the_file_within_their_strand(strand: Strand) -> None:
    other = Strand.objects.create(edition=strand.edition, slug="other", name="Other")
    rows = [[GOOD[0], slug, code, "I can.", ""] for slug, code in (("other", "B"), ("privacy", "Z"), ("privacy", "A"))]
    import_statements(as_csv(*rows), apply=True)

    assert [s.code for s in strand.statements.all()] == ["Z", "A"]
    assert import_statements(as_csv(*rows[1:])).same == 2
    assert other.statements.get().position == 1


BAD = {
    "an unknown edition": (["other-2020", *GOOD[1:]], "edition", "no such edition"),
    "an unknown strand": ([GOOD[0], "other", *GOOD[2:]], "strand", "connected-2020/privacy"),
    "no code": ([*GOOD[:2], "", *GOOD[3:]], "code", "empty"),
    "no statement": ([*GOOD[:3], " ", ""], "statement", "empty"),
    "a code that is too long": ([*GOOD[:2], "P" * 41, *GOOD[3:]], "code", "longer than 40"),
    "too many cells": ([*GOOD, "more"], "row", "more cells"),
    "the same code twice": (GOOD, "code", "stands twice"),
}


@pytest.mark.parametrize(("row", "column", "reason"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_and_nothing_at_all_is_written(strand: Strand, row, column, reason) -> None:
    report = import_statements(as_csv(GOOD, row), apply=True)

    (problem,) = report.problems
    assert (problem.row, problem.column) == (3, column)
    assert reason in problem.reason
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "must name the columns"),
        (as_csv(heading=["code", "text"]), "must name the columns edition, strand, code, statement"),
        ("statement\xe9".encode("latin-1"), "not UTF-8"),
        (as_csv() + b'"open', "not CSV"),
        (b'"open', "not CSV"),
        (as_csv(heading=[*HEADING[:4], "age"]), "must name the columns"),
        (as_csv(heading=[*HEADING, "code"]), "each once"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(strand: Strand, data: bytes, reason: str) -> None:
    (problem,) = import_statements(data, apply=True).problems

    assert reason in problem.reason


def test_the_command_lists_every_bad_row_and_ends_with_an_error(strand: Strand, tmp_path: Path, capsys) -> None:
    path = tmp_path / "statements.csv"
    path.write_bytes(as_csv(GOOD, ["", "", "", "", ""]))

    with pytest.raises(CommandError, match=r"4 problems.*nothing was written"):
        call_command("import_statements", str(path), apply=True)
    assert "row 3, code “”: it is empty." in capsys.readouterr().err
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_statements", str(tmp_path / "missing.csv"))


def test_the_command_writes_only_when_it_is_told_to(strand: Strand, tmp_path: Path, capsys) -> None:
    path = tmp_path / "statements.csv"
    path.write_bytes(b"\xef\xbb\xbf" + as_csv(GOOD))
    call_command("import_statements", str(path))
    assert "1 new" in capsys.readouterr().out
    assert not Statement.objects.exists()
    call_command("import_statements", str(path), apply=True)
    assert Statement.objects.count() == 1


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(
    st.one_of(
        st.tuples(st.just("connected-2020"), st.just("privacy"), CELLS, CELLS, CELLS).map(list),
        st.lists(CELLS, max_size=7),
    ),
    max_size=6,
)


class AnyFile(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(ROWS)
    def test_whatever_the_file_holds_it_is_all_or_nothing_and_a_second_time_is_a_no_op(self, rows) -> None:
        make_strand()
        data = as_csv(*rows)
        dry = import_statements(data)
        assert not Statement.objects.exists()
        report = import_statements(data, apply=True)
        assert (report.new, report.problems) == (dry.new, dry.problems)
        assert Statement.objects.count() == (0 if report.problems else report.new)
        if not report.problems:
            again = import_statements(data, apply=True)
            assert (again.new, again.changed, again.same) == (0, 0, report.new)
