"""A table that is sorted, printed and taken away as a file, each from the same cells."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .spreadsheets import csv_response, xlsx_response

FILES = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a file holds, `value`, and how the page says it. With `url` it is a link, with `kind` (good, care, stop,
    info) it is coloured; a word always says the same as the colour.
    """

    value: int | float | str | datetime.date | datetime.datetime | None
    text: str = ""
    url: str = ""
    kind: str = ""
    note: str = ""  # a second, smaller line
    sort: int | float | str | None = None  # where the order is another than that of `value`

    @property
    def shown(self) -> str:
        return self.text or ("–" if self.value is None else str(self.value))


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: str
    is_number: bool = False
    note: str = ""


@dataclass(frozen=True)
class Heading:
    column: Column
    url: str  # sorts the table by it, the other way round where it is sorted so already
    order: str  # ascending, descending or nothing: the value of aria-sort


@dataclass(frozen=True)
class Table:
    """`name` is its anchor and stands in the address; a page may have several tables. The first column names the row.

    A row has a cell for each column.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    filename: str = ""  # without its ending; never a pupil's name
    sorted_by: str = ""  # a column's key, with a leading - for descending
    address: str = "?"  # of the page with its own filters, ready for one more

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Each row's cells with their columns, for the page."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def _heading(self, column: Column) -> Heading:
        ascending, descending = column.key, f"-{column.key}"
        order = {ascending: "ascending", descending: "descending"}.get(self.sorted_by, "")
        turned = descending if order == "ascending" else ascending
        return Heading(column, f"{self.address}{urlencode({f'{self.name}-sort': turned})}#{self.name}", order)

    @property
    def csv_url(self) -> str:
        return self._file_url("csv")

    @property
    def xlsx_url(self) -> str:
        return self._file_url("xlsx")

    def _file_url(self, kind: str) -> str:
        kept = {f"{self.name}-sort": self.sorted_by} if self.sorted_by else {}
        return f"{self.address}{urlencode({**kept, 'table': self.name, 'as': kind})}"


def asked_for(request: HttpRequest, table: Table) -> Table:
    """The table in the order that the address asks for; one that it does not know leaves the rows as they are."""
    others = request.GET.copy()
    for name in (f"{table.name}-sort", "table", "as"):
        others.pop(name, None)
    address = f"?{others.urlencode()}&" if others else "?"
    asked = request.GET.get(f"{table.name}-sort", "")
    index = next((n for n, column in enumerate(table.columns) if column.key == asked.removeprefix("-")), None)
    if index is None:
        return replace(table, address=address)
    full = [row for row in table.rows if row[index].value is not None]
    # What is not known stands last, whichever way round.
    empty = [row for row in table.rows if row[index].value is None]
    full.sort(key=lambda row: _sort_key(row[index]), reverse=asked.startswith("-"))
    return replace(table, address=address, sorted_by=asked, rows=[*full, *empty])


def _sort_key(cell: Cell) -> tuple[int, object]:
    value = cell.value if cell.sort is None else cell.sort
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, datetime.datetime):
        return 0, value.timestamp()
    return 0, value.toordinal() if isinstance(value, datetime.date) else value


def file_of(request: HttpRequest, tables: Sequence[Table]) -> HttpResponseBase | None:
    """The table that the address asks for as a file (`?table=<name>&as=csv` or `xlsx`); None where it asks for a page.

    A name or kind that there is not is answered with a sentence and 404.
    """
    if "as" not in request.GET:
        return None
    table = next((table for table in tables if table.name == request.GET.get("table")), None)
    write = FILES.get(request.GET["as"])
    if table is None or write is None:
        return HttpResponse("There is no such file. Go back to the page and choose one of its links.", status=404)
    headings = [column.heading for column in table.columns]
    rows = [["" if cell.value is None else cell.value for cell in row] for row in table.rows]
    return write(f"{table.filename or table.name}.{request.GET['as']}", headings, rows)
