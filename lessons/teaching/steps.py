"""The steps of a stored version, and how far along them somebody is."""

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects

from lessons.library.enums import ActivityKind
from lessons.library.models import Activity, LessonVersion, Question
from lessons.library.steps import (
    ActivityPart,
    Item,
    Option,
    QuestionPart,
    Step,
    StepKind,
    Term,
    TitledActivity,
    in_order,
    later_check,
)
from lessons.library.store_reading import ITEM_FIELDS

from .models import Assignment


def steps_for(assignment: Assignment) -> tuple[Step, ...]:
    """What the class was set: the lesson, or in a later check its questions alone. Seven queries at most."""
    version = assignment.version
    if not assignment.is_later_check:
        return steps_of(version)
    prefetch_related_objects([version], "questions__options", "vocabulary")
    return later_check(title=version.title, questions=[_question(question) for question in version.questions.all()])


def steps_of(version: LessonVersion) -> tuple[Step, ...]:
    """The version's steps in order; what is empty makes none. Seven queries, fewer for what is prefetched."""
    prefetch_related_objects(
        [version],
        "sections",
        "objectives",
        "questions__options",
        Prefetch("activities", Activity.objects.select_related("image", "illustration")),
        "activities__items",
        "vocabulary",
    )
    return in_order(
        title=version.title,
        outcomes=[objective.can for objective in version.objectives.all()],
        bodies={section.kind: section.body for section in version.sections.all()},
        questions=[_question(question) for question in version.questions.all()],
        activities=[_activity(activity) for activity in version.activities.all()],
    )


def terms_of(version: LessonVersion) -> tuple[Term, ...]:
    """The lesson's words. No query after `steps_for`."""
    return tuple(Term(row.term, row.meaning) for row in version.vocabulary.all())


def before_is_done(steps: Sequence[Step], position: int) -> bool:
    return all(step.kind != StepKind.BEFORE for step in steps[position:])


def is_finished(steps: Sequence[Step], position: int) -> bool:
    return steps[position].kind == StepKind.DONE


def _question(question: Question) -> QuestionPart:
    options = tuple(Option(row.pk, row.text, row.is_correct, row.feedback) for row in question.options.all())
    return QuestionPart(question.kind_enum, question.text, options)


def _activity(activity: Activity) -> TitledActivity:
    items = tuple(Item(**{name: getattr(row, name) for name in ITEM_FIELDS}, pk=row.pk) for row in activity.items.all())
    part = ActivityPart(ActivityKind(activity.kind), activity.picture, items)
    return TitledActivity(activity.title, activity.intro, part)
