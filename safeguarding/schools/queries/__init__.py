from .archive import archived_table
from .groups import GroupRow, list_groups, pupil_choices
from .pupils import PupilRow, has_pupils, list_pupils
from .roster import RecentImport, look_at_roster, recent_imports, roster_rows, suggested_ages
from .school import TermLine, TermsPage, list_terms, terms_page
from .staff import (
    InvitationLine,
    OwnInvitation,
    StaffLine,
    TeacherChoice,
    classes_left_without,
    invitations_of,
    list_invitations,
    list_staff,
    teacher_choices,
)

__all__ = [
    "GroupRow",
    "InvitationLine",
    "OwnInvitation",
    "PupilRow",
    "RecentImport",
    "StaffLine",
    "TeacherChoice",
    "TermLine",
    "TermsPage",
    "archived_table",
    "classes_left_without",
    "has_pupils",
    "invitations_of",
    "list_groups",
    "list_invitations",
    "list_pupils",
    "list_staff",
    "list_terms",
    "look_at_roster",
    "pupil_choices",
    "recent_imports",
    "roster_rows",
    "suggested_ages",
    "teacher_choices",
    "terms_page",
]
