"""A new school year: what becomes of each class, read once more on a second page before it is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_school, memberships_of
from safeguarding.schools.models import School

from .. import services
from ..enums import YearAction
from ..errors import YearRefused
from ..forms.years import MoveForm
from ..queries.years import NewYearPage, new_year_page, year_to_begin
from ..services.classes import CHANGED_MEANWHILE


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_year(request: HttpRequest) -> HttpResponse:
    """Of one school (`?school=<slug>`) and for one year (`?year=2027`). The first POST shows what would be done."""
    user = current_user(request)
    school, membership = get_school(user, request.GET.get("school") or None)
    page = new_year_page(membership, _year(request, school))
    if request.method != "POST":
        return _form_page(request, school, page, [MoveForm(of=each) for each in page.classes])
    forms = [MoveForm(request.POST, of=each) for each in page.classes]
    if request.POST.get("token") != page.token:
        fresh = [MoveForm(of=each) for each in page.classes]
        return _form_page(request, school, page, fresh, CHANGED_MEANWHILE, 409)
    # Every form says what is wrong with it, not only the first.
    if not all([form.is_valid() for form in forms]):  # noqa: C419
        return _form_page(request, school, page, forms, status=400)
    step = request.POST.get("step")
    if step == "change":
        return _form_page(request, school, page, forms)
    moves = [form.move for form in forms]
    try:
        if step != "do":
            services.check_moves(membership, moves)
            return _look_page(request, school, page, forms)
        done = services.begin_year(actor=membership, year=page.year, moves=moves, expected=page.token)
    except YearRefused as error:
        by_class = {form.of.pk: form for form in forms}
        for pk, problem in error.problems.items():
            if pk is not None:
                by_class[pk].add_error("name", problem)
        return _form_page(request, school, page, forms, error.problems.get(None, ""), error.status)
    messages.success(
        request,
        f"The school year {school.year_in_words(page.year)}: "
        f"moved up {done.moved}, left {done.left}, stayed {done.stayed}. Each class that moved up has a new code.",
    )
    return redirect("dashboards:teach-home")


def _year(request: HttpRequest, school: School) -> int:
    """The one that the address asks for, where it is this one or the next."""
    this = school.year_of(timezone.localdate())
    asked = request.GET.get("year", "")
    if asked in (str(this), str(this + 1)):
        return int(asked)
    return year_to_begin(school, timezone.localdate())


def _form_page(
    request: HttpRequest,
    school: School,
    page: NewYearPage,
    forms: list[MoveForm],
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    this = school.year_of(timezone.localdate())
    context = {
        "school": school,
        "schools": [membership.school for membership in memberships_of(current_user(request))],
        "page": page,
        "forms": forms,
        "year_words": school.year_in_words(page.year),
        "other_year": this if page.year > this else this + 1,
        "other_year_words": school.year_in_words(this if page.year > this else this + 1),
        "refusal": refusal,
    }
    return render(request, "teaching/new_year.html", context, status=status)


def _look_page(request: HttpRequest, school: School, page: NewYearPage, forms: list[MoveForm]) -> HttpResponse:
    fields = {field.html_name for form in forms for field in form}
    context = {
        "school": school,
        "page": page,
        "year_words": school.year_in_words(page.year),
        "up": [form for form in forms if form.move.action == YearAction.UP],
        "leave": [form for form in forms if form.move.action == YearAction.LEAVE],
        "stay": [form for form in forms if form.move.action == YearAction.STAY],
        "open_lessons": sum(form.of.open_lessons for form in forms if form.move.action != YearAction.STAY),
        "carried": [(name, value) for name, values in request.POST.lists() if name in fields for value in values],
    }
    return render(request, "teaching/new_year_look.html", context)
