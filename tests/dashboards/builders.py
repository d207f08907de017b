"""Lessons set, begun and answered: the rows as the pupils' pages leave them."""

import datetime

from django.utils import timezone

from lessons.library.enums import QuestionKind
from lessons.library.models import Lesson, LessonVersion, Question
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment, Attempt, Delivery
from safeguarding.schools.models import Pupil, SchoolClass
from tests.factories import AssignmentFactory, LessonVersionFactory, make_live, retire


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def set_lesson(school_class: SchoolClass, *, due=5, opens=-10, closed=None, **fields) -> Assignment:
    """`due`, `opens` and `closed` are days from today."""
    return AssignmentFactory(
        school_class=school_class,
        opens_on=today(min(opens, due)),
        due_on=today(due),
        closed_at=None if closed is None else timezone.now() + datetime.timedelta(days=closed),
        **fields,
    )


def begin(assignment: Assignment, pupil: Pupil | None = None, *, finished=False) -> Attempt:
    return Attempt.objects.create(
        assignment=assignment, pupil=pupil, position=3, before_done=finished, finished_on=today() if finished else None
    )


def teach(assignment: Assignment, *, days=-1, present=20) -> Delivery:
    return Delivery.objects.create(
        assignment=assignment, taught_on=today(days), pupils_present=present, taught_by=assignment.set_by
    )


def question(assignment: Assignment, kind: QuestionKind) -> Question:
    return assignment.version.questions.get(kind=kind)


def answer(assignment: Assignment, kind: QuestionKind, moment: Moment, *counts: int) -> Question:
    """`counts` in the order of the options."""
    asked = question(assignment, kind)
    for option, count in zip(asked.options.all(), counts, strict=False):
        AnswerCount.objects.create(assignment=assignment, option=option, moment=moment, count=count)
    return asked


def next_version(version: LessonVersion, **fields) -> LessonVersion:
    """A newer version goes live, as publishing leaves it."""
    retire(version)
    lesson = Lesson.objects.get(pk=version.lesson_id)
    return make_live(LessonVersionFactory(lesson=lesson, number=version.number + 1, **fields))
