from .. import rules
from ..errors import ClassArchived, NotAllowed
from ..models import Membership, SchoolClass


def lock_class(actor: Membership, school_class: SchoolClass) -> SchoolClass:
    """The class as it is now, for a change. Raises NotAllowed, ClassArchived."""
    kept = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    if not rules.can_manage_class(actor, kept):
        raise NotAllowed
    if kept.is_archived:
        raise ClassArchived
    return kept
