from .. import rules
from ..errors import ClassArchived, NotAllowed
from ..models import Membership, SchoolClass


def lock_class(actor: Membership, school_class: SchoolClass) -> SchoolClass:
    """The class as it is now, for a change. Raises NotAllowed, ClassArchived.

    Its key stays, so that whoever only writes a row that names the class need not wait, holding what this waits for.
    """
    kept = SchoolClass.objects.select_for_update(no_key=True).get(pk=school_class.pk)
    if not rules.can_manage_class(actor, kept):
        raise NotAllowed
    if kept.is_archived:
        raise ClassArchived
    return kept
