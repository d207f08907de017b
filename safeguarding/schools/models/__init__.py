from .country import Country
from .pupil import Pupil
from .school import Membership, School
from .school_class import SchoolClass

__all__ = ["Country", "Membership", "Pupil", "School", "SchoolClass"]
