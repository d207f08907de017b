from .classes import code_expiry, create_class, renew_code, set_code_end, update_class
from .groups import make_group, update_group
from .locking import lock_class
from .pupils import add_pupils, remove_pupil, reset_pupil
from .roster import NewClass, RosterDone, Undone, forget_old_imports, import_roster, lock_import, undo_import
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
    "NewClass",
    "RosterDone",
    "Undone",
    "accept_invitation",
    "add_pupils",
    "add_term",
    "change_role",
    "change_term",
    "code_expiry",
    "copy_terms",
    "create_class",
    "decline_invitation",
    "forget_old_imports",
    "import_roster",
    "invite_person",
    "lock_class",
    "lock_import",
    "make_group",
    "remove_member",
    "remove_pupil",
    "remove_term",
    "renew_code",
    "renew_invitation",
    "reset_pupil",
    "set_code_end",
    "take_back_invitation",
    "undo_import",
    "update_class",
    "update_group",
    "update_school",
]
