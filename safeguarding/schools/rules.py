from .enums import SecretKind
from .models import Membership, SchoolClass

OLD_ENOUGH_FOR_WORDS = 11


def can_manage_school(membership: Membership) -> bool:
    return membership.is_active and membership.is_lead


def can_create_class(membership: Membership) -> bool:
    return membership.is_active


def can_manage_class(membership: Membership, school_class: SchoolClass) -> bool:
    """Whoever sees a class in their school may manage it: its teachers and the lead. One query for a teacher."""
    return membership.is_active and SchoolClass.objects.visible_to(membership).filter(pk=school_class.pk).exists()


def can_choose_teachers(membership: Membership) -> bool:
    return can_manage_school(membership)


def can_change_mode(*, has_pupils: bool) -> bool:
    """A class with names on its list stays named: nobody's name may quietly go, or be left behind unseen.

    Whether somebody has begun a lesson is known to `teaching` alone, which this app may not import. That an anonymous
    class becomes a named one later harms nobody: what it did so far is kept as counts only.
    """
    return not has_pupils


def fitting_secret(age_from: int) -> SecretKind:
    """What a class of that age can remember."""
    return SecretKind.PICTURES if age_from < OLD_ENOUGH_FOR_WORDS else SecretKind.WORDS
