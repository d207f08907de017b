"""Where a picture or a document is used: versions of lessons and guides, by name."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from .enums import State
from .live import state_case
from .models import GuideVersion, LessonVersion


@dataclass(frozen=True)
class Use:
    """A version that shows it, whatever its state: what is kept in history is used too."""

    is_lesson: bool
    slug: str
    number: int
    title: str
    state: State

    def __str__(self) -> str:
        return f"“{self.title}” (version {self.number}, {self.state.label.lower()})"


def versions_among(lessons: QuerySet[LessonVersion], guides: QuerySet[GuideVersion]) -> list[Use]:
    """Two queries."""
    fields = ("number", "title", state_case())
    found = [(True, *row) for row in lessons.values_list(F("lesson__slug"), *fields).distinct()]
    found += [(False, *row) for row in guides.values_list(F("guide__slug"), *fields).distinct()]
    uses = [Use(is_lesson, slug, number, title, State(state)) for is_lesson, slug, number, title, state in found]
    return sorted(uses, key=lambda use: (use.title, use.slug, -use.number))
