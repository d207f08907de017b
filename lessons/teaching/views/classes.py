"""What is taken back or put away: an import, a group, a class. Each asks first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_visible
from safeguarding.schools.errors import Conflict
from safeguarding.schools.models import Membership, PupilGroup, RosterImport, SchoolClass
from safeguarding.schools.services import Undone
from safeguarding.schools.views.of_class import of_current_class

from .. import services
from ..errors import GroupInUse


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_undo(request: HttpRequest, pk: int) -> HttpResponse:
    made, membership = get_visible(current_user(request), RosterImport, pk=pk)
    if request.method != "POST":
        return render(request, "teaching/roster_undo.html", {"made": made})
    try:
        undone = services.undo_roster(actor=membership, roster_import=made)
    except Conflict as error:
        return render(request, "teaching/roster_undo.html", {"made": made, "refusal": str(error)}, status=409)
    messages.success(request, _undone_sentence(undone))
    return redirect("schools:roster-import")


def _undone_sentence(undone: Undone) -> str:
    said = (
        f"Undone. Pupils taken off: {undone.removed}. Pupils as they were before: {undone.restored}. "
        f"Classes removed: {undone.classes_removed}."
    )
    if undone.stayed:
        said += f" {undone.stayed} stayed, because they have joined or begun since, or their old name is another’s now."
    return said


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_delete(request: HttpRequest, pk: int) -> HttpResponse:
    group, membership = get_visible(current_user(request), PupilGroup, pk=pk)
    context = {"school_class": group.school_class, "group": group}
    if request.method != "POST":
        return render(request, "teaching/group_delete.html", context)
    try:
        services.delete_group(actor=membership, group=group)
    except (GroupInUse, Conflict) as error:
        return render(request, "teaching/group_delete.html", {**context, "refusal": str(error)}, status=409)
    messages.success(request, "The group was deleted.")
    return redirect("schools:class-groups", pk=group.school_class_id)


@of_current_class
def class_archive(request: HttpRequest, school_class: SchoolClass, membership: Membership) -> HttpResponse:
    if request.method == "POST":
        services.archive_class(actor=membership, school_class=school_class)
        messages.success(request, "The class is archived. Its numbers are kept among the past years.")
        return redirect("schools:archived-classes")
    return render(request, "teaching/class_archive.html", {"school_class": school_class})
