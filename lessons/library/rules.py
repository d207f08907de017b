from django.contrib.auth.models import AnonymousUser

from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of


def can_read_plan(user: User | AnonymousUser) -> bool:
    """Script, answers and teachers' notes are for teachers and for the editors' desk."""
    return user.is_authenticated and (user.is_desk_user or bool(memberships_of(user)))
