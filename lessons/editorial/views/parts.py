"""The pages on which a draft is written, one for each part."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from lessons.evidence.models import Finding
from lessons.library.content import Content, LessonContent
from lessons.library.models import Illustration, Image, Strand
from lessons.library.store import AnyVersion, content_of, held_content
from safeguarding.core.csp import editor_csp

from .. import services
from ..enums import Kind
from ..errors import EditedMeanwhile, NotAllowed, WrongStatus
from ..forms.activity import ActivityEditor
from ..forms.basics import BasicsEditor
from ..forms.editor import Editor
from ..forms.evidence import EvidenceEditor
from ..forms.objectives import ObjectivesEditor
from ..forms.question import QuestionEditor
from ..forms.text import TextEditor
from ..parts import token_of
from ..queries.version import get_version, part_label
from .access import current_user, desk_form, require_editor


class Gone(Http404):
    """The activity or question of this page is no longer in the draft."""


Build = Callable[[Content, QueryDict | None], Editor]


@desk_form
def basics(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    version = get_version(kind, slug, number)
    is_placed = version.identity.versions.filter(published_at__isnull=False).exists()
    return _edit(request, kind, version, lambda content, data: BasicsEditor(content, data, is_placed=is_placed))


@editor_csp
@desk_form
def text(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(request, kind, get_version(kind, slug, number), TextEditor)


@desk_form
def objectives(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _edit(
        request, kind, get_version(kind, slug, number), lambda content, data: ObjectivesEditor(of_lesson(content), data)
    )


@desk_form
def evidence(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    findings = list(Finding.objects.select_related("source").order_by("source__year", "source__code", "code"))
    strands = list(Strand.objects.select_related("edition")) if kind is Kind.LESSONS else []
    words = request.GET.get("words", "")[:100]

    def build(content: Content, data: QueryDict | None) -> Editor:
        return EvidenceEditor(content, data, findings=findings, strands=strands, words=words)

    return _edit(request, kind, get_version(kind, slug, number), build)


@editor_csp
@desk_form
def activity(request: HttpRequest, kind: Kind, slug: str, number: int, place: int) -> HttpResponse:
    images, drawings = list(Image.objects.all()), list(Illustration.objects.all())

    def build(content: Content, data: QueryDict | None) -> Editor:
        lesson = of_lesson(content)
        _require_place(place, len(lesson.activities), "activity")
        return ActivityEditor(lesson, data, number=place, images=images, drawings=drawings)

    return _edit(request, kind, get_version(kind, slug, number), build, back="editorial:activities")


@desk_form
def question(request: HttpRequest, kind: Kind, slug: str, number: int, place: int) -> HttpResponse:
    def build(content: Content, data: QueryDict | None) -> Editor:
        lesson = of_lesson(content)
        _require_place(place, len(lesson.questions), "question")
        return QuestionEditor(lesson, data, number=place)

    return _edit(request, kind, get_version(kind, slug, number), build, back="editorial:questions")


def of_lesson(content: Content) -> LessonContent:
    """Raises Http404 for a guide, which has no such part."""
    if not isinstance(content, LessonContent):
        raise Http404("A guide has no such part.")
    return content


def _require_place(place: int, there_are: int, word: str) -> None:
    if not 1 <= place <= there_are:
        raise Gone(
            f"There is no {word} {place} any more: somebody may have removed it. Open the list to see what there is."
        )


def _edit(
    request: HttpRequest, kind: Kind, version: AnyVersion, build: Build, back: str = "editorial:version"
) -> HttpResponse:
    """Show the forms, or save them. What cannot be saved is shown again with all that was typed."""
    require_editor(request)
    content = held_content(version)
    if request.method != "POST":
        editor = build(content, None)
        if not version.is_draft:
            return _locked(request, kind, version, editor, NOT_A_DRAFT)
        return _page(request, kind, version, editor, token_of(content, editor.part), 200)
    try:
        editor = build(content, request.POST)
    except Gone as gone:
        return _locked(request, kind, version, None, str(gone))
    token = request.POST.get("token", "")
    is_valid = editor.is_valid()
    if not version.is_draft:
        return _locked(request, kind, version, editor, NOT_A_DRAFT)
    if not is_valid:
        return _page(request, kind, version, editor, token, 400)
    try:
        services.save_part(
            actor=current_user(request), version=version, part=editor.part, token=token, changes=editor.changes()
        )
    except EditedMeanwhile as conflict:
        return _conflict(request, kind, version, editor, build, conflict)
    except WrongStatus as error:
        return _locked(request, kind, version, editor, str(error))
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"Saved: {part_label(kind, editor.part).lower()}.")
    return redirect(back, kind=kind, slug=version.identity.slug, number=version.number)


NOT_A_DRAFT = (
    "This version is no longer a draft: what has been submitted is never edited again. "
    "Start a new version to change it."
)


def _conflict(
    request: HttpRequest, kind: Kind, version: AnyVersion, editor: Editor, build: Build, conflict: EditedMeanwhile
) -> HttpResponse:
    """A fresh token, so that saving again is a decision."""
    version = get_version(kind, version.identity.slug, version.number)
    fresh = content_of(version)
    try:
        editor.show_saved(build(fresh, None))
    except Gone as gone:
        return _locked(request, kind, version, editor, str(gone))
    return _page(request, kind, version, editor, token_of(fresh, editor.part), 409, conflict)


def _page(
    request: HttpRequest,
    kind: Kind,
    version: AnyVersion,
    editor: Editor,
    token: str,
    status: int,
    conflict: EditedMeanwhile | None = None,
) -> HttpResponse:
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, editor.part),
        "editor": editor,
        "token": token,
        "conflict": conflict,
    }
    return render(request, editor.template, context, status=status)


def _locked(request: HttpRequest, kind: Kind, version: AnyVersion, editor: Editor | None, why: str) -> HttpResponse:
    """Nothing can be saved here: say why, and show what was typed for copying."""
    typed = editor.typed() if editor else _typed(request.POST)
    context = {
        "kind": kind,
        "version": version,
        "slug": version.identity.slug,
        "label": part_label(kind, editor.part) if editor else "Nothing to save into",
        "why": why,
        "typed": typed if request.method == "POST" else [],
    }
    return render(request, "editorial/part_locked.html", context, status=409)


def _typed(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, as far as it can be told without the form."""
    own = ("csrfmiddlewaretoken", "token")
    return [
        (name.replace("-", " ").replace("_", " ").capitalize(), value)
        for name, value in data.items()
        if isinstance(value, str) and value.strip() and name not in own and not name.endswith(NOT_WORDS)
    ]


NOT_WORDS = ("_FORMS", "-ORDER", "-DELETE")
