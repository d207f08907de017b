"""Which forms write a part: the same where it is saved, checked and previewed."""

from collections.abc import Callable

from django.http import Http404, QueryDict

from lessons.evidence.models import Finding
from lessons.library.content import Content, LessonContent
from lessons.library.models import Document, Illustration, Image, Strand
from lessons.library.store import AnyVersion

from .enums import Kind
from .forms.activity import ActivityEditor
from .forms.basics import BasicsEditor
from .forms.documents import DocumentsEditor
from .forms.editor import Editor
from .forms.evidence import EvidenceEditor
from .forms.objectives import ObjectivesEditor
from .forms.question import QuestionEditor
from .forms.text import TextEditor
from .parts import Part

Build = Callable[[Content, QueryDict | None], Editor]


class Gone(Http404):
    """The activity or question of this page is no longer in the draft."""


def builder_of(kind: Kind, version: AnyVersion, part: Part, place: int | None = None, words: str = "") -> Build:
    """`place` is that of one activity or question, from 1; `words` choose among the findings that are shown.

    What there is to choose from is read here, in two queries at most; the forms can then be built twice. Those of the
    basics read theirs when they are built. The builder raises Gone, and Http404 for a part that a guide does not have.
    """
    match part:
        case Part.BASICS:
            identity = version.identity
            is_placed = identity.is_translation or identity.versions.filter(live_from__isnull=False).exists()
            return lambda content, data: BasicsEditor(content, data, is_placed=is_placed)
        case Part.TEXT:
            return TextEditor
        case Part.OBJECTIVES:
            return lambda content, data: ObjectivesEditor(of_lesson(content), data)
        case Part.EVIDENCE:
            findings = list(Finding.objects.select_related("source").order_by("source__year", "source__code", "code"))
            strands = list(Strand.objects.select_related("edition")) if kind is Kind.LESSONS else []
            return lambda content, data: EvidenceEditor(content, data, findings=findings, strands=strands, words=words)
        case Part.DOCUMENTS:
            documents = list(Document.objects.order_by("title", "pk"))
            return lambda content, data: DocumentsEditor(content, data, documents=documents)
        case Part.ACTIVITIES:
            return _activity_builder(place or 0)
        case Part.QUESTIONS:
            return _question_builder(place or 0)


def _activity_builder(place: int) -> Build:
    images, drawings = list(Image.objects.all()), list(Illustration.objects.all())

    def build(content: Content, data: QueryDict | None) -> Editor:
        lesson = of_lesson(content)
        _require_place(place, len(lesson.activities), "activity")
        return ActivityEditor(lesson, data, number=place, images=images, drawings=drawings)

    return build


def _question_builder(place: int) -> Build:
    def build(content: Content, data: QueryDict | None) -> Editor:
        lesson = of_lesson(content)
        _require_place(place, len(lesson.questions), "question")
        return QuestionEditor(lesson, data, number=place)

    return build


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
