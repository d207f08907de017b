"""The operators' pages: Django's admin, for superusers alone."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class OperatorSite(admin.AdminSite):
    site_header = site_title = "Safeguarding lessons: operators"
    index_title = "What operators look after"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """One way in, with its limits and its second factor, instead of the admin's own sign-in form."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("These pages are for operators.")
        return secure_admin_login(super().login)(request, extra_context)
