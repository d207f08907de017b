"""Between content and the rows of a version: read out (`store_reading`), and written in."""

from dataclasses import asdict

from django.db import transaction

from lessons.evidence.models import Finding

from .content import (
    Content,
    GuideContent,
    LessonContent,
    pictures_in,
)
from .image_store import images_at
from .models import (
    Activity,
    ActivityItem,
    Document,
    GuideAttachment,
    GuideSection,
    GuideVersion,
    Illustration,
    LessonAttachment,
    LessonSection,
    LessonVersion,
    Objective,
    Question,
    QuestionOption,
    Strand,
    VocabularyTerm,
)
from .store_reading import (
    AnyIdentity,
    AnyVersion,
    content_of,
    held_content,
    held_contents,
    made_from,
    placed,
    source_of,
)

__all__ = [
    "AnyIdentity",
    "AnyVersion",
    "content_of",
    "held_content",
    "held_contents",
    "made_from",
    "placed",
    "source_of",
    "write_content",
]


@transaction.atomic
def write_content(version: AnyVersion, content: Content) -> None:
    """Replace all that the version holds. The caller has made sure that it is a draft; unknown codes are left out."""
    version.title, version.summary, version.review_by = content.title, content.summary, content.review_by
    if isinstance(version, LessonVersion) and isinstance(content, LessonContent):
        version.check_minutes = content.check_minutes
        version.save()
        _write_lesson_parts(version, content)
    elif isinstance(version, GuideVersion) and isinstance(content, GuideContent):
        version.save()
        version.sections.all().delete()
        GuideSection.objects.bulk_create(
            GuideSection(version=version, kind=s.kind, body=s.body) for s in content.sections.values()
        )
    else:
        raise TypeError("A lesson's content belongs into a lesson's version, a guide's into a guide's.")
    version.findings.set(Finding.objects.filter(code__in=content.findings))
    version.images.set(_images_of(content))
    _write_attachments(version, content)


def _images_of(content: Content) -> list[int]:
    """The numbers of the uploads that it shows. At most one query."""
    beside = {a.image for a in content.activities if a.image} if isinstance(content, LessonContent) else set()
    addresses = pictures_in(content)
    within = images_at(addresses).values_list("pk", flat=True) if addresses else ()
    return sorted({*beside, *within})


def _write_attachments(version: AnyVersion, content: Content) -> None:
    version.attachments.all().delete()
    there = set(Document.objects.filter(pk__in=content.documents).values_list("pk", flat=True))
    kept = [pk for pk in dict.fromkeys(content.documents) if pk in there]
    if isinstance(version, LessonVersion):
        LessonAttachment.objects.bulk_create(
            LessonAttachment(version=version, document_id=pk, position=n) for n, pk in enumerate(kept)
        )
    else:
        GuideAttachment.objects.bulk_create(
            GuideAttachment(version=version, document_id=pk, position=n) for n, pk in enumerate(kept)
        )


def _write_lesson_parts(version: LessonVersion, content: LessonContent) -> None:
    for rows in (version.sections, version.objectives, version.vocabulary, version.activities, version.questions):
        rows.all().delete()
    LessonSection.objects.bulk_create(
        LessonSection(version=version, kind=s.kind, body=s.body, minutes=s.minutes) for s in content.sections.values()
    )
    Objective.objects.bulk_create(
        Objective(version=version, position=n, learn=o.learn, can=o.can) for n, o in enumerate(content.objectives)
    )
    VocabularyTerm.objects.bulk_create(
        VocabularyTerm(version=version, position=n, term=t.term, meaning=t.meaning)
        for n, t in enumerate(content.vocabulary)
    )
    drawings = dict(
        Illustration.objects.filter(slug__in={a.illustration for a in content.activities}).values_list("slug", "pk")
    )
    activities = Activity.objects.bulk_create(
        Activity(
            version=version,
            position=n,
            kind=a.kind,
            title=a.title,
            minutes=a.minutes,
            intro=a.intro,
            image_id=a.image,
            illustration_id=drawings.get(a.illustration),
        )
        for n, a in enumerate(content.activities)
    )
    ActivityItem.objects.bulk_create(
        ActivityItem(activity=row, position=n, **asdict(i))
        for row, activity in zip(activities, content.activities, strict=True)
        for n, i in enumerate(activity.items)
    )
    questions = Question.objects.bulk_create(
        Question(version=version, position=n, kind=q.kind, text=q.text, misconception=q.misconception)
        for n, q in enumerate(content.questions)
    )
    QuestionOption.objects.bulk_create(
        QuestionOption(question=row, position=n, text=o.text, is_correct=o.is_correct, feedback=o.feedback)
        for row, question in zip(questions, content.questions, strict=True)
        for n, o in enumerate(question.options)
    )
    wanted = {tuple(strand.split("/", 1)) for strand in content.strands}
    strands = Strand.objects.filter(edition__slug__in={edition for edition, *_ in wanted}).select_related("edition")
    version.strands.set([strand for strand in strands if (strand.edition.slug, strand.slug) in wanted])
