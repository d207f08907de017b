"""The results of a lesson as the rows of a table."""

from collections.abc import Iterable, Sequence

from ..queries.results import Answers, Results

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
