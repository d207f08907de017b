from .pupils import PupilRow, has_pupils, list_pupils
from .school import TermLine, TermsPage, list_terms, terms_page, year_in_words
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
    "InvitationLine",
    "OwnInvitation",
    "PupilRow",
    "StaffLine",
    "TeacherChoice",
    "TermLine",
    "TermsPage",
    "classes_left_without",
    "has_pupils",
    "invitations_of",
    "list_invitations",
    "list_pupils",
    "list_staff",
    "list_terms",
    "teacher_choices",
    "terms_page",
    "year_in_words",
]
