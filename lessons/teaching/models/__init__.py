from .answers import AnswerCount
from .assignment import Assignment, Delivery
from .attempt import Attempt
from .poll import Poll, PollOption, PollVote
from .teacher import CalendarFeed, NoticeSetting, ShelfItem

__all__ = [
    "AnswerCount",
    "Assignment",
    "Attempt",
    "CalendarFeed",
    "Delivery",
    "NoticeSetting",
    "Poll",
    "PollOption",
    "PollVote",
    "ShelfItem",
]
