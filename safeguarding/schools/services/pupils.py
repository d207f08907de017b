"""Who is on the list of a named class."""

from django.db import transaction

from .. import names
from ..errors import ClassIsAnonymous, NamesAlreadyThere, NamesRefused
from ..models import Membership, Pupil, SchoolClass
from .locking import lock_class


@transaction.atomic
def add_pupils(*, actor: Membership, school_class: SchoolClass, lines: list[names.NameLine]) -> int:
    """All of them or none; says how many.

    Raises NotAllowed, ClassArchived, ClassIsAnonymous, NamesRefused, NamesAlreadyThere.
    """
    kept = lock_class(actor, school_class)
    if not kept.is_named:
        raise ClassIsAnonymous
    names.check_lines(lines)
    there = {names.name_key(name) for name in kept.pupils.values_list("display_name", flat=True)}
    if doubled := [line.number for line in lines if line.key in there]:
        are = "is" if len(doubled) == 1 else "are"
        raise NamesAlreadyThere(
            [
                f"{names.say_lines(doubled)} {are} already in the class. Take {'it' if are == 'is' else 'them'} out, "
                "or add an initial for another pupil of the same name."
            ]
        )
    if len(there) + len(lines) > names.MOST_IN_A_CLASS:
        raise NamesRefused([f"A class has at most {names.MOST_IN_A_CLASS} pupils. Make another class for the others."])
    return len(Pupil.objects.bulk_create(Pupil(school_class=kept, display_name=line.name) for line in lines))


@transaction.atomic
def reset_pupil(*, actor: Membership, pupil: Pupil) -> None:
    """The pupil chooses a new secret when they next join; their progress stays. Raises NotAllowed, ClassArchived."""
    lock_class(actor, pupil.school_class)
    Pupil.objects.filter(pk=pupil.pk).update(secret="", secret_kind="", wrong_tries=0, locked_until_at=None)


@transaction.atomic
def remove_pupil(*, actor: Membership, pupil: Pupil) -> None:
    """Takes the pupil's progress with it; what the class answered is kept as counts, which belong to nobody.

    Raises NotAllowed, ClassArchived.
    """
    lock_class(actor, pupil.school_class)
    # Waits for a pupil who is answering, and lets them begin nothing meanwhile.
    for kept in Pupil.objects.select_for_update().filter(pk=pupil.pk):
        kept.delete()
