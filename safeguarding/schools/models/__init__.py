from .country import Country
from .pupil import Pupil, PupilGroup
from .roster import RosterChange, RosterImport
from .school import Membership, School, Term
from .school_class import SchoolClass

__all__ = [
    "Country",
    "Membership",
    "Pupil",
    "PupilGroup",
    "RosterChange",
    "RosterImport",
    "School",
    "SchoolClass",
    "Term",
]
