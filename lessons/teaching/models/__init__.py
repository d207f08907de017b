from .answers import AnswerCount
from .assignment import Assignment, Delivery
from .attempt import Attempt
from .poll import Poll, PollOption, PollVote
from .teacher import CalendarFeed, NoticeSetting, ShelfItem
from .tries import ClassTries

__all__ = [
    "AnswerCount",
    "Assignment",
    "Attempt",
    "CalendarFeed",
    "ClassTries",
    "Delivery",
    "NoticeSetting",
    "Poll",
    "PollOption",
    "PollVote",
    "ShelfItem",
]
