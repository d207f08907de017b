"""Groups in a named class: a name, and who is in it. Never why."""

from collections.abc import Collection

from django.db import transaction

from ..errors import ClassIsAnonymous, GroupNameTaken, PupilOfAnotherClass
from ..models import Membership, Pupil, PupilGroup, SchoolClass
from ..names import name_key
from .locking import lock_class


@transaction.atomic
def make_group(
    *, actor: Membership, school_class: SchoolClass, name: str, pupil_pks: Collection[int] = ()
) -> PupilGroup:
    """Raises NotAllowed, ClassArchived, ClassIsAnonymous, GroupNameTaken, PupilOfAnotherClass."""
    kept = lock_class(actor, school_class)
    if not kept.is_named:
        raise ClassIsAnonymous
    return _save(PupilGroup(school_class=kept, name=name), pupil_pks)


@transaction.atomic
def update_group(*, actor: Membership, group: PupilGroup, name: str, pupil_pks: Collection[int]) -> PupilGroup:
    """Whoever is not in `pupil_pks` leaves the group; what they have done stays.

    Raises NotAllowed, ClassArchived, GroupNameTaken, PupilOfAnotherClass.
    """
    kept_class = lock_class(actor, group.school_class)
    kept = PupilGroup.objects.get(pk=group.pk, school_class=kept_class)
    kept.name = name
    return _save(kept, pupil_pks)


def _save(group: PupilGroup, pupil_pks: Collection[int]) -> PupilGroup:
    """The class is locked, so nobody else gives the name meanwhile."""
    others = PupilGroup.objects.filter(school_class=group.school_class_id).exclude(pk=group.pk)
    if name_key(group.name) in map(name_key, others.values_list("name", flat=True)):
        raise GroupNameTaken
    pupils = list(Pupil.objects.filter(school_class=group.school_class_id, pk__in=pupil_pks))
    if len(pupils) != len(set(pupil_pks)):
        raise PupilOfAnotherClass
    group.save()
    group.pupils.set(pupils)
    return group
