from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lessons.library.document_errors import DocumentRefused
from lessons.library.document_store import name_of, uses_of
from lessons.library.models import Document

from ..forms.documents import DocumentDetailsForm, DocumentFilterForm, DocumentUploadForm
from ..queries.documents import document_page
from ..rules import can_write
from ..services.documents import DETAILS, add_document, delete_document, edit_document
from .access import current_user, desk_form, desk_page, require_editor


@desk_page
def document_list(request: HttpRequest) -> HttpResponse:
    form = DocumentFilterForm(request.GET)
    chosen = {name: value for name, value in vars(form.listed).items() if value}
    context = {
        "form": form,
        "page_obj": document_page(form.listed, request.GET.get("page")),
        "querystring": urlencode(chosen),
        "is_filtered": bool(chosen),
    }
    return render(request, "editorial/document_list.html", context)


@desk_form
def document_upload(request: HttpRequest) -> HttpResponse:
    require_editor(request)
    if request.method != "POST":
        return render(request, "editorial/document_upload.html", {"form": DocumentUploadForm()})
    form = DocumentUploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            document = add_document(actor=current_user(request), **form.cleaned_data)
        except DocumentRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(
                request, f"“{document.title}” is among the documents. Attach it to a draft, under Documents."
            )
            return redirect("editorial:document-list")
    return render(request, "editorial/document_upload.html", {"form": form}, status=400)


@desk_form
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of a document, and where it is attached."""
    document = get_object_or_404(Document, pk=pk)
    if request.method != "POST":
        return _detail(request, document, DocumentDetailsForm(initial={n: getattr(document, n) for n in DETAILS}))
    require_editor(request)
    form = DocumentDetailsForm(request.POST)
    if not form.is_valid():
        return _detail(request, document, form, 400)
    edit_document(actor=current_user(request), document=document, **form.cleaned_data)
    messages.success(request, f"Saved: {form.cleaned_data['title']}.")
    return redirect("editorial:document", pk=pk)


def _detail(request: HttpRequest, document: Document, form: DocumentDetailsForm, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "name": name_of(document),
        "form": form,
        "uses": uses_of(document),
        "can_edit": can_write(current_user(request)),
    }
    return render(request, "editorial/document_detail.html", context, status=status)


@desk_form
def document_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, or says where it is attached; POST does."""
    require_editor(request)
    document = get_object_or_404(Document, pk=pk)
    if request.method != "POST":
        context = {"document": document, "uses": uses_of(document)}
        return render(request, "editorial/document_delete.html", context)
    try:
        delete_document(actor=current_user(request), document=document)
    except DocumentRefused as error:
        context = {"document": document, "uses": uses_of(document), "refusal": str(error)}
        return render(request, "editorial/document_delete.html", context, status=409)
    messages.success(request, f"“{document.title}” was deleted.")
    return redirect("editorial:document-list")
