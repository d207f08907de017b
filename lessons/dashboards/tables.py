"""A table as a file that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from .queries.results import Answers, Results

# A cell that begins with one of these would be worked out as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

HEADINGS = (
    "Number",
    "Kind",
    "Question",
    "Answer",
    "Right answer",
    "Before",
    "Answered before",
    "After",
    "Answered after",
)
NOT_SHOWN = "not shown"
NOT_ASKED = "not asked"


def neutral(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_response(filename: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """With a byte order mark: without it a spreadsheet reads £ and é wrongly."""
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return response


def result_rows(results: Results) -> Iterable[Sequence[object]]:
    """A row for each option; what the page does not show stands here as “not shown”."""
    for question in results.questions:
        for n, option in enumerate(question.options):
            yield (
                question.number,
                question.kind_in_words,
                question.text,
                option.text,
                "yes" if option.is_correct else "",
                *_cells(question.before, n),
                *_cells(question.after, n),
            )


def _cells(answers: Answers | None, n: int) -> tuple[object, object]:
    if answers is None:
        return NOT_ASKED, NOT_ASKED
    if answers.counts is None:
        return NOT_SHOWN, NOT_SHOWN
    return answers.counts[n], answers.answered
