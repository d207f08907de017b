"""What the tables can hold of a content that comes from elsewhere."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from lessons.library.content import Content, LessonContent
from lessons.library.models import (
    Activity,
    ActivityItem,
    Guide,
    GuideVersion,
    Lesson,
    LessonSection,
    LessonVersion,
    Objective,
    Question,
    QuestionOption,
    VocabularyTerm,
)
from lessons.library.store_reading import ITEM_FIELDS

from ..parts import LONGEST_BODY

MOST_NUMBER = 32_767  # of a small column in every database; SQLite itself would take more


def first_limit(content: Content) -> str:
    """The first value that does not fit, in a sentence; empty where all do."""
    for place, label, value, field in _values(content):
        try:
            field.run_validators(value)
        except ValidationError as error:
            return f"{place}: “{label}” cannot be taken. {' '.join(error.messages)}"
        if isinstance(value, int) and value > MOST_NUMBER:
            return f"{place}: “{label}” cannot be taken. {MOST_NUMBER:,} is the most."
    for place, body in content.bodies():
        if len(body) > LONGEST_BODY:
            return f"{place}: the text is longer than {LONGEST_BODY:,} characters, marks included."
    if isinstance(content, LessonContent):
        for number, question in enumerate(content.questions, start=1):
            if len(question.right_options) > 1:
                return f"Question {number}: only one option can be right."
    elif content.age_from > content.age_to:
        return "“ages”: the younger age stands first."
    return ""


def _values(content: Content) -> Iterator[tuple[str, str, Any, "models.Field[Any, Any]"]]:
    for place, model, row, names in _rows(content):
        for name in names:
            field = model._meta.get_field(name)
            if isinstance(field, models.Field):
                yield place, name, getattr(row, name), field


def _rows(content: Content) -> Iterator[tuple[str, type[models.Model], Any, tuple[str, ...]]]:
    if not isinstance(content, LessonContent):
        yield "Basics", Guide, content, ("slug", "age_from", "age_to")
        yield "Basics", GuideVersion, content, ("title", "summary")
        return
    yield "Basics", Lesson, content, ("slug",)
    yield "Basics", LessonVersion, content, ("title", "summary", "check_minutes")
    for section in content.sections.values():
        yield "section_minutes", LessonSection, section, ("minutes",)
    for n, objective in enumerate(content.objectives, start=1):
        yield f"Objective {n}", Objective, objective, ("learn", "can")
    for term in content.vocabulary:
        yield f"Vocabulary: {term.term[:60]}", VocabularyTerm, term, ("term", "meaning")
    for n, activity in enumerate(content.activities, start=1):
        yield f"Activity {n}", Activity, activity, ("title", "minutes")
        for item in activity.items:
            yield f"Activity {n}", ActivityItem, item, ITEM_FIELDS
    for n, question in enumerate(content.questions, start=1):
        yield f"Question {n}", Question, question, ("text", "misconception")
        for option in question.options:
            yield f"Question {n}", QuestionOption, option, ("text", "feedback")
