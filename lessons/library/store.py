"""Between content and the rows of a version: read it out, write it in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, IntegerField, QuerySet, TextField, Value

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
    """The version as plain data, as it is stored now. Three queries for a guide, four for a lesson, however long."""
    return held_content(_fresh(version))


def held_content(version: AnyVersion) -> Content:
    """The same of a version that was fetched a moment ago with its identity, topic and band: one query less."""
    return held_contents([version])[version]


def held_contents(versions: Iterable[AnyVersion]) -> dict[AnyVersion, Content]:
    """Many of them at once, in their order: three queries for all lessons and two for all guides."""
    wanted = list(versions)
    lessons = [version for version in wanted if isinstance(version, LessonVersion)]
    guides = [version for version in wanted if isinstance(version, GuideVersion)]
    held = {**_lesson_contents(lessons), **_guide_contents(guides)}
    return {version: held[version] for version in wanted}


def _fresh(version: AnyVersion) -> AnyVersion:
    if isinstance(version, LessonVersion):
        return LessonVersion.objects.select_related("lesson__topic", "lesson__band").get(pk=version.pk)
    return GuideVersion.objects.select_related("guide__topic").get(pk=version.pk)


Row = tuple[Any, ...]


def _by_version(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """The first column is the version's id; the others in the order in which they came."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for version, *row in rows:
        found[version].append(tuple(row))
    return found


class Table(StrEnum):
    """Whose row it is, in `_short_rows`."""

    FINDINGS = "findings"
    STRANDS = "strands"
    OBJECTIVES = "objectives"
    VOCABULARY = "vocabulary"
    SECTIONS = "sections"


def _short_rows(versions: Sequence[LessonVersion]) -> defaultdict[tuple[int, str], list[Row]]:
    """What hangs on a version by two words and a number at most, in one query; by version and table, in order."""
    empty, zero = Value("", output_field=TextField()), Value(0, output_field=IntegerField())

    def rows(table: Table, found: QuerySet[Any], **columns: str) -> QuerySet[Any, Row]:
        def column(name: str, missing: Value) -> F | Value:
            return F(columns[name]) if name in columns else missing

        return (
            found.order_by()
            .annotate(
                of_version=F(columns["of"]),
                table=Value(table.value, output_field=TextField()),
                first=column("first", empty),
                second=column("second", empty),
                number=column("number", zero),
                by_name=column("name", empty),
                by_place=column("place", zero),
                row=F("pk"),
            )
            .values_list("of_version", "table", "first", "second", "number", "by_name", "by_place", "row")
        )

    its = {"version__in": versions}
    findings = Finding.objects.filter(lessonversions__in=versions)
    strands = Strand.objects.filter(lesson_versions__in=versions)
    objectives, terms = Objective.objects.filter(**its), VocabularyTerm.objects.filter(**its)
    sections = LessonSection.objects.filter(**its)
    found = rows(Table.FINDINGS, findings, of="lessonversions", first="code", name="code").union(
        rows(
            Table.STRANDS,
            strands,
            of="lesson_versions",
            first="edition__slug",
            second="slug",
            name="edition__name",
            place="position",
        ),
        rows(Table.OBJECTIVES, objectives, of="version", first="learn", second="can", place="position"),
        rows(Table.VOCABULARY, terms, of="version", first="term", second="meaning", place="position"),
        rows(Table.SECTIONS, sections, of="version", first="kind", second="body", number="minutes", name="kind"),
        all=True,
    )
    held: defaultdict[tuple[int, str], list[Row]] = defaultdict(list)
    for version, table, first, second, number, *_ in found.order_by("table", "by_name", "by_place", "row"):
        held[version, table].append((first, second, number))
    return held


def _lesson_contents(versions: Sequence[LessonVersion]) -> dict[AnyVersion, Content]:
    if not versions:
        return {}
    short = _short_rows(versions)
    questions, activities = _question_rows(versions), _activity_rows(versions)
    return {
        version: LessonContent(
            slug=version.lesson.slug,
            topic=version.lesson.topic.slug,
            band=version.lesson.band.slug,
            title=version.title,
            summary=version.summary,
            check_minutes=version.check_minutes,
            review_by=version.review_by,
            findings=tuple(code for code, *_ in short[version.pk, Table.FINDINGS]),
            strands=tuple(f"{edition}/{slug}" for edition, slug, _ in short[version.pk, Table.STRANDS]),
            objectives=tuple(ObjectiveContent(*row[:2]) for row in short[version.pk, Table.OBJECTIVES]),
            vocabulary=tuple(TermContent(*row[:2]) for row in short[version.pk, Table.VOCABULARY]),
            questions=_questions(questions[version.pk]),
            activities=_activities(activities[version.pk]),
            sections={row[0]: SectionContent(*row) for row in short[version.pk, Table.SECTIONS]},
        )
        for version in versions
    }


def _question_rows(versions: Sequence[LessonVersion]) -> defaultdict[int, list[Row]]:
    """A row for each option, and one for a question that has none."""
    rows = Question.objects.filter(version__in=versions)
    rows = rows.order_by("position", "pk", "options__position", "options__pk")
    fields = (f"options__{name}" for name in OPTION_FIELDS)
    return _by_version(rows.values_list("version", "pk", "kind", "text", "misconception", "options__pk", *fields))


def _questions(rows: Iterable[Row]) -> tuple[QuestionContent, ...]:
    return tuple(
        QuestionContent(
            QuestionKind(kind),
            text,
            misconception,
            tuple(OptionContent(*row[5:]) for row in options if row[4] is not None),
        )
        for (_, kind, text, misconception), options in groupby(rows, key=lambda row: row[:4])
    )


def _activity_rows(versions: Sequence[LessonVersion]) -> defaultdict[int, list[Row]]:
    """A row for each item, and one for an activity that has none."""
    rows = Activity.objects.filter(version__in=versions).order_by("position", "pk", "items__position", "items__pk")
    own = ("pk", "kind", "title", "minutes", "intro", "image", "illustration__slug")
    return _by_version(rows.values_list("version", *own, "items__pk", *(f"items__{name}" for name in ITEM_FIELDS)))


def _activities(rows: Iterable[Row]) -> tuple[ActivityContent, ...]:
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


def _guide_contents(versions: Sequence[GuideVersion]) -> dict[AnyVersion, Content]:
    if not versions:
        return {}
    findings = _by_version(Finding.objects.filter(guideversions__in=versions).values_list("guideversions", "code"))
    sections = _by_version(
        GuideSection.objects.filter(version__in=versions).order_by("kind").values_list("version", "kind", "body")
    )
    return {
        version: GuideContent(
            slug=version.guide.slug,
            kind=GuideKind(version.guide.kind),
            topic=version.guide.topic.slug if version.guide.topic else None,
            age_from=version.guide.age_from,
            age_to=version.guide.age_to,
            title=version.title,
            summary=version.summary,
            review_by=version.review_by,
            findings=tuple(code for (code,) in findings[version.pk]),
            sections={row[0]: SectionContent(*row) for row in sections[version.pk]},
        )
        for version in versions
    }


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
