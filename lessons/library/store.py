"""Between content and the rows of a version: read it out, write it in."""

from itertools import groupby

from django.db import transaction

from lessons.evidence.models import Finding

from .content import (
    ActivityContent,
    Content,
    GuideContent,
    ItemContent,
    LessonContent,
    ObjectiveContent,
    OptionContent,
    QuestionContent,
    SectionContent,
    TermContent,
)
from .enums import ActivityKind, GuideKind, QuestionKind
from .models import (
    Activity,
    ActivityItem,
    GuideSection,
    GuideVersion,
    Illustration,
    LessonSection,
    LessonVersion,
    Objective,
    Question,
    QuestionOption,
    Strand,
    VocabularyTerm,
)

AnyVersion = LessonVersion | GuideVersion
OPTION_FIELDS = ("text", "is_correct", "feedback")
ITEM_FIELDS = ("text", "answer", "feedback")


def content_of(version: AnyVersion) -> Content:
    """The version as plain data, as it is stored now. Three queries for a guide, eight for a lesson, however long."""
    return held_content(_fresh(version))


def held_content(version: AnyVersion) -> Content:
    """The same of a version that was fetched a moment ago with its identity, topic and band: one query less."""
    return _lesson_content(version) if isinstance(version, LessonVersion) else _guide_content(version)


def _fresh(version: AnyVersion) -> AnyVersion:
    if isinstance(version, LessonVersion):
        return LessonVersion.objects.select_related("lesson__topic", "lesson__band").get(pk=version.pk)
    return GuideVersion.objects.select_related("guide__topic").get(pk=version.pk)


def _lesson_content(version: LessonVersion) -> LessonContent:
    return LessonContent(
        slug=version.lesson.slug,
        topic=version.lesson.topic.slug,
        band=version.lesson.band.slug,
        title=version.title,
        summary=version.summary,
        check_minutes=version.check_minutes,
        review_by=version.review_by,
        findings=tuple(version.findings.values_list("code", flat=True)),
        strands=tuple(f"{edition}/{slug}" for edition, slug in version.strands.values_list("edition__slug", "slug")),
        objectives=tuple(ObjectiveContent(*row) for row in version.objectives.values_list("learn", "can")),
        vocabulary=tuple(TermContent(*row) for row in version.vocabulary.values_list("term", "meaning")),
        questions=_questions(version),
        activities=_activities(version),
        sections={
            kind: SectionContent(kind, body, minutes)
            for kind, body, minutes in version.sections.order_by("kind").values_list("kind", "body", "minutes")
        },
    )


def _questions(version: LessonVersion) -> tuple[QuestionContent, ...]:
    """One query: a row for each option, and one for a question that has none."""
    rows = version.questions.order_by("position", "pk", "options__position", "options__pk").values_list(
        "pk", "kind", "text", "misconception", "options__pk", *(f"options__{name}" for name in OPTION_FIELDS)
    )
    return tuple(
        QuestionContent(
            QuestionKind(kind),
            text,
            misconception,
            tuple(OptionContent(*row[5:]) for row in options if row[4] is not None),
        )
        for (_, kind, text, misconception), options in groupby(rows, key=lambda row: row[:4])
    )


def _activities(version: LessonVersion) -> tuple[ActivityContent, ...]:
    """One query: a row for each item, and one for an activity that has none."""
    rows = version.activities.order_by("position", "pk", "items__position", "items__pk").values_list(
        "pk",
        "kind",
        "title",
        "minutes",
        "intro",
        "image",
        "illustration__slug",
        "items__pk",
        *(f"items__{name}" for name in ITEM_FIELDS),
    )
    return tuple(
        ActivityContent(
            ActivityKind(kind),
            title,
            minutes,
            intro,
            tuple(ItemContent(*row[8:]) for row in items if row[7] is not None),
            image,
            drawing or "",
        )
        for (_, kind, title, minutes, intro, image, drawing), items in groupby(rows, key=lambda row: row[:7])
    )


def _guide_content(version: GuideVersion) -> GuideContent:
    version = (
        GuideVersion.objects.select_related("guide__topic").prefetch_related("sections", "findings").get(pk=version.pk)
    )
    guide = version.guide
    return GuideContent(
        slug=guide.slug,
        kind=GuideKind(guide.kind),
        topic=guide.topic.slug if guide.topic else None,
        age_from=guide.age_from,
        age_to=guide.age_to,
        title=version.title,
        summary=version.summary,
        review_by=version.review_by,
        findings=tuple(version.findings.values_list("code", flat=True)),
        sections={
            kind: SectionContent(kind, body)
            for kind, body in version.sections.order_by("kind").values_list("kind", "body")
        },
    )


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
        ActivityItem(activity=row, position=n, text=i.text, answer=i.answer, feedback=i.feedback)
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
