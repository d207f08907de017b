"""Who belongs to a school, for its lead; and what somebody has been invited to, for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.accounts.current import current_user
from safeguarding.core.tables import asked_for, file_of

from .. import services
from ..errors import Conflict, TooManyLetters
from ..forms.staff import InvitationForm, RoleForm
from ..leading import Led, get_led, get_led_object
from ..letters import send_invitation
from ..models import Invitation, Membership
from ..queries import classes_left_without, invitations_of, list_invitations, list_staff
from ..tables import staff_table


@login_required
@never_cache
@require_safe
def school_staff(request: HttpRequest) -> HttpResponseBase:
    return _staff(request, get_led(request))


def _staff(request: HttpRequest, led: Led, status: int = 200) -> HttpResponseBase:
    table = asked_for(request, staff_table(led.school, list_staff(led.school)))
    if status == 200 and (file := file_of(request, [table])):
        return file
    context = {"led": led, "table": table, "invitations": list_invitations(led.school)}
    return render(request, "schools/school_staff.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invite(request: HttpRequest) -> HttpResponse:
    led = get_led(request)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _invite_page(request, led, form, 200)
    if not form.is_valid():
        return _invite_page(request, led, form, 400)
    try:
        invitation = services.invite_person(actor=led.membership, **form.cleaned_data)
    except (Conflict, TooManyLetters) as error:
        form.refuse(error)
        return _invite_page(request, led, form, 429 if isinstance(error, TooManyLetters) else 409)
    _send(request, invitation)
    return _back(led)


def _invite_page(request: HttpRequest, led: Led, form: InvitationForm, status: int) -> HttpResponse:
    return render(request, "schools/staff_invite.html", {"led": led, "form": form}, status=status)


@login_required
@never_cache
@require_POST
def invitation_send(request: HttpRequest, pk: int) -> HttpResponseBase:
    invitation, led = get_led_object(request, Invitation, pk=pk)
    try:
        renewed = services.renew_invitation(actor=led.membership, invitation=invitation)
    except (Conflict, TooManyLetters) as error:
        messages.error(request, str(error))
        return _staff(request, led, 429 if isinstance(error, TooManyLetters) else 409)
    _send(request, renewed)
    return _back(led)


@login_required
@never_cache
@require_POST
def invitation_take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    invitation, led = get_led_object(request, Invitation, pk=pk)
    try:
        services.take_back_invitation(actor=led.membership, invitation=invitation)
    except Conflict as error:
        messages.error(request, str(error))
        return _staff(request, led, 409)
    messages.success(request, f"The invitation of {invitation.name} was taken back.")
    return _back(led)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_member(request: HttpRequest, pk: int) -> HttpResponse:
    member, led = get_led_object(request, Membership, pk=pk, is_active=True, user__is_active=True)
    if request.method != "POST":
        return _member_page(request, led, member, RoleForm(initial={"role": member.role}))
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _member_page(request, led, member, form, 400)
    try:
        services.change_role(actor=led.membership, member=member, role=form.cleaned_data["role"])
    except Conflict as error:
        form.add_error("role", str(error))
        return _member_page(request, led, member, form, 409)
    messages.success(request, f"The role of {member.user} was saved.")
    return _after(request, led, member)


def _member_page(request: HttpRequest, led: Led, member: Membership, form: RoleForm, status: int = 200) -> HttpResponse:
    context = {"led": led, "member": member, "form": form}
    return render(request, "schools/staff_member.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member, led = get_led_object(request, Membership, pk=pk, is_active=True, user__is_active=True)
    if request.method != "POST":
        return _remove_page(request, led, member)
    try:
        services.remove_member(actor=led.membership, member=member)
    except Conflict as error:
        return _remove_page(request, led, member, str(error), 409)
    messages.success(request, f"{member.user} no longer belongs to the school.")
    return _after(request, led, member)


def _remove_page(
    request: HttpRequest, led: Led, member: Membership, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"led": led, "member": member, "left_without": classes_left_without(member), "refusal": refusal}
    return render(request, "schools/staff_remove.html", context, status=status)


def _after(request: HttpRequest, led: Led, member: Membership) -> HttpResponse:
    """Who gave up their own lead's role goes where they may still go."""
    return redirect("account_home") if member.user_id == current_user(request).pk else _back(led)


def _back(led: Led) -> HttpResponse:
    return redirect(f"{reverse('schools:school-staff')}{led.query}")


def _send(request: HttpRequest, invitation: Invitation) -> None:
    if send_invitation(request, invitation):
        messages.success(request, f"{invitation.name} is invited. A letter went to {invitation.email}.")
    else:
        messages.error(
            request, f"{invitation.name} is invited, but the letter could not be sent. Send it again from this page."
        )


@login_required
@never_cache
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    return _own_page(request)


def _own_page(request: HttpRequest, status: int = 200) -> HttpResponse:
    context = {"invitations": invitations_of(current_user(request).pk)}
    return render(request, "schools/invitations.html", context, status=status)


@login_required
@never_cache
@require_POST
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        membership = services.accept_invitation(actor=current_user(request), pk=pk)
    except Conflict as error:
        messages.error(request, str(error))
        return _own_page(request, 409)
    messages.success(request, f"You belong to {membership.school.name} now.")
    return redirect("dashboards:teach-home")


@login_required
@never_cache
@require_POST
def invitation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        school = services.decline_invitation(actor=current_user(request), pk=pk)
    except Conflict as error:
        messages.error(request, str(error))
        return _own_page(request, 409)
    messages.success(request, f"You said no to {school.name}.")
    return redirect("schools:invitations")
