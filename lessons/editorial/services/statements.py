"""Imports a publisher's statements from the publisher's own file: first what would happen, then all or nothing."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from lessons.library.models import Statement, Strand

TWICE = "it stands twice in this strand. Give each its own code."
COLUMNS = ("edition", "strand", "code", "statement", "ages")
NEEDED = COLUMNS[:4]
LONGEST = {"code": 40, "ages": 40, "statement": 4_000}


@dataclass(frozen=True)
class RowProblem:
    """`row` is the line of the file, the heading being 1."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column} “{self.value}”: {self.reason}"


@dataclass
class ImportReport:
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    row: int
    strand: Strand
    code: str
    text: str
    ages: str | None  # None: the file has no such column


@transaction.atomic
def import_statements(data: bytes, *, apply: bool = False) -> ImportReport:
    """A dry run unless `apply`. With a problem in any row nothing is written; a statement that the file lacks stays.

    Columns: edition, strand (their slugs), code, statement, and ages if there are any. UTF-8.
    """
    report = ImportReport()
    lines = _read(data, report)
    # Another import of the same strands waits here until this one is done.
    list(Strand.objects.filter(pk__in={line.strand.pk for line in lines}).select_for_update().values("pk"))
    places: Counter[int] = Counter()
    held = {
        (strand_id, code): (pk, text, ages, position)
        for pk, strand_id, code, text, ages, position in Statement.objects.values_list(
            "pk", "strand", "code", "text", "ages", "position"
        )
    }
    new, changed = [], []
    for line in lines:
        places[line.strand.pk] += 1
        position = places[line.strand.pk]
        known = held.get((line.strand.pk, line.code))
        ages = line.ages if line.ages is not None else (known[2] if known else "")
        statement = Statement(
            pk=known[0] if known else None,
            strand=line.strand,
            code=line.code,
            text=line.text,
            ages=ages,
            position=position,
        )
        if known is None:
            new.append(statement)
        elif known[1:] != (line.text, ages, position):
            changed.append(statement)
    report.new, report.changed, report.same = len(new), len(changed), len(lines) - len(new) - len(changed)
    if apply and not report.problems:
        Statement.objects.bulk_create(new)
        Statement.objects.bulk_update(changed, ["text", "ages", "position"])
    return report


def _read(data: bytes, report: ImportReport) -> list[_Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.problems.append(RowProblem(1, "file", "", "it is not UTF-8 text. Save it again as CSV UTF-8."))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    lines: list[_Line] = []
    try:
        heading = list(reader.fieldnames or ())
        wrong = [column for column in NEEDED if column not in heading]
        wrong += sorted({column for column in heading if column not in COLUMNS or heading.count(column) > 1})
        if wrong:
            reason = f"the first line must name the columns {', '.join(NEEDED)}, and ages if there are any, each once."
            _refuse(report, 1, ", ".join(wrong), "", reason)
            return []
        strands = {f"{s.edition.slug}/{s.slug}": s for s in Strand.objects.select_related("edition")}
        seen: set[tuple[int, str]] = set()
        for values in reader:
            found = _line(reader.line_num, values, strands, report)
            if found and (found.strand.pk, found.code) in seen:
                _refuse(report, found.row, "code", found.code, TWICE)
            elif found:
                seen.add((found.strand.pk, found.code))
                lines.append(found)
    except csv.Error as error:
        _refuse(report, max(reader.line_num, 1), "file", "", f"this is not CSV: {error}.")
    return lines


def _line(
    row: int, values: dict[str | None, str | None], strands: dict[str, Strand], report: ImportReport
) -> _Line | None:
    before = len(report.problems)
    held = {column: (values.get(column) or "").replace("\x00", "").strip() for column in COLUMNS}
    if None in values:
        _refuse(report, row, "row", "", "it has more cells than the heading has columns.")
    for column in NEEDED:
        if not held[column]:
            _refuse(report, row, column, "", "it is empty.")
    for column, longest in LONGEST.items():
        if len(held[column]) > longest:
            _refuse(report, row, column, held[column], f"it is longer than {longest} characters.")
    strand = strands.get(f"{held['edition']}/{held['strand']}")
    if strand is None and held["edition"] and held["strand"]:
        known = sorted(key for key in strands if key.startswith(f"{held['edition']}/"))
        reason = f"use one of: {', '.join(known)}." if known else "there is no such edition."
        _refuse(report, row, "strand" if known else "edition", held["strand" if known else "edition"], reason)
    if strand is None or len(report.problems) > before:
        return None
    return _Line(row, strand, held["code"], held["statement"], held["ages"] if "ages" in values else None)


def _refuse(report: ImportReport, row: int, column: str, value: str, reason: str) -> None:
    report.problems.append(RowProblem(row, column, value[:60], reason))
