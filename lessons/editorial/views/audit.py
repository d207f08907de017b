from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from safeguarding.audit.queries import Asked, all_entries
from safeguarding.core.spreadsheets import csv_response

from ..forms.audit import AuditFilterForm
from ..queries.audit import audit_page
from .access import desk_page

HEADINGS = ("When", "Who", "Number of the person", "Action", "Kind", "Title", "Number of the item", "Version", "Why")


@desk_page
def audit(request: HttpRequest) -> HttpResponse:
    return _page(request, AuditFilterForm(request.GET))


@desk_page
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """What the page lists under the same filters, as a file."""
    form = AuditFilterForm(request.GET)
    if not form.is_valid():
        return _page(request, form)
    return csv_response(f"audit-{timezone.localdate()}.csv", HEADINGS, _lines(form.asked))


def _page(request: HttpRequest, form: AuditFilterForm) -> HttpResponse:
    """A filter that cannot be read is answered with a sentence, as 400, and with no list that could mislead."""
    if not form.is_valid():
        return render(request, "editorial/audit.html", {"form": form}, status=400)
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "form": form,
        "page_obj": audit_page(form.asked, request.GET.get("page")),
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
    }
    return render(request, "editorial/audit.html", context)


def _lines(asked: Asked) -> Iterable[Sequence[object]]:
    for entry in all_entries(asked):
        yield (
            timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
            entry.actor_name,
            _or_empty(entry.actor_id),
            entry.action,
            entry.kind,
            entry.item,
            entry.item_id,
            _or_empty(entry.version_number),
            entry.reason,
        )


def _or_empty(number: int | None) -> int | str:
    return "" if number is None else number
