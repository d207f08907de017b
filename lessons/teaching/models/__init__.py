from .answers import AnswerCount
from .assignment import Assignment, Delivery
from .attempt import Attempt

__all__ = ["AnswerCount", "Assignment", "Attempt", "Delivery"]
