"""A table as a file that a spreadsheet opens."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

# How a cell begins that a spreadsheet would work out: the wide signs too, which some languages type.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]| *[\t\r\n]")


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
        yield "\ufeff" + writer.writerow(headings)
        for row in rows:
            yield writer.writerow([neutral(cell) for cell in row])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
