"""What relies on a row of the settings, so that it cannot be taken away."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lessons.evidence.models import Finding
from lessons.library.models import (
    Edition,
    Guide,
    HelpService,
    Lesson,
    LessonVersion,
    StarterRow,
    Statement,
    Strand,
    Unit,
)

from ..enums import Kind
from ..setting_kinds import SETTINGS, Setting, SettingKind
from .settings import name_of, setting_url

MOST_SHOWN = 20


@dataclass(frozen=True)
class Use:
    text: str
    url: str


@dataclass(frozen=True)
class Uses:
    rows: tuple[Use, ...]
    count: int
    is_of_starter: bool  # other rows of the starter library name it, so that loading it again would fail

    def __bool__(self) -> bool:
        return self.count > 0 or self.is_of_starter

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


# What other rows of the starter library name: how `StarterRow` calls the kind, and the field that is its key.
STARTER_KEYS = {
    SettingKind.TOPICS: ("topic", "slug"),
    SettingKind.BANDS: ("band", "slug"),
    SettingKind.FRAMEWORKS: ("framework", "slug"),
    SettingKind.EDITIONS: ("edition", "slug"),
    SettingKind.SOURCES: ("source", "code"),
}


def uses_of(setting: Setting, row: Any) -> Uses:
    """At most nine queries, however many rows."""
    count = 0
    rows: list[Use] = []
    for word, found in _users(setting.kind, row):
        count += found.count()
        rows += [_use(word, user) for user in found[: MOST_SHOWN - len(rows)]] if len(rows) < MOST_SHOWN else []
    kind, key = STARTER_KEYS.get(setting.kind, ("", ""))
    is_of_starter = bool(kind) and StarterRow.objects.filter(kind=kind, key=getattr(row, key)).exists()
    return Uses(tuple(rows), count, is_of_starter)


def _users(kind: SettingKind, row: Any) -> list[tuple[str, QuerySet[Any]]]:
    match kind:
        case SettingKind.TOPICS:
            return [
                ("lesson", Lesson.objects.filter(topic=row)),
                ("guide", Guide.objects.filter(topic=row)),
                ("unit", Unit.objects.filter(topic=row)),
                ("help service", HelpService.objects.filter(topics=row)),
            ]
        case SettingKind.BANDS:
            return [
                ("lesson", Lesson.objects.filter(band=row)),
                ("unit", Unit.objects.filter(band=row)),
                ("strand", Strand.objects.filter(bands=row).select_related("edition")),
            ]
        case SettingKind.FRAMEWORKS:
            return [("edition", Edition.objects.filter(framework=row))]
        case SettingKind.EDITIONS:
            return [("strand", Strand.objects.filter(edition=row).select_related("edition"))]
        case SettingKind.STRANDS:
            return [
                ("lesson", LessonVersion.objects.filter(strands=row).select_related("lesson")),
                ("statement", Statement.objects.filter(strand=row)),
            ]
        case SettingKind.SOURCES:
            return [("finding", Finding.objects.filter(source=row))]
        case _:
            return []


def _use(word: str, user: Any) -> Use:
    match user:
        case Lesson() | Guide():
            kind = Kind.LESSONS if isinstance(user, Lesson) else Kind.GUIDES
            return Use(f"{word} {user.slug}", reverse("editorial:item", kwargs={"kind": kind, "slug": user.slug}))
        case LessonVersion():
            where = {"kind": Kind.LESSONS, "slug": user.lesson.slug, "number": user.number}
            return Use(f"{word} {user}", reverse("editorial:version", kwargs=where))
        case Finding():
            return Use(f"{word} {user.code}", reverse("library:finding-detail", kwargs={"code": user.code}))
        case Statement():
            return Use(f"{word} {user.code}: {user.text}", "")
        case _:
            setting = next(setting for setting in SETTINGS.values() if setting.model is type(user))
            return Use(f"{word} {name_of(user)}", setting_url(setting, user.pk))
