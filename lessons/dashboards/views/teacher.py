from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.filters import ClassFilter
from lessons.dashboards.queries.class_page import ClassPage, class_page, terms_of
from lessons.dashboards.queries.finishers import finishers
from lessons.dashboards.queries.pupil_page import pupil_page
from lessons.dashboards.queries.results import Results
from lessons.dashboards.queries.results import assignment_results as load_results
from lessons.dashboards.tables.class_page import lessons_table, matrix_table
from lessons.dashboards.tables.pupil_page import pupil_table
from lessons.dashboards.tables.results import (
    SHORT,
    answers_table,
    finishers_table,
    knowledge_table,
    standings_table,
)
from lessons.teaching.models import Assignment
from safeguarding.accounts.current import current_user
from safeguarding.core.charts import Bar, GroupedBars, Point, Trail, grouped_bars, trail
from safeguarding.core.tables import Table, asked_for, file_of
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
        "find_url": f"{reverse('dashboards:find')}?class={pk}",
        "querystring": _without(request, "page"),
        "pupils_querystring": _without(request, "pupils"),
    }
    return render(request, "dashboards/class_detail.html", context, status=200 if form.is_valid() else 400)


def _caption(page: ClassPage) -> str:
    """How many fit what was asked, on all pages."""
    checks = f" and {_number(page.check_count, 'later check')}" if page.check_count else ""
    return f"{_number(page.lessons.paginator.count - page.check_count, 'lesson')}{checks}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


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
def assignment_results(request: HttpRequest, pk: int) -> HttpResponseBase:
    assignment, _ = get_visible(current_user(request), Assignment, pk=pk)
    if assignment.later_of_id:
        return redirect(reverse("dashboards:assignment-results", args=[assignment.later_of_id]) + "#later")
    results = load_results(pk, timezone.localdate())
    tables = _tables(request, assignment, results)
    if file := file_of(request, list(tables.values())):
        return file
    context = {
        "results": results,
        "row": results.row,
        "chart": _chart(results),
        "trail": _trail(results),
        "standing_note": results.standings[-1].in_words if results.standings else "",
        **tables,
    }
    return render(request, "dashboards/assignment_results.html", context)


def _tables(request: HttpRequest, assignment: Assignment, results: Results) -> dict[str, Table]:
    """Those that the page has, by name, in the order that is asked for."""
    tables = {"answers": answers_table(results), "knowledge": knowledge_table(results)}
    if results.standings:
        tables["standings"] = standings_table(assignment.pk, results.standings)
    check = results.later.row
    if (found := finishers(results.row, check)) and (not results.row.is_together or results.row.tally.started):
        tables["pupils"] = finishers_table(assignment.pk, found, has_later_check=check is not None)
    return {name: asked_for(request, table) for name, table in tables.items()}


def _chart(results: Results) -> GroupedBars | None:
    """The share of right answers to each knowledge question; None before anybody has answered one."""
    asked = [question for question in results.knowledge if question.before]
    if not any(answers.answered for question in asked for answers in question.asked.values()):
        return None
    return grouped_bars(
        [
            Bar(question.text, question.before.right_percent if question.before else None, question.after.right_percent)
            for question in asked
        ],
        unknown="No answers yet",
    )


def _trail(results: Results) -> Trail:
    return trail([Point(s.moment.value, SHORT[s.moment], s.mean, s.right_percent) for s in results.standings])
