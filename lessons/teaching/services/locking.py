from safeguarding.schools.models import Membership, SchoolClass

from .. import rules
from ..errors import ClassArchived, NotAllowed
from ..models import Assignment


def locked_assignment(actor: Membership, assignment: Assignment) -> Assignment:
    """Taking the row keeps out the pupils who answer, and another record of the same day. Its class comes first, as for
    whoever archives the class, or deletes a group or a pupil that the lesson is just being given to.

    Raises NotAllowed, ClassArchived.
    """
    list(SchoolClass.objects.select_for_update(no_key=True).filter(pk=assignment.school_class_id))
    kept = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if not rules.can_change_assignment(actor, kept):
        raise NotAllowed
    if kept.school_class.is_archived:
        raise ClassArchived([kept.school_class.name])
    return kept
