"""The operators' pages for people. Only superusers, whatever permissions somebody may have been given."""

from typing import Any

# Imported so that what allauth registers is there to be replaced: this module is loaded before theirs.
import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest

from .forms import UserAddForm, UserEditForm
from .models import User

# An address is kept with its user; where somebody signed in from is their own business; groups are not used.
for model in (EmailAddress, UserSession, Group, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class SuperusersOnly:
    def _is_superuser(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    has_module_permission = _is_superuser
    has_view_permission = _is_superuser
    has_add_permission = _is_superuser
    has_change_permission = _is_superuser
    has_delete_permission = _is_superuser


@admin.register(User)
class UserAdmin(SuperusersOnly, DjangoUserAdmin):
    form = UserEditForm
    add_form = UserAddForm
    list_display = ("email", "name", "is_editor", "is_reviewer", "is_superuser", "is_active", "last_login")
    list_filter = ("is_editor", "is_reviewer", "is_superuser", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    # Rights are given and taken away on the desk, where it stands in the audit and one operator is always left.
    readonly_fields = (
        "is_editor",
        "is_reviewer",
        "is_superuser",
        "is_active",
        "last_login",
        "date_joined",
    )
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (
            "Rights: changed on the desk",
            {"fields": ("is_editor", "is_reviewer", "is_superuser", "is_active")},
        ),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is closed, on the desk: what somebody wrote and approved stays under their name."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # allauth keeps addresses of its own, and would still let the old one sign in and reset the password.
            EmailAddress.objects.filter(user=obj).delete()


@admin.register(Authenticator)
class AuthenticatorAdmin(SuperusersOnly, admin.ModelAdmin[Authenticator]):
    """Only to take a second factor away from somebody who has lost it. The secret is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
