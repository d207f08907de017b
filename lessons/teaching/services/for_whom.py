"""Whom of a named class a lesson is for."""

from collections.abc import Sequence

from safeguarding.schools.models import Pupil, PupilGroup, SchoolClass

from ..audience import Audience
from ..enums import ForWhom
from ..errors import NobodyChosen, NotOfTheClass
from ..models import Assignment

People = Sequence[PupilGroup] | Sequence[Pupil]


def people_of(school_class: SchoolClass, audience: Audience) -> People:
    """The groups or the pupils; nobody in particular for the whole class. Raises NobodyChosen, NotOfTheClass."""
    if audience.is_whole_class:
        return []
    if audience.for_whom == ForWhom.GROUPS:
        asked = set(audience.groups)
        groups = list(PupilGroup.objects.filter(school_class=school_class, pk__in=asked))
        if len(groups) < len(asked):
            raise NotOfTheClass
        if not Pupil.objects.filter(groups__in=groups).exists():
            raise NobodyChosen
        return groups
    asked = set(audience.pupils)
    pupils = list(Pupil.objects.filter(school_class=school_class, pk__in=asked))
    if len(pupils) < len(asked):
        raise NotOfTheClass
    if not pupils:
        raise NobodyChosen
    return pupils


def name_audience(assignment: Assignment, for_whom: str, people: People) -> None:
    """Write down whom it is for; what was chosen before goes."""
    chosen = [one.pk for one in people]
    assignment.groups.set(chosen if for_whom == ForWhom.GROUPS else [])
    assignment.pupils.set(chosen if for_whom == ForWhom.PUPILS else [])


def has_begun_outside(assignment: Assignment) -> bool:
    """Whether somebody has begun whom it is not for. One query."""
    begun = Pupil.objects.filter(attempts__assignment=assignment)
    if assignment.for_whom == ForWhom.GROUPS:
        return begun.exclude(groups__in=assignment.groups.all()).exists()
    if assignment.for_whom == ForWhom.PUPILS:
        return begun.exclude(pk__in=assignment.pupils.values("pk")).exists()
    return False
