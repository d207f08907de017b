"""Packages out of the library and into it. Nothing is kept between the dry run and the import: see decisions.md."""

import hashlib
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ..enums import Kind
from ..errors import EditorialError
from ..forms.library import LibraryFilterForm
from ..forms.packages import PackageUploadForm
from ..queries.library import LibraryRow, library_rows
from ..services.locking import AnyIdentity
from ..services.package_export import export_package
from ..services.packages import PackageReport, import_package, read_package
from .access import current_user, desk_form, require_editor, status_of

NONE_TICKED = "Nothing is ticked. Tick what you want, or choose “Export all of these”."
ANOTHER_FILE = "This is another file than the one you looked at before. Below is what this one would do."


@desk_form
def package_export(request: HttpRequest) -> HttpResponse:
    """GET lists and filters, POST sends the package."""
    require_editor(request)
    form = LibraryFilterForm(request.GET)
    rows = library_rows(current_user(request), form.filter)
    if request.method != "POST":
        return _export_page(request, form, rows)
    ticked = set(request.POST.getlist("item"))
    chosen = [row for row in rows if request.POST.get("which") == "all" or _name(row) in ticked]
    if not chosen:
        return _export_page(request, form, rows, NONE_TICKED, 400)
    try:
        data = export_package(actor=current_user(request), items=_identities(chosen), newest="newest" in request.POST)
    except EditorialError as error:
        return _export_page(request, form, rows, str(error), status_of(error))
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="library-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer


def _name(row: LibraryRow) -> str:
    return f"{row.kind}/{row.slug}"


def _identities(rows: list[LibraryRow]) -> list[AnyIdentity]:
    """In two queries."""
    found: list[AnyIdentity] = []
    for kind in Kind:
        slugs = [row.slug for row in rows if row.kind is kind]
        found += kind.identity_model._default_manager.filter(slug__in=slugs).select_related("live_version")
    return found


def _export_page(
    request: HttpRequest, form: LibraryFilterForm, rows: tuple[LibraryRow, ...], refusal: str = "", status: int = 200
) -> HttpResponse:
    ticked = set(request.POST.getlist("item"))
    chosen = {name: value for name, value in vars(form.filter).items() if value}
    context = {
        "form": form,
        "rows": [(row, _name(row), _name(row) in ticked) for row in rows],
        "is_newest": "newest" in request.POST,
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
        "refusal": refusal,
    }
    return render(request, "editorial/package_export.html", context, status=status)


@desk_form
def package_import(request: HttpRequest) -> HttpResponse:
    """The first POST says what would happen; the second, with the same file, does it."""
    require_editor(request)
    if request.method != "POST":
        return _import_page(request, PackageUploadForm())
    form = PackageUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=400)
    data, seen, token = form.bytes(), form.cleaned_data["checksum"], form.cleaned_data["token"]
    if not seen or not token:
        return _looked_at(request, read_package(data))
    if hashlib.sha256(data).hexdigest() != seen:
        return _looked_at(request, read_package(data), ANOTHER_FILE, 409)
    try:
        done = import_package(actor=current_user(request), data=data, expected=token)
    except EditorialError as error:
        return _looked_at(request, read_package(data), str(error), status_of(error))
    count = len(done.to_write)
    drafts = "1 draft was made. It is" if count == 1 else f"{count} drafts were made. They are"
    messages.success(request, f"{drafts} among your drafts; nothing went live.")
    return redirect("editorial:home")


def _looked_at(request: HttpRequest, report: PackageReport, refusal: str = "", status: int = 200) -> HttpResponse:
    is_unsound = bool(report.refused) and not (report.to_write or report.same)
    form = PackageUploadForm(initial={"checksum": report.checksum, "token": report.token} if report.to_write else None)
    return _import_page(request, form, report, refusal, 400 if is_unsound and status == 200 else status)


def _import_page(
    request: HttpRequest,
    form: PackageUploadForm,
    report: PackageReport | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "report": report, "refusal": refusal}
    return render(request, "editorial/package_import.html", context, status=status)
