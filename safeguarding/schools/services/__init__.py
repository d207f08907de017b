from .classes import code_expiry, create_class, renew_code, update_class
from .pupils import add_pupils, remove_pupil, reset_pupil
from .school import add_term, change_term, copy_terms, remove_term, update_school
from .staff import (
    accept_invitation,
    change_role,
    decline_invitation,
    invite_person,
    remove_member,
    renew_invitation,
    take_back_invitation,
)

__all__ = [
    "accept_invitation",
    "add_pupils",
    "add_term",
    "change_role",
    "change_term",
    "code_expiry",
    "copy_terms",
    "create_class",
    "decline_invitation",
    "invite_person",
    "remove_member",
    "remove_pupil",
    "remove_term",
    "renew_code",
    "renew_invitation",
    "reset_pupil",
    "take_back_invitation",
    "update_class",
    "update_school",
]
