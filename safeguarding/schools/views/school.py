"""A school's settings and terms, for its lead."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from safeguarding.core.tables import asked_for, file_of

from .. import services
from ..errors import Conflict
from ..forms.school import SchoolForm, TermForm
from ..leading import Led, get_led, get_led_object
from ..models import Term
from ..queries import terms_page
from ..tables import terms_table


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def school_settings(request: HttpRequest) -> HttpResponseBase:
    led = get_led(request)
    form = SchoolForm.of(led.school, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _settings(request, led, form)
    if not form.is_valid():
        return _settings(request, led, form, 400)
    services.update_school(actor=led.membership, **form.cleaned_data)
    messages.success(request, "The settings of the school were saved.")
    return _back(led)


def _settings(request: HttpRequest, led: Led, form: SchoolForm, status: int = 200) -> HttpResponseBase:
    terms = terms_page(led.school, timezone.localdate())
    table = asked_for(request, terms_table(led.school, terms.terms))
    if status == 200 and (file := file_of(request, [table])):
        return file
    context = {"led": led, "form": form, "table": table, "copy_to": terms.copy_to, "copy_words": ""}
    if terms.copy_to is not None:
        last, this = (led.school.year_in_words(year) for year in (terms.copy_to - 1, terms.copy_to))
        context["copy_words"] = f"Copy the terms of {last} to {this}"
    return render(request, "schools/school_settings.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def term_create(request: HttpRequest) -> HttpResponse:
    led = get_led(request)
    form = TermForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _term_form(request, led, form)
    if not form.is_valid():
        return _term_form(request, led, form, status=400)
    try:
        made = services.add_term(actor=led.membership, **form.cleaned_data)
    except Conflict as error:
        form.refuse(error)
        return _term_form(request, led, form, status=409)
    messages.success(request, f"The term {made.name} was added.")
    return _back(led)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    term, led = get_led_object(request, Term, pk=pk)
    form = TermForm.of(term, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _term_form(request, led, form, term)
    if not form.is_valid():
        return _term_form(request, led, form, term, 400)
    try:
        services.change_term(actor=led.membership, term=term, **form.cleaned_data)
    except Conflict as error:
        form.refuse(error)
        return _term_form(request, led, form, term, 409)
    messages.success(request, "The term was changed.")
    return _back(led)


def _term_form(
    request: HttpRequest, led: Led, form: TermForm, term: Term | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "schools/term_form.html", {"led": led, "form": form, "term": term}, status=status)


@login_required
@never_cache
@require_POST
def term_remove(request: HttpRequest, pk: int) -> HttpResponse:
    term, led = get_led_object(request, Term, pk=pk)
    services.remove_term(actor=led.membership, term=term)
    messages.success(request, f"The term {term.name} was removed. Lessons keep their dates.")
    return _back(led)


@login_required
@never_cache
@require_POST
def term_copy(request: HttpRequest) -> HttpResponseBase:
    led = get_led(request)
    to_year = terms_page(led.school, timezone.localdate()).copy_to
    try:
        copied = services.copy_terms(actor=led.membership, to_year=to_year or led.school.year_of(timezone.localdate()))
    except Conflict as error:
        messages.error(request, str(error))
        return _settings(request, led, SchoolForm.of(led.school), 409)
    number = "One term was" if len(copied) == 1 else f"{len(copied)} terms were"
    messages.success(request, f"{number} copied, with the same days and months. Check each date.")
    return _back(led)


def _back(led: Led) -> HttpResponse:
    return redirect(f"{reverse('schools:school-settings')}{led.query}")
