from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.queries.class_page import class_page
from lessons.dashboards.queries.results import Results
from lessons.dashboards.queries.results import assignment_results as load_results
from lessons.dashboards.tables import HEADINGS, result_rows
from lessons.teaching.models import Assignment
from safeguarding.accounts.current import current_user
from safeguarding.core.charts import Bar, GroupedBars, grouped_bars
from safeguarding.core.spreadsheets import csv_response
from safeguarding.schools.access import get_visible
from safeguarding.schools.models import SchoolClass


@login_required
@never_cache
@require_safe
def class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    school_class, _ = get_visible(current_user(request), SchoolClass, pk=pk)
    context = {"school_class": school_class, "page": class_page(school_class, timezone.localdate())}
    return render(request, "dashboards/class_detail.html", context)


@login_required
@never_cache
@require_safe
def assignment_results(request: HttpRequest, pk: int) -> HttpResponse:
    results = _results(request, pk)
    context = {"results": results, "row": results.row, "chart": _chart(results), "chart_note": _chart_note(results)}
    return render(request, "dashboards/assignment_results.html", context)


@login_required
@never_cache
@require_safe
def assignment_results_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    return csv_response(f"results-{pk}.csv", HEADINGS, result_rows(_results(request, pk)))


def _results(request: HttpRequest, pk: int) -> Results:
    assignment, _ = get_visible(current_user(request), Assignment, pk=pk)
    return load_results(assignment.pk, timezone.localdate())


def _chart(results: Results) -> GroupedBars | None:
    """The share of right answers to each knowledge question; None before anybody has answered one."""
    asked = [question for question in results.knowledge if question.before]
    if not any(answers and answers.answered for question in asked for answers in (question.before, question.after)):
        return None
    return grouped_bars(
        [
            Bar(question.text, question.before.right_percent if question.before else None, question.after.right_percent)
            for question in asked
        ],
        unknown="No answers yet",
    )


def _chart_note(results: Results) -> str:
    numbers = "; ".join(
        f"question {q.number}: {q.before.answered} before, {q.after.answered} after"
        for q in results.knowledge
        if q.before
    )
    return f"The share of right answers among those who answered. How many answered: {numbers}."
