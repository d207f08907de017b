from safeguarding.schools.models import Membership

from .. import rules
from ..errors import ClassArchived, NotAllowed
from ..models import Assignment


def locked_assignment(actor: Membership, assignment: Assignment) -> Assignment:
    """Taking the row keeps out the pupils who answer, and another record of the same day.

    Raises NotAllowed, ClassArchived.
    """
    kept = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if not rules.can_change_assignment(actor, kept):
        raise NotAllowed
    if kept.school_class.is_archived:
        raise ClassArchived([kept.school_class.name])
    return kept
