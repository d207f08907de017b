from .doing import take_step
from .joining import find_class, hash_secret, is_same_secret, keep_secret, try_secret
from .setting import change_due_date, close_assignment, record_delivery, set_lesson, tell_lead, use_newer_version

__all__ = [
    "change_due_date",
    "close_assignment",
    "find_class",
    "hash_secret",
    "is_same_secret",
    "keep_secret",
    "record_delivery",
    "set_lesson",
    "take_step",
    "tell_lead",
    "try_secret",
    "use_newer_version",
]
