"""People and their roles, for operators."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from safeguarding.accounts.invitations import send_password_link
from safeguarding.accounts.models import User

from .. import rules
from ..errors import EditedMeanwhile, EditorialError
from ..forms.people import PeopleFilterForm, PersonForm, RolesForm
from ..queries.desk_people import looked_after, people_page, roles_of, token_of_person
from ..queries.settings import entries_of
from ..services.people import add_person, change_roles, held_roles
from ..setting_kinds import PERSON
from .access import current_user, settings_form, settings_page, settings_step, status_of


def _require_operator(request: HttpRequest) -> None:
    if not rules.can_operate(current_user(request)):
        raise PermissionDenied("People and their roles are for operators.")


@settings_page
def people(request: HttpRequest) -> HttpResponse:
    _require_operator(request)
    form = PeopleFilterForm(request.GET)
    chosen = {name: value for name, value in vars(form.asked).items() if value}
    context = {
        "form": form,
        "page_obj": people_page(form.asked, request.GET.get("page")),
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
    }
    return render(request, "editorial/people.html", context)


@settings_form
def person_add(request: HttpRequest) -> HttpResponse:
    _require_operator(request)
    if request.method != "POST":
        return render(request, "editorial/person_add.html", {"form": PersonForm()})
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            person = add_person(
                actor=current_user(request),
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                roles=form.roles,
            )
        except EditorialError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{person} has an account.")
            _invite(request, person)
            return redirect("editorial:person", pk=person.pk)
    return render(request, "editorial/person_add.html", {"form": form}, status=400)


@settings_form
def person(request: HttpRequest, pk: int) -> HttpResponse:
    _require_operator(request)
    found = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        form = RolesForm(initial=vars(held_roles(found)))
        return _person_page(request, found, form, token_of_person(found))
    form = RolesForm(request.POST)
    form.is_valid()
    began = request.POST.get("token", "")
    try:
        change_roles(actor=current_user(request), person=found, token=began, roles=form.roles)
    except EditedMeanwhile as conflict:
        refusal = f"{conflict.who} changed these rights meanwhile. What is saved now: {_words(found)}."
        # A fresh token, so that saving again is a decision.
        return _person_page(request, found, form, token_of_person(found), 409, refusal)
    except EditorialError as error:
        return _person_page(request, found, form, began, status_of(error), str(error))
    messages.success(request, f"Saved: what {found} may do.")
    return redirect("editorial:people")


@settings_step
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    _require_operator(request)
    found = get_object_or_404(User, pk=pk, is_active=True)
    _invite(request, found)
    return redirect("editorial:person", pk=pk)


def _invite(request: HttpRequest, person: User) -> None:
    if send_password_link(request, person):
        messages.success(request, f"A message to {person.email} lets them choose a password.")
    else:
        messages.error(request, f"The message to {person.email} could not be sent. Try again later, on this page.")


def _words(person: User) -> str:
    roles = ", ".join(roles_of(person)).lower() or "no role"
    return roles if person.is_active else f"{roles}; the account is closed"


def _person_page(
    request: HttpRequest, found: User, form: RolesForm, token: str, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "person": found,
        "form": form,
        "token": token,
        "refusal": refusal,
        "looked_after": looked_after(found),
        "has_password": found.has_usable_password(),
        "entries": entries_of(PERSON, found.pk),
        "word": PERSON,
    }
    return render(request, "editorial/person.html", context, status=status)
