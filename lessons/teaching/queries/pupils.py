import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from lessons.library.queries import Help
from lessons.library.queries import help_for as services_for
from safeguarding.schools.models import SchoolClass

from .. import rules
from ..enums import ForWhom
from ..models import Assignment, Attempt
from ..pupil_session import Visit
from ..querysets import AssignmentQuerySet

# Without 18, which would bring in what is for adults only.
CHILDREN = (5, 17)


def pupil_names(school_class: SchoolClass) -> list[tuple[int, str]]:
    return list(school_class.pupils.order_by("display_name", "pk").values_list("pk", "display_name"))


def assignments_for(visit: Visit) -> AssignmentQuerySet:
    """What is meant for the visitor: in a class that keeps no names, what is meant for all of it."""
    if visit.pupil:
        return Assignment.objects.for_pupil(visit.pupil)
    return Assignment.objects.filter(school_class=visit.school_class, for_whom=ForWhom.CLASS)


@dataclass(frozen=True)
class PupilLesson:
    assignment_id: int
    title: str
    note: str
    due_on: datetime.date
    is_overdue: bool
    is_ready: bool  # the lead knows of it, where that is needed
    is_later_check: bool
    position: int
    is_finished: bool

    @property
    def next_number(self) -> int:
        return self.position + 1

    @property
    def state(self) -> str:
        if self.is_finished:
            return "Done"
        if not self.is_ready:
            return "Not ready yet"
        return "On the way" if self.position else "Not started"


def pupil_lessons(visit: Visit, on: datetime.date) -> list[PupilLesson]:
    """The visitor's open lessons that are done on devices, what is left to do first. Two queries."""
    assignments = list(
        assignments_for(visit)
        .filter(version__withdrawn_at__isnull=True)
        .open(on)
        .on_devices()
        .select_related("version__lesson__topic")
        .order_by("due_on", "pk")
    )
    attempts = {
        assignment_id: (position, finished_on)
        for assignment_id, position, finished_on in _attempts(visit, [row.pk for row in assignments]).values_list(
            "assignment_id", "position", "finished_on"
        )
    }
    lessons = []
    for assignment in assignments:
        position, finished_on = attempts.get(assignment.pk, (0, None))
        is_finished = finished_on is not None
        lessons.append(
            PupilLesson(
                assignment_id=assignment.pk,
                title=assignment.version.title,
                note=assignment.note,
                due_on=assignment.due_on,
                is_overdue=assignment.is_overdue(on) and not is_finished,
                is_ready=rules.is_ready(assignment),
                is_later_check=assignment.is_later_check,
                position=position,
                is_finished=is_finished,
            )
        )
    return sorted(lessons, key=lambda lesson: (lesson.is_finished, not lesson.is_ready))


def _attempts(visit: Visit, assignment_ids: Sequence[int]) -> Any:
    if visit.pupil:
        return Attempt.objects.filter(pupil=visit.pupil, assignment__in=assignment_ids)
    return Attempt.objects.filter(key__in=[visit.attempt_key(pk) for pk in assignment_ids])


def find_assignment(visit: Visit, pk: int) -> Assignment | None:
    """A lesson that is meant for the visitor and done on devices, whether it is open or not. One query."""
    return assignments_for(visit).filter(pk=pk).on_devices().select_related("version__lesson__topic").first()


def position_in(visit: Visit, assignment: Assignment) -> int:
    """How many steps lie behind the visitor; 0 where there is no attempt yet. One query."""
    return _attempts(visit, [assignment.pk]).values_list("position", flat=True).first() or 0


@dataclass(frozen=True)
class PupilHelp:
    """Whom a child can turn to: at school where the school is known, and in the country."""

    lead_name: str
    lead_contact: str
    lead_phone: str
    country: Help

    @property
    def lead_tel(self) -> str:
        """For a tel: link; empty where the school has written more than a number, such as “ask for the office”."""
        return re.sub(r"\(0\)|[^0-9+]", "", self.lead_phone) if re.fullmatch(r"\+?[0-9 ()-]+", self.lead_phone) else ""


def help_for(visit: Visit | None, topic_id: int | None = None) -> PupilHelp:
    """For the visitor's school, country and ages; for the default country and all children without a visit.

    Two queries.
    """
    if visit is None:
        youngest, oldest = CHILDREN
        everywhere = services_for(
            settings.DEFAULT_COUNTRY, reader="child", age_from=youngest, age_to=oldest, topic_id=topic_id
        )
        return PupilHelp("", "", "", everywhere)
    school, school_class = visit.school_class.school, visit.school_class
    services = services_for(
        school.country_id,
        reader="child",
        age_from=school_class.age_from,
        age_to=school_class.age_to,
        topic_id=topic_id,
    )
    return PupilHelp(school.lead_name, school.lead_contact, school.lead_phone, services)
