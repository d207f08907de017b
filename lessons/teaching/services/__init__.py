from .doing import take_step
from .joining import are_same_pictures, find_class, hash_pictures, keep_pictures, try_pictures
from .setting import change_due_date, close_assignment, record_delivery, set_lesson, tell_lead, use_newer_version

__all__ = [
    "are_same_pictures",
    "change_due_date",
    "close_assignment",
    "find_class",
    "hash_pictures",
    "keep_pictures",
    "record_delivery",
    "set_lesson",
    "take_step",
    "tell_lead",
    "try_pictures",
    "use_newer_version",
]
