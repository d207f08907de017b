"""What operators look after: countries, schools and who belongs to them.

Classes and pupils are not here, and must not be: an operator has no business with children's names, and a form of the
admin would show them, search them and write them into its log.
"""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from .models import Country, Membership, School


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin[Country]):
    list_display = ("name", "code", "part_of", "emergency", "police_non_emergency")
    list_select_related = ("part_of",)
    search_fields = ("name", "code")


class MembershipInline(admin.TabularInline[Membership, School]):
    model = Membership
    extra = 1
    autocomplete_fields: ClassVar = ["user"]


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin[School]):
    list_display = ("name", "country", "lead_name", "lead_contact")
    list_filter = ("country",)
    list_select_related = ("country",)
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        # It would take the school's classes, pupils and all their progress with it.
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("user", "school", "role", "is_active")
    list_filter = ("role", "is_active", "school")
    list_select_related = ("user", "school")
    search_fields = ("user__name", "user__email", "school__name")
    autocomplete_fields: ClassVar = ["user", "school"]
