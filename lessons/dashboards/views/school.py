from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.period_form import PeriodForm
from lessons.dashboards.queries.evidence_pack import evidence_pack as load_pack
from lessons.dashboards.queries.period import school_frame
from lessons.dashboards.queries.school import school_page
from lessons.dashboards.queries.withholding import LEAST_ANSWERS
from lessons.dashboards.tables.school import school_tables
from safeguarding.core.pdf import can_make_pdf, pdf_response
from safeguarding.core.tables import asked_for, file_of
from safeguarding.schools.leading import get_led


@login_required
@never_cache
@require_safe
def lead_home(request: HttpRequest) -> HttpResponseBase:
    led = get_led(request)
    form = PeriodForm(request.GET, frame=school_frame(led.school, timezone.localdate()))
    page = school_page(form.scope)
    tables = {name: asked_for(request, table) for name, table in school_tables(page, led.school).items()}
    if file := file_of(request, list(tables.values())):
        return file
    context = {"led": led, "form": form, "scope": form.scope, "page": page, "tables": tables}
    return render(request, "dashboards/lead_home.html", context)


@login_required
@never_cache
@require_safe
def evidence_pack(request: HttpRequest) -> HttpResponseBase:
    """With `as=pdf` a file, where WeasyPrint is installed; elsewhere the page, which a browser prints."""
    led = get_led(request)
    form = PeriodForm(request.GET, frame=school_frame(led.school, timezone.localdate()), has_classes=False)
    period = form.scope.period
    address = request.GET.copy()
    address["as"] = "pdf"
    context = {
        "led": led,
        "form": form,
        "scope": form.scope,
        "pack": load_pack(form.scope),
        "pdf_url": f"?{address.urlencode()}" if can_make_pdf() else "",
        "least_answers": LEAST_ANSWERS,
    }
    if request.GET.get("as") != "pdf":
        return render(request, "dashboards/evidence_pack.html", context)
    filename = f"evidence-pack-{led.school.slug}-{period.first:%Y-%m}-{period.last:%Y-%m}.pdf"
    return pdf_response(request, "dashboards/evidence_pack.html", context, filename)
