"""A pupil of a named class: what is done and when. What the pupil answered is not known, and is nobody's business."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lessons.teaching.models import Assignment, Attempt
from safeguarding.schools.models import Pupil

from .class_page import Stage
from .progress import AssignmentRow, list_assignments


@dataclass(frozen=True)
class PupilLesson:
    row: AssignmentRow
    stage: Stage
    finished_on: datetime.date | None


@dataclass(frozen=True)
class PupilPage:
    """`can_be_reset`: the pupil has chosen a secret, or has been locked out after too many wrong ones."""

    pk: int
    name: str
    groups: tuple[str, ...]
    can_be_reset: bool
    lessons: list[PupilLesson]

    @property
    def done(self) -> int:
        return sum(lesson.stage == Stage.DONE for lesson in self.lessons)


def pupil_page(pupil: Pupil, on: datetime.date) -> PupilPage:
    """What the pupil was set to do on a device, by its due date. Four queries, five where some is not for the class."""
    attempts = Attempt.objects.filter(pupil=pupil)
    finished = dict(attempts.values_list("assignment_id", "finished_on"))
    theirs = Assignment.objects.for_pupil(pupil).order_by().values("pk")
    rows = list_assignments(Assignment.objects.filter(Q(pk__in=theirs) | Q(pk__in=list(finished))), on)
    return PupilPage(
        pk=pupil.pk,
        name=pupil.display_name,
        groups=tuple(pupil.groups.order_by("name").values_list("name", flat=True)),
        can_be_reset=bool(pupil.secret) or bool(pupil.locked_until_at and pupil.locked_until_at > timezone.now()),
        lessons=[
            PupilLesson(row, _stage(row.pk, finished), finished.get(row.pk))
            for row in rows
            if row.pk in finished or not (row.is_together or row.is_archived)
        ],
    )


def _stage(pk: int, finished: dict[int, datetime.date | None]) -> Stage:
    if pk not in finished:
        return Stage.NOT_STARTED
    return Stage.DONE if finished[pk] else Stage.ON_THE_WAY
