"""What no page of the desk looks after. Lessons, guides and the settings are not here: only the desk changes them."""

from django.contrib import admin
from django.http import HttpRequest

from .models import Illustration, Statement


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin[Statement]):
    """The publisher's words: `import_statements` writes them, nobody types them here."""

    list_display = ("code", "text", "strand", "ages")
    list_filter = ("strand__edition",)
    list_select_related = ("strand__edition",)
    search_fields = ("code", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False


@admin.register(Illustration)
class IllustrationAdmin(admin.ModelAdmin[Illustration]):
    """The drawings themselves are files of the code."""

    list_display = ("title", "alt_text", "slug")
    search_fields = ("title", "alt_text")
    readonly_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
