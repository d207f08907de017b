"""A file of class lists as rows: `class, display_name, external_id`. What is wrong with one row is said of that row."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from safeguarding.core.spreadsheets import FORMULA, neutral

from . import names
from .errors import RosterFileRefused

MOST_BYTES = 1024 * 1024
MOST_ROWS = 5_000
LONGEST_CLASS_NAME = 60
LONGEST_ID = 40
LONGEST_SHOWN = 60
MOST_UNREAD = 20
NEEDED = ("class", "display_name")
COLUMNS = (*NEEDED, "external_id")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAVE_AS = "In Excel choose File, Save as, “CSV UTF-8”; in LibreOffice choose “Text CSV” and the character set UTF-8."


@dataclass(frozen=True)
class RosterRow:
    """`number` is that of the row in a spreadsheet: the headings are row 1.

    `was_quoted`: an apostrophe stood before a cell that a spreadsheet would work out, as our own files have it.
    """

    number: int
    class_name: str
    name: str
    external_id: str
    was_quoted: bool = False

    @property
    def class_key(self) -> str:
        return names.name_key(self.class_name)

    @property
    def key(self) -> str:
        return names.name_key(self.name)


@dataclass(frozen=True)
class RowProblem:
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class RosterFile:
    rows: list[RosterRow]
    problems: list[RowProblem]
    unread: list[str]  # the headings of columns that mean nothing here


def read_roster(data: bytes) -> RosterFile:
    """Raises RosterFileRefused where the file as a whole cannot be read."""
    if len(data) > MOST_BYTES:
        raise RosterFileRefused("The file is larger than 1 MB. Keep the three columns only, or send it in parts.")
    text = _decoded(data)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=lambda sign: len(set(COLUMNS) & set(_headings(heading.split(sign)))))
    records = _records(text, delimiter)
    _, found = next(records, (1, []))
    headings = _headings(found)
    if missing := [column for column in NEEDED if column not in headings]:
        columns = " and ".join(f"“{column}”" for column in missing)
        raise RosterFileRefused(
            f"The first row has no column {columns}. It must name the columns: class, display_name "
            "and, if you have it, external_id."
        )
    if twice := [column for column in COLUMNS if headings.count(column) > 1]:
        raise RosterFileRefused(f"The column “{twice[0]}” stands in the first row twice. Take one of them out.")
    rows: list[RosterRow] = []
    problems: list[RowProblem] = []
    for number, cells in records:
        row, wrong = _read(number, headings, cells)
        problems += wrong
        if not wrong:
            rows.append(row)
    if not rows and not problems:
        raise RosterFileRefused("There is no pupil in the file. Below the headings, write one pupil a row.")
    unread = dict.fromkeys(shown(cell) for cell in found if _heading(cell) not in (*COLUMNS, ""))
    return RosterFile(rows, problems, list(unread)[:MOST_UNREAD])


def shown(value: str) -> str:
    """Short, and without what cannot be shown."""
    text = "".join("�" if names.has_control_character(char) else char for char in value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _decoded(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RosterFileRefused(f"This is a workbook and not a CSV file. {SAVE_AS}")
    encoding = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise RosterFileRefused(
            f"The file is in an encoding that cannot be told for certain, so names might be read wrongly. {SAVE_AS}"
        )
    if not text.strip():
        raise RosterFileRefused("The file is empty. Choose another.")
    return text


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each with its number, without the empty ones. Stops at the first row too many, so that a huge file is quick."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    count = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS + 1:
                raise RosterFileRefused(
                    f"The file has more than {MOST_ROWS:,} rows. Send it in parts, a year at a time."
                )
            yield number, cells
    except csv.Error as error:
        raise RosterFileRefused(f"The file cannot be read as CSV. {SAVE_AS}") from error


def _heading(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", cell.strip().strip('"').casefold())


def _headings(cells: list[str]) -> list[str]:
    return [_heading(cell) for cell in cells]


def _read(number: int, headings: list[str], cells: list[str]) -> tuple[RosterRow, list[RowProblem]]:
    extra = [cell for cell in cells[len(headings) :] if cell.strip()]
    by_column = dict(zip(headings, [*cells, *[""] * len(headings)], strict=False))
    values = {column: _unquoted(by_column.get(column, "")) for column in COLUMNS}
    class_name, name, external_id = (names.tidy(values[column][0]) for column in COLUMNS)
    row = RosterRow(number, class_name, name, external_id, any(was_quoted for _, was_quoted in values.values()))
    problems = [
        RowProblem(number, column, shown(by_column.get(column, "")), reason)
        for column, text, checks in (
            ("class", class_name, CLASS_CHECKS),
            ("display_name", name, NAME_CHECKS),
            ("external_id", external_id, ID_CHECKS),
        )
        for reason in _reasons(text, values[column][1], checks)
    ]
    if extra:
        reason = "The row has more cells than there are headings. Put a name that has a comma in quotation marks."
        problems.append(RowProblem(number, "", shown(extra[0]), reason))
    return row, problems


def _unquoted(cell: str) -> tuple[str, bool]:
    """A cell as it was before our own files put an apostrophe before it."""
    was_quoted = cell.startswith("'") and neutral(cell[1:]) == cell
    return (cell[1:], True) if was_quoted else (cell, False)


Check = tuple[Callable[[str], bool], str]
NO_FORMULA = "A spreadsheet would run this as a formula. Begin it with a letter or a digit."
_is_formula: Check = (lambda text: bool(FORMULA.match(text)), NO_FORMULA)


def _reasons(text: str, was_quoted: bool, checks: tuple[Check, ...]) -> list[str]:
    """The first thing that is wrong, if anything is."""
    return [why for is_wrong, why in checks if is_wrong(text) and not (was_quoted and why == NO_FORMULA)][:1]


UNSEEN = "It has a character that cannot be shown. Type it again by hand."
CLASS_CHECKS: tuple[Check, ...] = (
    (lambda text: not text, "There is no class. Write its name, such as 8B."),
    (names.has_control_character, UNSEEN),
    _is_formula,
    (
        lambda text: len(text) > LONGEST_CLASS_NAME,
        f"It has more than {LONGEST_CLASS_NAME} characters. Shorten the name of the class.",
    ),
)
NAME_CHECKS: tuple[Check, ...] = (
    (lambda text: not text, "There is no name. Write a first name or initials."),
    (names.has_control_character, UNSEEN),
    _is_formula,
    *((is_wrong, f"It has {what}") for is_wrong, what in names.CHECKS),
)
ID_CHECKS: tuple[Check, ...] = (
    (names.has_control_character, UNSEEN),
    _is_formula,
    (lambda text: "@" in text, "It has an @. Use the school’s own number, never an e-mail address."),
    (names.has_date, "It looks like a date. Use the school’s own number, never a date of birth."),
    (lambda text: len(text) > LONGEST_ID, f"It has more than {LONGEST_ID} characters. Use a shorter number."),
)
