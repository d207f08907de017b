from .country import Country
from .pupil import Pupil, PupilGroup
from .roster import RosterChange, RosterImport
from .school import Invitation, Membership, School, Term
from .school_class import SchoolClass

__all__ = [
    "Country",
    "Invitation",
    "Membership",
    "Pupil",
    "PupilGroup",
    "RosterChange",
    "RosterImport",
    "School",
    "SchoolClass",
    "Term",
]
