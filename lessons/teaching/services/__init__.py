from .doing import take_step
from .joining import find_class, hash_secret, is_same_secret, keep_secret, try_secret
from .notices import change_digest, mark_notices_read
from .setting import change_due_date, close_assignment, record_delivery, set_lesson, tell_lead, use_newer_version
from .shelf import put_on_shelf, take_off_shelf

__all__ = [
    "change_digest",
    "change_due_date",
    "close_assignment",
    "find_class",
    "hash_secret",
    "is_same_secret",
    "keep_secret",
    "mark_notices_read",
    "put_on_shelf",
    "record_delivery",
    "set_lesson",
    "take_off_shelf",
    "take_step",
    "tell_lead",
    "try_secret",
    "use_newer_version",
]
