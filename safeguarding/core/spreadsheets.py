"""A table as a file that a spreadsheet opens."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# How a cell begins that a spreadsheet would work out: the wide signs too, which some languages type.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]| *[\t\r\n]")
# What XML cannot hold, and so no workbook.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def neutral(cell: object) -> str:
    """The cell as text. A leading apostrophe keeps a spreadsheet from running it as a formula."""
    text = str(cell)
    return f"'{text}" if FORMULA.match(text) else text


class _Line:
    """What a csv writer writes into, to have each line back at once."""

    def write(self, text: str) -> str:
        return text


def csv_response(filename: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Row by row, however many there are. With a byte order mark: without it a spreadsheet reads £ and é wrongly."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Line())
        yield "\ufeff" + writer.writerow([neutral(heading) for heading in headings])
        for row in rows:
            yield writer.writerow([neutral(cell) for cell in row])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def xlsx_response(filename: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one sheet. Numbers and days stay what they are; all else is text, and never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "B2"
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    written = io.BytesIO()
    book.save(written)
    return HttpResponse(
        written.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _heading(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    is_itself = isinstance(value, int | float | datetime.date) and not isinstance(value, bool)
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value if is_itself else UNFIT.sub("", neutral(value)))
    if not is_itself:
        cell.data_type = "s"
    return cell
