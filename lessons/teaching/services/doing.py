"""A pupil's way through a lesson: what is written, and nothing more."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lessons.library.steps import QuestionPart, Step, StepKind
from safeguarding.schools.models import Pupil

from ..errors import LessonClosed, LessonNotReady, LessonNotYours, LessonWithdrawn
from ..models import AnswerCount, Assignment, Attempt
from ..pupil_session import Visit
from ..queries import assignments_for
from ..rules import is_ready
from ..steps import before_is_done, is_finished


@transaction.atomic
def take_step(
    *, visit: Visit, assignment: Assignment, steps: Sequence[Step], number: int, option_pk: int | None = None
) -> int:
    """Leave step `number` behind and, where it is a question, count its answer; both or neither.

    Returns how many steps lie behind the visitor now. Sent for any other step than the next, it changes nothing.
    Raises LessonClosed, LessonWithdrawn, LessonNotYours, LessonNotReady.
    """
    # Waits for a teacher who is closing the lesson, so that no count moves once the results are open.
    kept = _locked_assignment(assignment.pk)
    if not kept.is_open(timezone.localdate()):
        raise LessonClosed
    if kept.version.withdrawn_at:
        raise LessonWithdrawn
    if kept.version_id != assignment.version_id:
        # The teacher has just chosen the newer version, which is possible only before anybody begins.
        return 0
    if not assignments_for(visit).filter(pk=kept.pk).exists():
        raise LessonNotYours
    kept.version = assignment.version  # the same row, with the lesson and topic that the caller has read already
    if not is_ready(kept):
        raise LessonNotReady
    attempt = _locked_attempt(visit, kept)
    if number != attempt.position + 1 or steps[attempt.position].kind == StepKind.DONE:
        return attempt.position
    step = steps[attempt.position]
    if step.question and step.moment:
        if option_pk is None or step.question.option(option_pk) is None:
            raise ValueError("A question is left behind with one of its own options.")
        _count(kept, step.question, option_pk, step.moment)
    attempt.position += 1
    attempt.before_done = before_is_done(steps, attempt.position)
    if is_finished(steps, attempt.position):
        attempt.finished_on = timezone.localdate()
    attempt.save(update_fields=["position", "before_done", "finished_on"])
    return attempt.position


def _locked_assignment(pk: int) -> Assignment:
    """Without its version: a row that gets another one while it is waited for would fit no join, and seem gone."""
    return Assignment.objects.select_for_update(no_key=True).get(pk=pk)


def _locked_attempt(visit: Visit, assignment: Assignment) -> Attempt:
    attempts = Attempt.objects.select_for_update()
    if visit.pupil:
        # Waits for a teacher who is taking the pupil off the list.
        pupil = Pupil.objects.select_for_update(no_key=True).filter(pk=visit.pupil.pk).first()
        if pupil is None:
            raise LessonNotYours
        return attempts.get_or_create(assignment=assignment, pupil=pupil)[0]
    return attempts.get_or_create(key=visit.attempt_key(assignment.pk), defaults={"assignment": assignment})[0]


def _count(assignment: Assignment, question: QuestionPart, option_pk: int, moment: str) -> None:
    """The rows of all its options are made together: one after the other, their order would say what the first pupil of
    the class chose. The assignment is held, so nobody else makes them meanwhile."""
    of_question = AnswerCount.objects.filter(assignment=assignment, moment=moment)
    if of_question.filter(option=option_pk).update(count=F("count") + 1):
        return
    AnswerCount.objects.bulk_create(
        (AnswerCount(assignment=assignment, option_id=option.pk, moment=moment) for option in question.options),
        ignore_conflicts=True,
    )
    of_question.filter(option=option_pk).update(count=F("count") + 1)
