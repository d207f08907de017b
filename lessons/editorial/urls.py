"""The desk. `<kind:kind>` is lessons or guides; `<int:number>` is the version's."""

from django.urls import include, path, register_converter

from .checks.problem import Part
from .enums import Kind
from .setting_urls import setting_pages
from .views import (
    audit,
    bulk,
    checks,
    comments,
    create,
    documents,
    flags,
    home,
    image_picker,
    images,
    lists,
    packages,
    parts,
    preview,
    schedule,
    translations,
    unsaved,
    version,
    withdraw,
    write,
)


class KindConverter:
    regex = "lessons|guides"

    def to_python(self, value: str) -> Kind:
        return Kind(value)

    def to_url(self, value: str) -> str:
        return str(value)


class FormConverter:
    """A part that is written as one form."""

    regex = "basics|text|objectives|evidence|documents"

    def to_python(self, value: str) -> Part:
        return Part(value)

    def to_url(self, value: str) -> str:
        return str(value)


class RowsConverter(FormConverter):
    """A part with a form for each of its rows."""

    regex = "activities|questions"


register_converter(KindConverter, "kind")
register_converter(FormConverter, "form")
register_converter(RowsConverter, "rows")

app_name = "editorial"

version_pages = [
    path("", version.version, name="version"),
    path("preview/", version.preview, name="preview"),
    path("write/", write.write, name="write"),
    path("<form:part>/keep/", unsaved.keep, name="part-keep"),
    path("<rows:part>/<int:place>/keep/", unsaved.keep, name="row-keep"),
    path("<form:part>/open/", unsaved.note_open, name="part-open"),
    path("<rows:part>/<int:place>/open/", unsaved.note_open, name="row-open"),
    path("<form:part>/throw-away/", unsaved.throw_away, name="part-throw-away"),
    path("<rows:part>/<int:place>/throw-away/", unsaved.throw_away, name="row-throw-away"),
    path("checks/", checks.saved_checks, name="checks"),
    path("preview/readers/", preview.readers, name="preview-readers"),
    path("preview/frame/", preview.frame, name="preview-frame"),
    path("<form:part>/check/", checks.check, name="part-check"),
    path("<form:part>/preview/", preview.unsaved_readers, name="part-preview"),
    path("<form:part>/preview/frame/", preview.unsaved_frame, name="part-frame"),
    path("<rows:part>/<int:place>/check/", checks.check, name="row-check"),
    path("<rows:part>/<int:place>/preview/", preview.unsaved_readers, name="row-preview"),
    path("<rows:part>/<int:place>/preview/frame/", preview.unsaved_frame, name="row-frame"),
    path("changes/", version.changes, name="changes"),
    path("submit/", version.submit, name="submit"),
    path("approve/", version.approve, name="approve"),
    path("approve-and-publish/", version.approve_and_publish, name="approve-and-publish"),
    path("publish/", version.publish, name="publish"),
    path("return/", version.return_to_author, name="return"),
    path("new-version/", version.new_version, name="new-version"),
    path("retire/", version.retire, name="retire"),
    path("accept-warning/", version.accept_warning, name="accept-warning"),
    path("comments/new/", comments.comment, name="comment"),
    path("comments/<int:pk>/done/", version.comment_done, name="comment-done"),
    path("archive/", version.archive, name="archive"),
    path("unarchive/", version.unarchive, name="unarchive"),
    path("owner/", version.owner, name="owner"),
    path("successor/", version.successor, name="successor"),
    path("search-words/", version.search_words, name="search-words"),
    path("withdraw/", withdraw.withdraw, name="withdraw"),
    path("plan/", schedule.plan, name="plan"),
    path("plan/cancel/", schedule.cancel, name="plan-cancel"),
    path("words/", flags.words, name="words"),
    path("translate/", translations.translate, name="translate"),
    path("source-changes/", translations.changes_of_source, name="source-changes"),
    path("confirm-translation/", translations.confirm, name="confirm-translation"),
    path("basics/", parts.basics, name="basics"),
    path("text/", parts.text, name="text"),
    path("objectives/", parts.objectives, name="objectives"),
    path("evidence/", parts.evidence, name="evidence"),
    path("documents/", parts.documents, name="documents"),
    path("activities/", lists.row_list, {"part": Part.ACTIVITIES}, name="activities"),
    path("activities/add/", lists.row_add, {"part": Part.ACTIVITIES}, name="activities-add"),
    path("activities/<int:place>/", parts.activity, name="activity"),
    path("activities/<int:place>/move/", lists.row_move, {"part": Part.ACTIVITIES}, name="activities-move"),
    path("activities/<int:place>/remove/", lists.row_remove, {"part": Part.ACTIVITIES}, name="activities-remove"),
    path("questions/", lists.row_list, {"part": Part.QUESTIONS}, name="questions"),
    path("questions/add/", lists.row_add, {"part": Part.QUESTIONS}, name="questions-add"),
    path("questions/<int:place>/", parts.question, name="question"),
    path("questions/<int:place>/move/", lists.row_move, {"part": Part.QUESTIONS}, name="questions-move"),
    path("questions/<int:place>/remove/", lists.row_remove, {"part": Part.QUESTIONS}, name="questions-remove"),
]

urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/paper.css", preview.paper_look, name="paper-look"),
    path("desk/bulk/", bulk.bulk, name="bulk"),
    path("desk/audit/", audit.audit, name="audit"),
    path("desk/audit.csv", audit.audit_csv, name="audit-csv"),
    path("desk/images/", images.image_list, name="images"),
    path("desk/images/pick/", image_picker.image_pick, name="image-pick"),
    path("desk/images/new/", images.image_upload, name="image-upload"),
    path("desk/images/<int:pk>/", images.image_detail, name="image"),
    path("desk/images/<int:pk>/delete/", images.image_delete, name="image-delete"),
    path("desk/schedule/", schedule.schedule, name="schedule"),
    path("desk/documents/", documents.document_list, name="document-list"),
    path("desk/documents/new/", documents.document_upload, name="document-upload"),
    path("desk/documents/<int:pk>/", documents.document_detail, name="document"),
    path("desk/documents/<int:pk>/delete/", documents.document_delete, name="document-delete"),
    path("desk/packages/", packages.package_export, name="packages"),
    path("desk/packages/import/", packages.package_import, name="package-import"),
    path("desk/settings/", include(setting_pages)),
    path("desk/<kind:kind>/new/", create.item_create, name="item-create"),
    path("desk/<kind:kind>/<slug:slug>/", version.item, name="item"),
    path("desk/<kind:kind>/<slug:slug>/<int:number>/", include(version_pages)),
]
