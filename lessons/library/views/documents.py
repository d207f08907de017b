from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..document_store import CONTENT_TYPES, name_of
from ..enums import DocumentKind
from ..models import Document
from ..queries.documents import is_beside_live_guide, is_beside_live_lesson
from ..rules import can_read_plan

# Should a browser show it after all, it may run and load nothing there.
POLICY = "sandbox; default-src 'none'"


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A download, never a page. The name in the address is for readers alone.

    The desk has every document; others what stands beside a live guide, and teachers what stands beside a live lesson.
    """
    held = get_object_or_404(Document, pk=pk)
    is_desk = request.user.is_authenticated and request.user.is_desk_user
    if not is_desk and not is_beside_live_guide(held):
        if not is_beside_live_lesson(held):
            raise Http404("There is no such document.")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_read_plan(request.user):
            raise PermissionDenied("This document belongs to a lesson plan, which is for teachers.")
    try:
        file = held.file.open()
    except FileNotFoundError as error:
        raise Http404("The file of this document is missing. Tell whoever runs this site.") from error
    answer = FileResponse(
        file, as_attachment=True, filename=name_of(held), content_type=CONTENT_TYPES[DocumentKind(held.kind)]
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    return answer
