"""Why something that is live waits for somebody, as the desk lists it and as the library is filtered."""

import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lessons.library.models import Edition, LessonVersion

DUE = datetime.timedelta(days=60)


class Need(StrEnum):
    OVERDUE = "overdue"
    DUE = "due"
    SUPERSEDED = "superseded"
    EDITION = "edition"
    GLOSSARY = "glossary"
    NO_EVIDENCE = "no-evidence"
    TRANSLATION = "translation"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: dict[Need, str] = {
    Need.OVERDUE: "Review overdue",
    Need.DUE: "Review due in 60 days",
    Need.SUPERSEDED: "Rests on a superseded report",
    Need.EDITION: "Cites an old edition of a framework",
    Need.GLOSSARY: "Holds a changed glossary term",
    Need.NO_EVIDENCE: "Live without evidence",
    Need.TRANSLATION: "Translation of what has changed since",
}


def in_need(versions: Any, need: Need) -> QuerySet[Any]:
    """Of lessons or of guides, those live versions that wait for this reason."""
    today = timezone.localdate()
    live = versions.live()
    match need:
        case Need.OVERDUE:
            return live.filter(review_by__lt=today)
        case Need.DUE:
            return live.filter(review_by__range=(today, today + DUE))
        case Need.SUPERSEDED:
            return live.on_superseded_sources()
        case Need.EDITION:  # guides cite no strands
            cites_old = {"strands__edition__in": Edition.objects.superseded()}
            return live.filter(**cites_old).distinct() if live.model is LessonVersion else live.none()
        case Need.GLOSSARY:
            return live.filter(flags__isnull=False).distinct()
        case Need.NO_EVIDENCE:
            return live.filter(findings__isnull=True)
        case Need.TRANSLATION:
            return live.filter(**{f"{_identity(live)}__translation_of__isnull": False}).exclude(
                translates__in=live.model.objects.live()
            )


def _identity(versions: QuerySet[Any]) -> str:
    return "lesson" if versions.model is LessonVersion else "guide"
