from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.filters import ClassFilter
from lessons.dashboards.queries.class_page import ClassPage, class_page, terms_of
from lessons.dashboards.queries.pupil_page import pupil_page
from lessons.dashboards.queries.results import Results
from lessons.dashboards.queries.results import assignment_results as load_results
from lessons.dashboards.tables.class_page import lessons_table, matrix_table
from lessons.dashboards.tables.pupil_page import pupil_table
from lessons.dashboards.tables.results import HEADINGS, result_rows
from lessons.teaching.models import Assignment
from safeguarding.accounts.current import current_user
from safeguarding.core.charts import Bar, GroupedBars, grouped_bars
from safeguarding.core.spreadsheets import csv_response
from safeguarding.core.tables import asked_for, file_of
from safeguarding.schools.access import get_visible
from safeguarding.schools.models import Pupil, SchoolClass


@login_required
@never_cache
@require_safe
def class_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Filters that cannot be read are answered with a sentence and the usual lessons, as 400."""
    school_class, membership = get_visible(current_user(request), SchoolClass, pk=pk)
    form = ClassFilter(request.GET, terms=terms_of(membership.school))
    asked = form.asked
    page = class_page(school_class, asked, timezone.localdate())
    lessons = asked_for(request, lessons_table(pk, page.rows, _caption(page)))
    matrix = asked_for(request, matrix_table(pk, page.matrix)) if page.matrix else None
    if file := file_of(request, [table for table in (lessons, matrix) if table]):
        return file
    context = {
        "school_class": school_class,
        "page": page,
        "lessons": lessons,
        "matrix": matrix,
        "form": form,
        "problems": form.problems,
        "is_filtered": asked.is_filtered,
        "querystring": _without(request, "page"),
        "pupils_querystring": _without(request, "pupils"),
    }
    return render(request, "dashboards/class_detail.html", context, status=200 if form.is_valid() else 400)


def _caption(page: ClassPage) -> str:
    shown = page.lessons.paginator.count
    return "1 lesson" if shown == 1 else f"{shown} lessons"


def _without(request: HttpRequest, name: str) -> str:
    """The parameters of the address but this one."""
    parameters = request.GET.copy()
    parameters.pop(name, None)
    return parameters.urlencode()


@login_required
@never_cache
@require_safe
def pupil_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    pupil, _ = get_visible(current_user(request), Pupil, pk=pk)
    page = pupil_page(pupil, timezone.localdate())
    table = asked_for(request, pupil_table(page))
    if file := file_of(request, [table]):
        return file
    return render(
        request, "dashboards/pupil_detail.html", {"school_class": pupil.school_class, "page": page, "table": table}
    )


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
