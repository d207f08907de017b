"""Who of a named class has done a lesson. Never what anybody answered."""

import datetime
from dataclasses import dataclass

from lessons.teaching.models import Attempt
from safeguarding.schools.models import Pupil

from .class_page import Stage
from .progress import AssignmentRow


@dataclass(frozen=True)
class Finisher:
    """`later` is how far the pupil has come with the later check; None where there is none."""

    pk: int
    name: str
    stage: Stage
    finished_on: datetime.date | None
    later: Stage | None


def finishers(row: AssignmentRow, check: AssignmentRow | None) -> list[Finisher]:
    """Whom the lesson is for, by name; nobody in an anonymous class or one of a past year. Two queries, or none."""
    if row.size is None or row.class_is_archived:
        return []
    found = Attempt.objects.filter(assignment__in=[row.pk, *([check.pk] if check else [])], pupil__isnull=False)
    attempts = {
        (assignment_pk, pupil_pk): finished_on
        for assignment_pk, pupil_pk, finished_on in found.values_list("assignment_id", "pupil_id", "finished_on")
    }

    def stage(assignment: AssignmentRow, pupil_pk: int) -> Stage:
        if (assignment.pk, pupil_pk) not in attempts:
            return Stage.NOT_STARTED
        return Stage.DONE if attempts[assignment.pk, pupil_pk] else Stage.ON_THE_WAY

    pupils = Pupil.objects.filter(school_class=row.class_pk).values_list("pk", "display_name")
    return [
        Finisher(pk, name, stage(row, pk), attempts.get((row.pk, pk)), stage(check, pk) if check else None)
        for pk, name in sorted(pupils, key=lambda pupil: pupil[1].casefold())
        if row.members is None or pk in row.members
    ]
