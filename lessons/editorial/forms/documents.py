from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat

from lessons.library.content import Content
from lessons.library.document_store import MOST_BYTES
from lessons.library.enums import DocumentKind
from lessons.library.forms import WordsField
from lessons.library.models import Document
from safeguarding.core.forms import offer

from ..checks.problem import Part
from ..queries.documents import Listed
from .editor import Editor
from .rows import RowForm, row_set

MOST_DOCUMENTS = 10


class DocumentDetailsForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="What readers see, and what the file is called when they save it.",
        error_messages={"required": "Give it a title, so that readers know what it is."},
    )
    credit = forms.CharField(label="Credit", required=False, max_length=160, help_text="Who made it.")
    licence = forms.CharField(
        label="Licence", required=False, max_length=80, help_text="Why we may pass it on: own work, CC BY 4.0."
    )


class DocumentUploadForm(DocumentDetailsForm):
    file = forms.FileField(
        label="Document",
        help_text=f"PDF, Word (.docx) or PowerPoint (.pptx), at most {MOST_BYTES // 1024**2} MB, without macros, "
        "script or other files in it. Readers get it as it is: look into its properties first, which may hold names.",
        error_messages={"required": "Choose a document.", "empty": "The file is empty. Choose another."},
    )
    field_order = ("file",)


class DocumentFilterForm(forms.Form):
    words = WordsField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *DocumentKind.choices])
    use = forms.ChoiceField(
        label="Which", required=False, choices=[("", "All"), ("used", "In use"), ("unused", "Not used yet")]
    )

    @property
    def listed(self) -> Listed:
        """What was asked for; a value that is not on offer is left out."""
        self.is_valid()
        return Listed(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class DocumentRow(RowForm):
    texts = ("document",)
    document = forms.ChoiceField(
        label="Document",
        required=False,
        error_messages={"invalid_choice": "This document is no longer there. Choose another."},
    )


class DocumentsEditor(Editor):
    """`documents` are all that there are. What is attached is a row each, in the order in which readers see them."""

    part = Part.DOCUMENTS
    template = "editorial/part_documents.html"

    def __init__(self, content: Content, data: QueryDict | None = None, *, documents: Sequence[Document]) -> None:
        super().__init__(content, data)
        choices = [("", "No document"), *((str(one.pk), _label(one)) for one in documents)]

        class Row(DocumentRow):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                offer(self, "document", choices)

        self.documents = row_set(
            Row, "documents", MOST_DOCUMENTS, data, [{"document": str(pk)} for pk in content.documents]
        )
        self.sets = [self.documents]
        self.has_any = bool(documents)

    def changes(self) -> dict[str, object]:
        chosen = (int(row["document"]) for row in self.documents.rows)
        return {"documents": tuple(dict.fromkeys(chosen))}


def _label(document: Document) -> str:
    kind = DocumentKind(document.kind).label
    return f"{document.title} ({kind}, {filesizeformat(document.size_bytes)})"
