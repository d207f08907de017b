from django.contrib import admin
from django.http import HttpRequest

from .models import Finding


@admin.register(Finding)
class FindingAdmin(admin.ModelAdmin[Finding]):
    list_display = ("code", "statement", "source", "locator", "least_age")
    list_filter = ("source", "theme", "least_age")
    list_select_related = ("source",)
    search_fields = ("code", "statement", "figures")

    def get_readonly_fields(self, request: HttpRequest, obj: Finding | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()
