"""Several rows of the library at once. The first POST shows what would happen, the second, with `sure`, does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lessons.library.enums import State
from safeguarding.accounts.models import User

from .. import rules
from ..errors import EditorialError
from ..forms.bulk import BulkAction, BulkForm, details_form
from ..forms.owner import OwnerForm
from ..queries.library import Filter, LibraryRow, library_rows
from ..queries.people import desk_people
from ..services.bulk import (
    Outcome,
    Seen,
    approve_in_bulk,
    publish_in_bulk,
    retire_in_bulk,
    set_owner_in_bulk,
)
from ..services.locking import AnyIdentity
from ..services.package_export import export_package
from .access import current_user, desk_step, status_of


@dataclass(frozen=True)
class BulkRow:
    """`row` is None where the item is no longer there; `error` says why it was refused, once it was tried."""

    seen: Seen
    row: LibraryRow | None
    error: str = ""

    @property
    def title(self) -> str:
        return self.row.title if self.row else self.seen.slug

    def why_not(self, action: BulkAction) -> str:
        """What can be seen beforehand; the step itself looks again, and at more."""
        if self.row is None:
            return "It is no longer there."
        if action in BEGINS_AT and self.row.number != self.seen.number:
            return f"Version {self.row.number} is there by now."
        if action in BEGINS_AT and self.row.status not in BEGINS_AT[action]:
            return f"It is “{self.row.status_label.lower()}”, so it will be left as it is."
        if action is BulkAction.RETIRE and not self.row.live_number:
            return "Nothing of it is live."
        return ""


# Publishing what is retired goes back to it.
BEGINS_AT = {
    BulkAction.APPROVE: {State.IN_REVIEW},
    BulkAction.PUBLISH: {State.APPROVED, State.SCHEDULED, State.RETIRED},
}


@desk_step
def bulk(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    form = BulkForm(request.POST)
    if not form.is_valid():
        refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "editorial/bulk_refused.html", {"refusal": refusal}, status=400)
    _require_role(user, form.chosen)
    people = desk_people() if form.chosen is BulkAction.OWNER else []
    is_sure = "sure" in request.POST
    details = details_form(form.chosen, people, request.POST if is_sure else None)
    if not is_sure or (details and not details.is_valid()):
        return _ask(request, form, details, 400 if is_sure else 200)
    if form.chosen is BulkAction.EXPORT:
        return _export(request, form, details)
    return _answer(request, form, _do(user, form, details))


def _require_role(user: User, action: BulkAction) -> None:
    if action is BulkAction.EXPORT and not rules.can_write(user):
        raise PermissionDenied("Packages are for editors. Ask an operator to make you one.")
    if action in (BulkAction.APPROVE, BulkAction.PUBLISH, BulkAction.RETIRE) and not rules.can_review(user):
        raise PermissionDenied("This is for reviewers. Ask an operator to make you one.")


def _do(user: User, form: BulkForm, details: Form | None) -> Sequence[Outcome]:
    match form.chosen:
        case BulkAction.APPROVE:
            return approve_in_bulk(actor=user, items=form.items)
        case BulkAction.PUBLISH:
            return publish_in_bulk(actor=user, items=form.items)
        case BulkAction.RETIRE if details:
            return retire_in_bulk(actor=user, items=form.items, reason=details.cleaned_data["reason"])
        case _ if isinstance(details, OwnerForm):
            return set_owner_in_bulk(actor=user, items=form.items, owner=details.chosen)
    raise ValueError(f"{form.chosen} is no step of a version.")


def _rows(user: User, items: Sequence[Seen], errors: Sequence[str] = ()) -> list[BulkRow]:
    """As they stand now. One query."""
    found = {(row.kind, row.slug): row for row in library_rows(user, Filter())}
    told = errors or [""] * len(items)
    return [BulkRow(seen, found.get((seen.kind, seen.slug)), error) for seen, error in zip(items, told, strict=True)]


def _ask(request: HttpRequest, form: BulkForm, details: Form | None, status: int, refusal: str = "") -> HttpResponse:
    rows = [(row, row.why_not(form.chosen)) for row in _rows(current_user(request), form.items)]
    context = {
        "action": form.chosen,
        "rows": rows,
        "ready": sum(not why for _, why in rows),
        "values": form.values,
        "details": details,
        "refusal": refusal,
    }
    return render(request, "editorial/bulk_ask.html", context, status=status)


def _answer(request: HttpRequest, form: BulkForm, outcomes: Sequence[Outcome]) -> HttpResponse:
    """200 where something was done; otherwise the status of the first refusal."""
    rows = _rows(current_user(request), form.items, [str(outcome.error or "") for outcome in outcomes])
    context = {
        "action": form.chosen,
        "done": [row for row in rows if not row.error],
        "refused": [row for row in rows if row.error],
    }
    errors = [outcome.error for outcome in outcomes if outcome.error]
    status = status_of(errors[0]) if len(errors) == len(outcomes) else 200
    return render(request, "editorial/bulk_done.html", context, status=status)


def _export(request: HttpRequest, form: BulkForm, details: Form | None) -> HttpResponse:
    chosen: list[AnyIdentity] = []
    for kind in {seen.kind for seen in form.items}:
        slugs = [seen.slug for seen in form.items if seen.kind is kind]
        chosen += kind.identity_model._default_manager.filter(slug__in=slugs).select_related("live_version")
    newest = bool(details and details.cleaned_data["newest"])
    try:
        data = export_package(actor=current_user(request), items=chosen, newest=newest)
    except EditorialError as error:
        return _ask(request, form, details, status_of(error), str(error))
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="library-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer
