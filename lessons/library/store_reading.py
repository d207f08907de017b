"""Versions as plain data, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from itertools import groupby
from typing import Any, cast

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
    Translation,
)
from .enums import ActivityKind, GuideKind, QuestionKind
from .models import (
    Activity,
    Guide,
    GuideAttachment,
    GuideSection,
    GuideVersion,
    Lesson,
    LessonAttachment,
    LessonSection,
    LessonVersion,
    Objective,
    Question,
    Strand,
    VocabularyTerm,
)
from .search_words import separated

AnyIdentity = Lesson | Guide
AnyVersion = LessonVersion | GuideVersion
Row = tuple[Any, ...]
OPTION_FIELDS = ("text", "is_correct", "feedback")
ITEM_FIELDS = tuple(field.name for field in fields(ItemContent))


def placed(versions: QuerySet[Any]) -> QuerySet[Any]:
    """Versions of lessons or of guides, fetched with all that says where they belong."""
    identity = "lesson" if versions.model is LessonVersion else "guide"
    bands = ["lesson__band"] if identity == "lesson" else []
    return versions.select_related(f"{identity}__topic", *bands, f"{identity}__translation_of", "translates")


def content_of(version: AnyVersion) -> Content:
    """The version as it is stored now. Two queries for a guide, four for a lesson, however long."""
    stored: QuerySet[Any] = type(version)._default_manager.all()
    return held_content(placed(stored).get(pk=version.pk))


def held_content(version: AnyVersion) -> Content:
    """The same of a version that was fetched a moment ago with its identity, topic and band: one query less."""
    return held_contents([version])[version]


def held_contents(versions: Iterable[AnyVersion]) -> dict[AnyVersion, Content]:
    """Many of them at once, in their order: three queries for all lessons and one for all guides."""
    wanted = list(versions)
    lessons = [version for version in wanted if isinstance(version, LessonVersion)]
    guides = [version for version in wanted if isinstance(version, GuideVersion)]
    held = {**_lesson_contents(lessons), **_guide_contents(guides)}
    return {version: held[version] for version in wanted}


def source_of(version: AnyVersion) -> AnyIdentity | None:
    """The item that it is a translation of. No query where the version was fetched with it."""
    return cast("AnyIdentity | None", version.identity.translation_of)


def made_from(version: AnyVersion) -> AnyVersion | None:
    """The version of the source that a translation says the same as. No query where it was fetched with it."""
    return cast("AnyVersion | None", version.translates)


def _translation(version: AnyVersion) -> Translation | None:
    source, before = source_of(version), made_from(version)
    return Translation(source.slug, before.number if before else None) if source else None


class Table(StrEnum):
    """Whose row it is, of those that hang on a version by two words and a number at most."""

    FINDINGS = "findings"
    STRANDS = "strands"
    OBJECTIVES = "objectives"
    VOCABULARY = "vocabulary"
    SECTIONS = "sections"
    DOCUMENTS = "documents"


def _rows(table: Table, found: QuerySet[Any], **columns: str) -> QuerySet[Any, Row]:
    """Of one table, in the columns that all have in common; `name` and `place` give the order."""

    def column(name: str, missing: Value) -> F | Value:
        return F(columns[name]) if name in columns else missing

    empty, zero = Value("", output_field=TextField()), Value(0, output_field=IntegerField())
    return (
        found.order_by()
        .annotate(
            of_version=F(columns.get("of", "version")),
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


def _held(*tables: QuerySet[Any, Row]) -> defaultdict[tuple[int, Table], list[Row]]:
    """All of them in one query, by version and table."""
    first, *others = tables
    found = first.union(*others, all=True).order_by("table", "by_name", "by_place", "row")
    held: defaultdict[tuple[int, Table], list[Row]] = defaultdict(list)
    for version, table, *row in found:
        held[version, Table(table)].append(tuple(row[:3]))
    return held


def _lesson_rows(versions: Sequence[LessonVersion]) -> defaultdict[tuple[int, Table], list[Row]]:
    its = {"version__in": versions}
    findings = Finding.objects.filter(lessonversions__in=versions)
    strands = Strand.objects.filter(lesson_versions__in=versions)
    objectives, terms = Objective.objects.filter(**its), VocabularyTerm.objects.filter(**its)
    sections, documents = LessonSection.objects.filter(**its), LessonAttachment.objects.filter(**its)
    edition = {"first": "edition__slug", "name": "edition__name"}
    return _held(
        _rows(Table.FINDINGS, findings, of="lessonversions", first="code", name="code"),
        _rows(Table.STRANDS, strands, of="lesson_versions", second="slug", place="position", **edition),
        _rows(Table.OBJECTIVES, objectives, first="learn", second="can", place="position"),
        _rows(Table.VOCABULARY, terms, first="term", second="meaning", place="position"),
        _rows(Table.SECTIONS, sections, first="kind", second="body", number="minutes", name="kind"),
        _rows(Table.DOCUMENTS, documents, number="document", place="position"),
    )


def _guide_rows(versions: Sequence[GuideVersion]) -> defaultdict[tuple[int, Table], list[Row]]:
    findings = Finding.objects.filter(guideversions__in=versions)
    sections = GuideSection.objects.filter(version__in=versions)
    documents = GuideAttachment.objects.filter(version__in=versions)
    return _held(
        _rows(Table.FINDINGS, findings, of="guideversions", first="code", name="code"),
        _rows(Table.SECTIONS, sections, first="kind", second="body", name="kind"),
        _rows(Table.DOCUMENTS, documents, number="document", place="position"),
    )


def _lesson_contents(versions: Sequence[LessonVersion]) -> dict[AnyVersion, Content]:
    if not versions:
        return {}
    held, questions, activities = _lesson_rows(versions), _question_rows(versions), _activity_rows(versions)
    return {
        version: LessonContent(
            slug=version.lesson.slug,
            topic=version.lesson.topic.slug,
            band=version.lesson.band.slug,
            title=version.title,
            summary=version.summary,
            check_minutes=version.check_minutes,
            review_by=version.review_by,
            findings=tuple(code for code, *_ in held[version.pk, Table.FINDINGS]),
            strands=tuple(f"{edition}/{slug}" for edition, slug, _ in held[version.pk, Table.STRANDS]),
            objectives=tuple(ObjectiveContent(learn, can) for learn, can, _ in held[version.pk, Table.OBJECTIVES]),
            vocabulary=tuple(TermContent(term, meaning) for term, meaning, _ in held[version.pk, Table.VOCABULARY]),
            questions=_questions(questions[version.pk]),
            activities=_activities(activities[version.pk]),
            sections={row[0]: SectionContent(*row) for row in held[version.pk, Table.SECTIONS]},
            documents=tuple(pk for *_, pk in held[version.pk, Table.DOCUMENTS]),
            language=version.identity.language,
            translation=_translation(version),
        )
        for version in versions
    }


def _guide_contents(versions: Sequence[GuideVersion]) -> dict[AnyVersion, Content]:
    if not versions:
        return {}
    held = _guide_rows(versions)
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
            findings=tuple(code for code, *_ in held[version.pk, Table.FINDINGS]),
            sections={kind: SectionContent(kind, body) for kind, body, _ in held[version.pk, Table.SECTIONS]},
            documents=tuple(pk for *_, pk in held[version.pk, Table.DOCUMENTS]),
            language=version.identity.language,
            translation=_translation(version),
            search_words=separated(version.guide.search_words),
        )
        for version in versions
    }


def _by_version(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """The first column is the version's id; the others in the order in which they came."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for version, *row in rows:
        found[version].append(tuple(row))
    return found


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
