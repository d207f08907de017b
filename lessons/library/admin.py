"""Reference data, for operators. Lessons and guides are not here: only the desk changes them, through its services."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from .models import (
    AgeBand,
    BandName,
    Edition,
    Framework,
    GlossaryTerm,
    HelpService,
    Illustration,
    Statement,
    Strand,
    Topic,
    Unit,
    UnitLesson,
)


class KeepsSlug(admin.ModelAdmin[Any]):
    """Files and addresses name these by slug, so it stays once it is given."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: models.Model | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}


@admin.register(Topic)
class TopicAdmin(KeepsSlug):
    list_display = ("name", "least_age", "position", "slug")
    search_fields = ("name", "summary", "search_words")


class BandNameInline(admin.TabularInline[BandName, AgeBand]):
    model = BandName
    extra = 0


@admin.register(AgeBand)
class AgeBandAdmin(KeepsSlug):
    list_display = ("name", "age_from", "age_to", "reading_age_max")
    inlines = (BandNameInline,)


class EditionInline(admin.TabularInline[Edition, Framework]):
    model = Edition
    extra = 0
    show_change_link = True


@admin.register(Framework)
class FrameworkAdmin(KeepsSlug):
    list_display = ("name", "publisher", "country")
    list_select_related = ("country",)
    search_fields = ("name", "publisher")
    inlines = (EditionInline,)


class StrandInline(admin.TabularInline[Strand, Edition]):
    model = Strand
    extra = 0


@admin.register(Edition)
class EditionAdmin(KeepsSlug):
    list_display = ("name", "framework", "in_force_from", "in_force_to")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("name",)
    inlines = (StrandInline,)


@admin.register(Strand)
class StrandAdmin(KeepsSlug):
    list_display = ("name", "edition", "position")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("name",)


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


class UnitLessonInline(admin.TabularInline[UnitLesson, Unit]):
    model = UnitLesson
    extra = 0
    max_num = 4


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin[Unit]):
    list_display = ("title", "topic", "band")
    list_filter = ("band", "topic")
    list_select_related = ("topic", "band")
    search_fields = ("title", "summary")
    inlines = (UnitLessonInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()


@admin.register(Illustration)
class IllustrationAdmin(admin.ModelAdmin[Illustration]):
    """The drawings themselves are files of the code."""

    list_display = ("title", "alt_text", "slug")
    search_fields = ("title", "alt_text")
    readonly_fields = ("slug",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(HelpService)
class HelpServiceAdmin(KeepsSlug):
    list_display = ("name", "country", "serves", "phone", "last_verified_on", "is_verified")
    list_filter = ("country", "serves", ("last_verified_on", admin.EmptyFieldListFilter))
    list_select_related = ("country",)
    search_fields = ("name", "what_for", "phone", "url")
    filter_horizontal = ("topics",)
    actions = ("verify",)

    @admin.display(boolean=True, description="verified")
    def is_verified(self, service: HelpService) -> bool:
        return not service.is_to_be_verified

    @admin.action(description="I have verified these today", permissions=["change"])
    def verify(self, request: HttpRequest, services: QuerySet[HelpService]) -> None:
        count = services.update(last_verified_on=timezone.localdate())
        messages.success(request, f"{count} marked as verified today.")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin[GlossaryTerm]):
    list_display = ("term", "term_class", "audience", "instead")
    list_filter = ("term_class", "audience")
    search_fields: ClassVar = ["term", "forms", "instead"]
