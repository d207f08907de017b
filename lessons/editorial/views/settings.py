"""Settings: one list, one form and one page to remove from, for every kind."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from .. import rules
from ..errors import EditedMeanwhile, EditorialError, NotAllowed
from ..forms.settings import FORMS, SettingForm
from ..forms.settings_filter import SettingFilterForm
from ..queries.flags import told_of
from ..queries.setting_consequences import Consequence, consequence_of_change, consequence_of_removal
from ..queries.setting_uses import uses_of
from ..queries.settings import SHOWN, entries_of, name_of, setting_page, settings_index, token_of_row
from ..services.settings import add_setting, change_setting, remove_setting, verify_service
from ..setting_kinds import SETTINGS, Setting, SettingKind
from .access import current_user, settings_form, settings_page, settings_step, status_of

BELOW = {SettingKind.BANDS: SettingKind.BAND_WORDS, SettingKind.FRAMEWORKS: SettingKind.EDITIONS} | {
    SettingKind.EDITIONS: SettingKind.STRANDS
}


@settings_page
def index(request: HttpRequest) -> HttpResponse:
    context = {"cards": settings_index(), "can_operate": rules.can_operate(current_user(request))}
    return render(request, "editorial/settings_index.html", context)


@settings_page
def setting_list(request: HttpRequest, setting: SettingKind) -> HttpResponse:
    of = SETTINGS[setting]
    form = SettingFilterForm(request.GET, setting=of)
    chosen = {name: value for name, value in vars(form.asked).items() if value}
    user = current_user(request)
    context = {
        "setting": of,
        "form": form,
        "page_obj": setting_page(user, of, form.asked, request.GET.get("page")),
        "headings": SHOWN[setting].headings,
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
        "can_change": rules.can_change_setting(user, of),
        "of": form.asked.of,
    }
    return render(request, "editorial/setting_list.html", context)


@settings_form
def setting_add(request: HttpRequest, setting: SettingKind) -> HttpResponse:
    of = SETTINGS[setting]
    _require(request, of)
    if request.method != "POST":
        return _form_page(request, of, FORMS[setting](setting=of, initial=_beginning(of, request.GET.get("of", ""))))
    form = FORMS[setting](request.POST, setting=of)
    if not form.is_valid():
        return _form_page(request, of, form, status=400)
    try:
        row = add_setting(actor=current_user(request), setting=of, values=form.values)
    except EditorialError as error:
        return _form_page(request, of, form, status=status_of(error), refusal=str(error))
    messages.success(request, f"Added: {name_of(row)}. {_told(of, row)}".strip())
    return redirect("editorial:setting-edit", setting=setting, pk=row.pk)


def _beginning(setting: Setting, of: str) -> dict[str, Any]:
    return {setting.parent: of} if setting.parent and of.isdecimal() else {}


@settings_form
def setting_edit(request: HttpRequest, setting: SettingKind, pk: int) -> HttpResponse:
    """Whoever may not change it reads it. What follows from a change is told before it is saved."""
    of = SETTINGS[setting]
    row = get_object_or_404(of.model, pk=pk)
    token = token_of_row(of, row)
    if request.method != "POST":
        can_change = rules.can_change_setting(current_user(request), of)
        return _form_page(request, of, FORMS[setting](instance=row, setting=of, can_change=can_change), row, token)
    _require(request, of)
    began = request.POST.get("token", "")
    form = FORMS[setting](request.POST, instance=get_object_or_404(of.model, pk=pk), setting=of)
    if not form.is_valid():
        return _form_page(request, of, form, row, began, 400)
    if began == token:
        consequence = consequence_of_change(of, row, form.instance)
        if consequence and request.POST.get("told") != consequence.token:
            return _form_page(request, of, form, row, began, 409, consequence=consequence)
    try:
        row = change_setting(actor=current_user(request), setting=of, pk=pk, token=began, values=form.values)
    except EditedMeanwhile as conflict:
        row = get_object_or_404(of.model, pk=pk)
        form.show_saved(row)
        # A fresh token, so that saving again is a decision.
        return _form_page(request, of, form, row, token_of_row(of, row), 409, conflict=conflict)
    except EditorialError as error:
        return _form_page(request, of, form, row, began, status_of(error), refusal=str(error))
    messages.success(request, f"Saved: {name_of(row)}. {_told(of, row)}".strip())
    return redirect("editorial:setting-list", setting=setting)


@settings_form
def setting_remove(request: HttpRequest, setting: SettingKind, pk: int) -> HttpResponse:
    """GET asks, or says what uses it; POST does."""
    of = SETTINGS[setting]
    _require(request, of)
    row = get_object_or_404(of.model, pk=pk)
    if request.method != "POST":
        return _remove_page(request, of, row)
    try:
        remove_setting(actor=current_user(request), setting=of, pk=pk, token=request.POST.get("token", ""))
    except EditedMeanwhile as conflict:
        return _remove_page(request, of, row, f"{conflict.who} saved it while you were reading. Read it again.", 409)
    except EditorialError as error:
        return _remove_page(request, of, row, str(error), status_of(error))
    messages.success(request, f"Removed: {name_of(row)}.")
    return redirect("editorial:setting-list", setting=setting)


@settings_step
def service_verify(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        service = verify_service(actor=current_user(request), pk=pk)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    except EditorialError as error:
        messages.error(request, str(error))
        return redirect("editorial:setting-list", setting=SettingKind.SERVICES)
    messages.success(request, f"Verified today: {service.name}.")
    back = request.POST.get("back", "")
    # A path only: `redirect` takes any other word for the name of a view.
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("editorial:setting-list", setting=SettingKind.SERVICES)


def _told(setting: Setting, row: Any) -> str:
    return told_of(row) if setting.kind is SettingKind.GLOSSARY else ""


def _require(request: HttpRequest, setting: Setting) -> None:
    if not rules.can_change_setting(current_user(request), setting):
        who = "operators" if setting.is_for_operators else "reviewers and operators"
        raise PermissionDenied(f"{setting.label} are changed by {who}. You can read them.")


def _form_page(
    request: HttpRequest,
    setting: Setting,
    form: SettingForm,
    row: Model | None = None,
    token: str = "",
    status: int = 200,
    *,
    refusal: str = "",
    conflict: EditedMeanwhile | None = None,
    consequence: Consequence | None = None,
) -> HttpResponse:
    below = BELOW.get(setting.kind)
    context = {
        "setting": setting,
        "form": form,
        "row": row,
        "name": name_of(row) if row else f"Add {setting.a_word}",
        "token": token,
        "refusal": refusal,
        "conflict": conflict,
        "consequence": consequence,
        "can_change": rules.can_change_setting(current_user(request), setting),
        "entries": entries_of(setting.word, row.pk) if row else (),
        "below": SETTINGS[below] if below and row else None,
        "is_service": setting.kind is SettingKind.SERVICES,
        "edition": _edition_of(setting, row),
    }
    return render(request, "editorial/setting_form.html", context, status=status)


def _edition_of(setting: Setting, row: Any) -> str:
    """The address of the public page on which its imported statements stand."""
    if row is None:
        return ""
    if setting.kind is SettingKind.STRANDS:
        return str(row.edition.slug)
    return str(row.slug) if setting.kind is SettingKind.EDITIONS else ""


def _remove_page(
    request: HttpRequest, setting: Setting, row: Any, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "setting": setting,
        "row": row,
        "name": name_of(row),
        "token": token_of_row(setting, row),
        "uses": uses_of(setting, row),
        "consequence": consequence_of_removal(setting, row),
        "refusal": refusal,
    }
    return render(request, "editorial/setting_remove.html", context, status=status)
