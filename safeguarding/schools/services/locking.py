from .. import rules
from ..errors import NotAllowed
from ..models import Membership, SchoolClass


def lock_class(actor: Membership, school_class: SchoolClass) -> SchoolClass:
    kept = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    if not rules.can_manage_class(actor, kept):
        raise NotAllowed
    return kept
